/// What a message on the uplink is about; the word appears in status messages.
public enum TrafficKind: String, CaseIterable, Sendable {
    /// Readings of devices, live and late, alone or in packs.
    case readings
    /// Events of devices and of the gateway.
    case events
    /// Figures, open and closed.
    case indicators
    /// The status, the devices' descriptions, and whatever else a format sends.
    case rest
}

/// Bytes that an uplink carried.
public struct Traffic: Hashable, Sendable {
    /// Bytes of PUBLISH packets that were sent: header, topic and payload, before TLS.
    public var readings: Int64 = 0
    public var events: Int64 = 0
    public var indicators: Int64 = 0
    public var rest: Int64 = 0
    /// Everything that left, including TLS, acknowledgements and the headers of TCP and IP.
    public var sent: Int64 = 0
    /// Everything that arrived, counted likewise.
    public var received: Int64 = 0

    public init() {}

    public subscript(kind: TrafficKind) -> Int64 {
        get {
            switch kind {
            case .readings: readings
            case .events: events
            case .indicators: indicators
            case .rest: rest
            }
        }
        set {
            switch kind {
            case .readings: readings = newValue
            case .events: events = newValue
            case .indicators: indicators = newValue
            case .rest: rest = newValue
            }
        }
    }

    /// Both directions: what a carrier counts.
    public var total: Int64 { sent + received }

    /// What was sent beside the messages: TLS, CONNECT, acknowledgements, pings, headers of TCP and IP. Never negative:
    /// a message that was lost with its connection may not have left.
    public var overhead: Int64 { max(0, sent - TrafficKind.allCases.reduce(0) { $0 + self[$1] }) }

    public static func + (a: Traffic, b: Traffic) -> Traffic {
        var sum = a
        sum += b
        return sum
    }

    public static func - (a: Traffic, b: Traffic) -> Traffic {
        var rest = a
        for kind in TrafficKind.allCases { rest[kind] -= b[kind] }
        rest.sent -= b.sent
        rest.received -= b.received
        return rest
    }

    public static func += (a: inout Traffic, b: Traffic) {
        for kind in TrafficKind.allCases { a[kind] += b[kind] }
        a.sent += b.sent
        a.received += b.received
    }
}

/// How much a destination may cost before somebody is told.
public struct TrafficBudget: Hashable, Sendable {
    public enum Period: String, CaseIterable, Sendable {
        case day
        case month
    }

    /// Bytes in both directions.
    public var bytes: Int64
    public var period: Period

    public init(bytes: Int64, per period: Period) {
        self.bytes = bytes
        self.period = period
    }
}
