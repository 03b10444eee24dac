public import Domain
public import JSON

/// A reading or an event in the form that subscribers get: the envelope around the members that the journal holds.
public struct EntryMessage: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case reading(site: String, device: String, StoredReading)
        case event(StoredEvent)
    }

    /// The version of the contract; it increases only when members change their meaning.
    public static let version = 1

    public var gateway: String
    public var epoch: String
    public var seq: UInt64
    public var time: Instant
    public var clock: ClockState
    /// Present only while the clock is unconfirmed.
    public var boot: String?
    /// Milliseconds since the boot; present only while the clock is unconfirmed.
    public var uptimeMilliseconds: Int?
    public var isHistorical: Bool
    public var content: Content

    /// Reads a message that `encode` has made.
    public init(decoding payload: [UInt8]) throws(NotJSON) {
        var cursor = JSONCursor(payload)
        try self.init(from: &cursor)
        guard cursor.isAtEnd else { throw NotJSON() }
    }

    /// Reads a message, and leaves the cursor behind it.
    init(from cursor: inout JSONCursor) throws(NotJSON) {
        var envelope = ReadEnvelope()
        var reading = StoredReading()
        var event = StoredEvent()
        var hasPoints = false
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            if try envelope.read(name, from: &cursor) { return }
            if envelope.isEvent || name == "event" {
                envelope.isEvent = true
                try event.read(name, from: &cursor)
            } else {
                hasPoints = hasPoints || name == "points"
                try reading.read(name, from: &cursor)
            }
        }
        try cursor.expect("}")
        guard envelope.version == Self.version, let seq = envelope.seq, let time = envelope.time,
            let clock = envelope.clock
        else { throw NotJSON() }
        gateway = envelope.gateway
        epoch = envelope.epoch
        self.seq = seq
        self.time = time
        self.clock = clock
        boot = envelope.boot
        uptimeMilliseconds = envelope.uptime
        isHistorical = envelope.isHistorical
        if envelope.isEvent {
            content = .event(event)
        } else if hasPoints, let site = envelope.site, let device = envelope.device {
            content = .reading(site: site, device: device, reading)
        } else {
            throw NotJSON()
        }
    }
}

/// The envelope's members, as far as they were read.
private struct ReadEnvelope {
    var version = 0
    var gateway = ""
    var epoch = ""
    var seq: UInt64?
    var site: String?
    var device: String?
    var time: Instant?
    var clock: ClockState?
    var boot: String?
    var uptime: Int?
    var isHistorical = false
    /// An event's body repeats site and device.
    var isEvent = false

    /// - Returns: whether it is a member of the envelope.
    mutating func read(_ name: String, from cursor: inout JSONCursor) throws(NotJSON) -> Bool {
        switch name {
        case "v": version = try cursor.integer()
        case "id": _ = try cursor.string()
        case "gateway": gateway = try cursor.string()
        case "epoch": epoch = try cursor.string()
        case "seq": seq = try cursor.unsigned()
        case "site" where !isEvent: site = try cursor.string()
        case "device" where !isEvent: device = try cursor.string()
        case "time": time = try cursor.instant()
        case "clock": clock = ClockState(rawValue: try cursor.string())
        case "boot": boot = try cursor.string()
        case "uptime_ms": uptime = try cursor.integer()
        case "historical": isHistorical = try cursor.scalar() == .bool(true)
        default: return false
        }
        return true
    }
}
