import Domain

/// What the engine keeps beside the bins; saved with them in one transaction.
struct EngineState: Sendable, Codable, Equatable {
    /// The row through which everything is counted in the bins.
    var appliedThrough: Int64 = 0
    /// The same row's identity.
    var epoch = ""
    var seq: UInt64 = 0
    /// The day of the last reading, counted from 1970.
    var today: Int64 = 0
    var weighings: [String: WeighingDetector] = [:]
    /// Weighings found whose event has not come back from the journal yet, by id.
    var unheard: [String: FoundWeighing] = [:]
    var recentEvents: [String: RecentEvents] = [:]
    /// Readings of a boot whose clock is not known yet: rows in the journal.
    var held: [String: HeldRows] = [:]
    /// The closed windows that each destination has.
    var finals: [String: FinalsLedger] = [:]
    /// Days on which a person left out a device's readings; nil in the state of earlier releases.
    var without: [LeftOut]?
    /// What is known of each device whose readings go out by exception; nil in the state of earlier releases.
    var sent: [String: SentReadings]?

    struct LeftOut: Sendable, Codable, Equatable {
        var device: String
        /// Days since 1970, both included.
        var from: Int64
        var to: Int64
    }

    func leavesOut(_ device: String, _ day: Day) -> Bool {
        without?.contains { $0.device == device && ($0.from...$0.to).contains(day.number) } ?? false
    }

    struct HeldRows: Sendable, Codable, Equatable {
        var first: Int64
        var last: Int64
    }

    /// A weighing that will become an event.
    struct FoundWeighing: Sendable, Codable, Equatable {
        var device: String
        var net: String
        var stableAt: Int64
        /// The time on the device's own clock, where it has one.
        var sourceTime: Int64?
        var stamp: SavedStamp
    }

    struct SavedStamp: Sendable, Codable, Equatable {
        var time: Int64
        var isSynchronised: Bool
        var boot: String
        var uptime: Int64

        init(_ stamp: Stamp) {
            time = stamp.time.millisecondsSince1970
            isSynchronised = stamp.clock == .synchronised
            boot = stamp.boot
            uptime = stamp.uptime.nanoseconds
        }

        var stamp: Stamp {
            Stamp(
                time: Instant(millisecondsSince1970: time),
                clock: isSynchronised ? .synchronised : .unsynchronised,
                boot: boot,
                uptime: Uptime(nanoseconds: uptime)
            )
        }
    }
}

/// One window of one figure.
struct FigureKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    var indicator: String
    var scope: String
    var kind: WindowKind
    var from: Instant

    var description: String { "\(indicator)/\(scope)/\(kind.rawValue)/\(from.millisecondsSince1970)" }

    init(indicator: String, scope: String, kind: WindowKind, from: Instant) {
        self.indicator = indicator
        self.scope = scope
        self.kind = kind
        self.from = from
    }

    /// The figure without its window.
    var withoutTime: String { "\(indicator)/\(scope)/\(kind.rawValue)" }

    init?(_ text: String) {
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 4, let kind = WindowKind(rawValue: parts[2]), let from = Int64(parts[3]) else {
            return nil
        }
        self.init(indicator: parts[0], scope: parts[1], kind: kind, from: Instant(millisecondsSince1970: from))
    }

    static func < (a: FigureKey, b: FigureKey) -> Bool {
        (a.from, a.kind, a.indicator, a.scope) < (b.from, b.kind, b.indicator, b.scope)
    }
}
