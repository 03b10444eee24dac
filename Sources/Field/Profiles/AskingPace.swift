public import Documents

/// What a profile, a bus or a device of the configuration says about how a Modbus device is asked; nil where it says
/// nothing.
public struct AskingPace: Sendable, Hashable {
    /// From the request's end until the reply begins, 1 ms to 60 s.
    public var replyTime: Duration?
    /// The silence before each request, 0 to 10 s.
    public var requestGap: Duration?
    /// For how long the device is mute after a TCP connection was made, 0 to 60 s.
    public var connectPause: Duration?
    /// How often a request is made again within a poll, 0 to 5.
    public var retries: Int?

    public init(
        replyTime: Duration? = nil,
        requestGap: Duration? = nil,
        connectPause: Duration? = nil,
        retries: Int? = nil
    ) {
        self.replyTime = replyTime
        self.requestGap = requestGap
        self.connectPause = connectPause
        self.retries = retries
    }

    /// Returns the access with what is said here in place of its own.
    public func over(_ access: ModbusAccess) -> ModbusAccess {
        var access = access
        access.replyTime = replyTime ?? access.replyTime
        access.worstReply = max(access.worstReply, access.replyTime)
        access.requestGap = requestGap ?? access.requestGap
        access.connectPause = connectPause ?? access.connectPause
        access.retries = retries ?? access.retries
        return access
    }
}

/// Reads `reply_time`, `request_gap`, `connect_pause` and `retries`.
public enum PaceReader {
    public static func read(_ map: DocumentMap) -> AskingPace {
        AskingPace(
            replyTime: map.optional("reply_time")?.duration(in: .milliseconds(1) ... .seconds(60)),
            requestGap: map.optional("request_gap")?.duration(in: .zero ... .seconds(10)),
            connectPause: map.optional("connect_pause")?.duration(in: .zero ... .seconds(60)),
            retries: map.optional("retries")?.integer(in: 0...5)
        )
    }
}
