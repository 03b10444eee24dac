/// How long a device may take, and which pauses it needs.
public struct ReplyTiming: Hashable, Sendable {
    /// From the request's end until the reply begins; the wire's own time is added on a serial line.
    public var replyTime: Duration
    /// A late reply may still come for this long after a failed transaction: a true profile's device replies no later.
    public var worstReply: Duration
    /// After a failed transaction a serial line rests this long. It is `worstReply`, except for a device that has been
    /// silent for long: its late reply is improbable, and the line's other devices need the time.
    public var rest: Duration
    /// The silence that a device needs between the last frame and its request.
    public var requestGap = Duration.zero
    /// For how long a device is mute after its connection was made; TCP only.
    public var connectPause = Duration.zero
    /// Whether a request may be made again although its earlier reply is still missing. A late reply then has the right
    /// registers, but may be as old as `latestReply`.
    public var mayRepeat = false

    /// For this long after a failed transaction, a reply that could be its late one is trusted from no device, not even
    /// from one much worse than its profile says: five times `worstReply`.
    public var latestReply: Duration { worstReply * 5 }

    public init(replyTime: Duration, worstReply: Duration) {
        self.replyTime = replyTime
        self.worstReply = worstReply
        rest = worstReply
    }
}
