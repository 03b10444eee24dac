/// A time zone's days: where they begin, and the day of a moment.
public struct Zone: Sendable {
    /// IANA name.
    public var name: String
    /// Seconds east of UTC at a moment.
    public var offset: @Sendable (Instant) -> Int64
    /// Seconds east of UTC when the clocks show that time (given as if it were UTC).
    public var offsetOfLocal: @Sendable (Instant) -> Int64

    public init(
        name: String,
        offset: @escaping @Sendable (Instant) -> Int64,
        offsetOfLocal: @escaping @Sendable (Instant) -> Int64
    ) {
        self.name = name
        self.offset = offset
        self.offsetOfLocal = offsetOfLocal
    }

    /// A zone that never changes its clocks.
    public init(name: String, hours: Int64) {
        self.init(name: name, offset: { _ in hours * 3_600 }, offsetOfLocal: { _ in hours * 3_600 })
    }

    /// The local day of a moment.
    public func day(of moment: Instant) -> Day {
        let local = moment.millisecondsSince1970 + offset(moment) * 1_000
        return Day(number: local.flooredDivision(by: 86_400_000).quotient)
    }

    public func start(of day: Day) -> Instant {
        let local = Instant(millisecondsSince1970: day.number * 86_400_000)
        return Instant(millisecondsSince1970: local.millisecondsSince1970 - offsetOfLocal(local) * 1_000)
    }
}

/// A day of the calendar, counted from 1970-01-01.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var number: Int64

    public init(number: Int64) { self.number = number }

    public init(year: Int64, month: Int64, day: Int64) {
        number = CivilDate.days(year: year, month: month, day: day)
    }

    /// Reads `YYYY-MM-DD`; nil for anything else, or a day that does not exist.
    public init?(_ text: String) {
        guard text.utf8.count == 10, let start = Instant(iso8601: text + "T00:00:00Z") else { return nil }
        self.init(number: start.millisecondsSince1970 / 86_400_000)
    }

    public var date: (year: Int64, month: Int64, day: Int64) { CivilDate.from(daysSince1970: number) }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    public static func + (day: Day, days: Int64) -> Day { Day(number: day.number + days) }

    public var firstOfMonth: Day { Day(year: date.year, month: date.month, day: 1) }
    public var firstOfNextMonth: Day {
        let (year, month, _) = date
        return month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
    }
    public var firstOfYear: Day { Day(year: date.year, month: 1, day: 1) }
    public var firstOfNextYear: Day { Day(year: date.year + 1, month: 1, day: 1) }

    /// `YYYY-MM-DD`.
    public var description: String {
        String(Instant(millisecondsSince1970: number * 86_400_000).description.prefix(10))
    }
}
