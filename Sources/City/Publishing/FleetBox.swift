public import Domain

/// A gateway as the city sees it.
public struct FleetBox: Hashable, Sendable {
    /// Devices by what its status says of them.
    public struct Devices: Hashable, Sendable {
        public var total: Int64
        public var answering: Int64
        public var verified: Int64

        public init(total: Int64, answering: Int64, verified: Int64) {
            self.total = total
            self.answering = answering
            self.verified = verified
        }
    }

    /// What happened last at the gateway itself.
    public struct LastEvent: Hashable, Sendable {
        public var name: String
        public var severity: String
        public var at: Instant

        public init(name: String, severity: String, at: Instant) {
            self.name = name
            self.severity = severity
            self.at = at
        }
    }

    /// The newest judged day.
    public struct Day: Hashable, Sendable {
        public var day: String
        public var verdict: String
        public var missing: Int64

        public init(day: String, verdict: String, missing: Int64) {
            self.day = day
            self.verdict = verdict
            self.missing = missing
        }
    }

    public var name: String
    /// `online`, `stopping` or `offline`; nil where no status has come.
    public var state: String?
    /// When the newest status came.
    public var heardAt: Instant?
    public var version: String?
    /// The digest of its configuration.
    public var configuration: String?
    /// Nil where the status does not say it.
    public var hasTime: Bool?
    public var devices: Devices?
    /// Entries that it still owes the city.
    public var pending: Int64?
    public var oldestPending: Instant?
    /// Bytes of its journal, and their limit.
    public var journal: Int64?
    public var journalLimit: Int64?
    /// Free bytes of its disk.
    public var free: Int64?
    /// Degrees Celsius.
    public var temperature: Double?
    public var event: LastEvent?
    public var day: Day?

    public init(name: String) { self.name = name }
}

extension FleetBox {
    /// A status comes once a minute; after so long without one the gateway counts as silent, whatever its last one
    /// says.
    public static let silentAfter = Duration.seconds(300)
    /// A backlog of this age needs somebody.
    static let oldBacklog = Duration.seconds(3_600)
    /// Free bytes below which a disk needs somebody.
    static let littleDisk: Int64 = 200_000_000

    /// What a person should do about a gateway, the most urgent first.
    public enum Need: Int, Hashable, Sendable, Comparable, CaseIterable {
        case neverHeard, silent, missing, clock, disk, devices, backlog, event, none

        public static func < (a: Need, b: Need) -> Bool { a.rawValue < b.rawValue }

        /// The word in JSON.
        public var word: String {
            switch self {
            case .neverHeard: "never_heard"
            case .silent: "silent"
            case .missing: "missing"
            case .clock: "clock"
            case .disk: "disk"
            case .devices: "devices"
            case .backlog: "backlog"
            case .event: "event"
            case .none: "none"
            }
        }
    }

    /// Why entries wait.
    public enum Waiting: String, Hashable, Sendable {
        /// The gateway is not there.
        case away
        /// They are younger than a minute, or on their way.
        case sending
        /// They have been waiting for an hour.
        case late
    }

    /// Whether nothing is heard of it.
    public func isSilent(now: Instant) -> Bool {
        guard let heardAt else { return true }
        return state != "online" || now - heardAt > Self.silentAfter
    }

    /// - Returns: nil where nothing waits.
    public func waiting(now: Instant) -> Waiting? {
        guard let pending, pending > 0 else { return nil }
        if isSilent(now: now) { return .away }
        guard let oldestPending else { return .sending }
        return now - oldestPending > Self.oldBacklog ? .late : .sending
    }

    /// What is most urgent about it.
    public func need(now: Instant) -> Need {
        if state == nil { return .neverHeard }
        if isSilent(now: now) { return .silent }
        if day?.verdict == "incomplete" { return .missing }
        if hasTime == false { return .clock }
        if let free, free < Self.littleDisk { return .disk }
        if let devices, devices.answering < devices.total { return .devices }
        if waiting(now: now) == .late { return .backlog }
        if let event, event.severity == Severity.alarm.rawValue, now - event.at < .seconds(86_400) {
            return .event
        }
        return .none
    }

    /// Those that need somebody first.
    public static func sorted(_ boxes: [FleetBox], now: Instant) -> [FleetBox] {
        boxes.map { (need: $0.need(now: now), box: $0) }
            .sorted { ($0.need.rawValue, $0.box.name) < ($1.need.rawValue, $1.box.name) }
            .map(\.box)
    }
}
