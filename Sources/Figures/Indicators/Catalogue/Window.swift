public import Domain

/// How long a window is; the word appears in topics.
public enum WindowKind: String, Sendable, CaseIterable, Comparable {
    case quarter = "15min"
    case hour
    case day
    case month
    case year

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public static func < (a: WindowKind, b: WindowKind) -> Bool { a.rank < b.rank }
}

/// A figure's piece of time: `from` is included, `to` is not.
public struct Window: Hashable, Sendable {
    /// The smallest piece that is kept apart: every window is made of whole bins (a zone's offset is a multiple of 15
    /// minutes).
    static let bin: Int64 = 900_000

    public var kind: WindowKind
    public var from: Instant
    public var to: Instant

    public init(_ kind: WindowKind, containing moment: Instant, in zone: Zone) {
        self.kind = kind
        func within(_ milliseconds: Int64) -> (Instant, Instant) {
            let offset = zone.offset(moment) * 1_000
            let local =
                (moment.millisecondsSince1970 + offset).flooredDivision(by: milliseconds).quotient * milliseconds
            return (
                Instant(millisecondsSince1970: local - offset),
                Instant(millisecondsSince1970: local - offset + milliseconds)
            )
        }
        let day = zone.day(of: moment)
        switch kind {
        case .quarter: (from, to) = within(Self.bin)
        case .hour: (from, to) = within(3_600_000)
        case .day: (from, to) = (zone.start(of: day), zone.start(of: day + 1))
        case .month: (from, to) = (zone.start(of: day.firstOfMonth), zone.start(of: day.firstOfNextMonth))
        case .year: (from, to) = (zone.start(of: day.firstOfYear), zone.start(of: day.firstOfNextYear))
        }
    }

    /// The length, in whole milliseconds.
    public var length: Duration { to - from }

    public func contains(_ moment: Instant) -> Bool { from <= moment && moment < to }

    /// The window after this one.
    public func next(in zone: Zone) -> Window { Window(kind, containing: to, in: zone) }
}
