import Domain

/// Increases of counters that were lost or are not known, in a piece of time.
public struct Unknown: Hashable, Sendable {
    /// Why they are not known; the words are those of the readings.
    public enum Reason: String, Sendable, CaseIterable {
        case counterReset = "counter_reset"
        case counterGap = "counter_gap"
        case deviceClock = "device_clock"

        /// Nil for a reason that loses no increase.
        init?(_ reason: Domain.Reason) { self.init(rawValue: reason.word) }

        fileprivate var bit: UInt8 { 1 << (Self.allCases.firstIndex(of: self) ?? 0) }
    }

    /// How many end in the piece.
    var ended: Int32 = 0
    /// How many continue after the piece.
    var open: Int32 = 0
    /// How long the increase is not known.
    public var milliseconds: Int64 = 0
    /// How many 15-minute bins that touches.
    public var quarters: Int32 = 0
    /// A bit for each reason.
    var reasons: UInt8 = 0

    public init() {}

    init(_ reason: Reason, isEnded: Bool, milliseconds: Int64) {
        ended = isEnded ? 1 : 0
        open = isEnded ? 0 : 1
        self.milliseconds = milliseconds
        reasons = reason.bit
    }

    /// How many reach into the piece.
    public var times: Int { Int(ended) + Int(open) }

    public var isNone: Bool { reasons == 0 }

    /// The first of the reasons.
    public var reason: Reason? { Reason.allCases.first { reasons & $0.bit != 0 } }

    /// Adds the values of the same piece.
    mutating func merge(_ other: Unknown) {
        add(other)
        open &+= other.open
    }

    /// Takes in the next piece of the same source, which contains what continues after this one.
    mutating func append(_ next: Unknown) {
        add(next)
        open = next.open
    }

    private mutating func add(_ other: Unknown) {
        ended &+= other.ended
        milliseconds &+= other.milliseconds
        quarters &+= other.quarters
        reasons |= other.reasons
    }
}
