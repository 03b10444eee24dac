/// How long a device may take.
public struct ReplyTiming: Hashable, Sendable {
    /// From the request's end until the reply begins; the wire's own time is added on a serial line.
    public var replyTime: Duration
    /// After a failed transaction a serial line rests this long: no reply comes later than this.
    public var worstReply: Duration

    public init(replyTime: Duration, worstReply: Duration) {
        self.replyTime = replyTime
        self.worstReply = worstReply
    }
}
