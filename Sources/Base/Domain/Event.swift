/// How much an event matters to a person who watches the gateway.
public enum Severity: String, Sendable, Codable {
    case info
    case warning
    case alarm
}

/// Something that happened, to the gateway or to a device. An event has an identity, as a reading has.
public struct Event: Sendable {
    public var name: EventName
    public var severity: Severity
    public var stamp: Stamp
    public var site: String?
    public var device: String?
    public var sourceTime: Instant?
    public var data: [(key: String, value: DataValue)]
    /// The keys of `data` that are null because the device sent more than its profile's `max_length`.
    public var tooLong: [String]
    /// Whether a device did it (topic `events/<gateway>/<site>/<device>`), or the gateway noticed it
    /// (`gateways/<gateway>/events`).
    public var byDevice: Bool

    public init(
        _ name: EventName,
        severity: Severity,
        stamp: Stamp,
        site: String? = nil,
        device: String? = nil,
        sourceTime: Instant? = nil,
        byDevice: Bool = false,
        data: [(key: String, value: DataValue)] = [],
        tooLong: [String] = []
    ) {
        self.name = name
        self.severity = severity
        self.stamp = stamp
        self.site = site
        self.device = device
        self.sourceTime = sourceTime
        self.byDevice = byDevice
        self.data = data
        self.tooLong = tooLong
    }
}
