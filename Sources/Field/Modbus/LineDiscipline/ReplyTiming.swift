/// How long a device may take.
public struct ReplyTiming: Hashable, Sendable {
    /// From the request's end until the reply begins; the wire's own time is added on a serial line.
    public var replyTime: Duration
    /// After a failed transaction a serial line rests this long: a true profile's device replies no later than this.
    public var worstReply: Duration

    /// For this long after a failed transaction, a reply that could be its late one is trusted from no device, not even
    /// from one much worse than its profile says: five times `worstReply`.
    public var latestReply: Duration { worstReply * 5 }

    public init(replyTime: Duration, worstReply: Duration) {
        self.replyTime = replyTime
        self.worstReply = worstReply
    }
}
