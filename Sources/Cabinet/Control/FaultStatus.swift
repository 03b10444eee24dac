/// Why a bus, a broker or a destination does not serve: the same as `error`, as a value.
public struct FaultStatus: Codable, Hashable, Sendable {
    /// A word of `ModbusError.Kind`, or `broker_` and one of `MQTTError.Trouble`.
    public var kind: String
    /// The port, host or broker.
    public var place: String
    /// The kernel's or the library's text; nil where there is none.
    public var detail: String?

    public init(kind: String, place: String, detail: String? = nil) {
        self.kind = kind
        self.place = place
        self.detail = detail
    }
}

/// How a broker refuses messages.
public struct RefusalStatus: Codable, Hashable, Sendable {
    /// The reason code of its answers (MQTT 5, section 3.4.2.1); nil when it drops the connection instead.
    public var code: UInt8?
    /// UTC.
    public var since: String
    /// A topic that it refuses while it takes others; nil where it refuses every message.
    public var topic: String?

    public init(code: UInt8?, since: String, topic: String? = nil) {
        self.code = code
        self.since = since
        self.topic = topic
    }
}
