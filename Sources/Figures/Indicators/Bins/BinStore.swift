public import Domain

/// The bins of all sources: memory holds the pages in use, `load` finds the others.
///
/// A source has two rows of bins: 15-minute bins by day, for the shorter windows and for measures that look into a day;
/// and the sums of its days by month, for the longer windows. The same calls keep both, so that they always agree.
public struct BinStore: Sendable {
    /// How many days the bins of a day, and the values with a device's own time, are kept; sums of days are kept for
    /// good. (200 devices make 2 MB of bins a day.)
    public static let days: Int64 = 35
    /// The first part of the keys of the bins of days.
    public static let prefix = "bins/"
    /// The first parts of all keys that are deleted after so many days.
    public static let dailyPrefixes = [prefix, SeriesStore.prefix]

    /// Whether a key belongs to an earlier day.
    public static func isOlder(_ key: String, than day: Day) -> Bool { (Day(String(key.suffix(10))) ?? day) < day }

    /// Reads what was saved under a key; nil if there is nothing.
    typealias Load = @Sendable (String) -> [UInt8]?

    struct Key: Hashable, Sendable, CustomStringConvertible {
        enum Row: Hashable, Sendable {
            /// The 15-minute bins of a day.
            case bins
            /// The days of a month; the key holds its first day.
            case days
        }

        var source: SourceKey
        var row: Row
        var day: Day

        var description: String {
            switch row {
            case .bins: BinStore.prefix + "\(source)/\(day)"
            case .days: "days/\(source)/\(day.description.prefix(7))"
            }
        }
    }

    private var pages: PageStore<Key, Bins>
    /// Sums of months that are not in use.
    private var monthSums: [Key: Breakdown] = [:]
    private let zone: Zone
    /// Milliseconds between a device's readings; the bins of earlier releases do not contain them.
    var intervals: [String: Int64] = [:]

    init(zone: Zone, load: @escaping Load) {
        self.zone = zone
        pages = PageStore(empty: Bins(), load: load)
    }

    var unreadable: [String] { pages.unreadable }

    private mutating func open(_ key: Key) {
        if !pages.holds(key) { pages.open(key, reader(key)) }
    }

    private func reader(_ key: Key) -> ([UInt8]) -> Bins? {
        let interval = intervals[key.source.device] ?? 60_000
        return { [zone] bytes in
            // Bytes that are no bins are reported as unreadable.
            try? Bins(bytes: bytes, interval: interval) { number in
                guard key.row == .days else { return (number * Window.bin, Window.bin) }
                let (from, to) = (zone.start(of: Day(number: number)), zone.start(of: Day(number: number + 1)))
                return (from.millisecondsSince1970, (to - from).wholeMilliseconds)
            }
        }
    }

    // MARK: Adding

    /// Adds to a bin of a day.
    mutating func add(_ tally: Tally, _ breakdown: String, of source: SourceKey, bin: Int64, day: Day) {
        let key = Key(source: source, row: .bins, day: day)
        open(key)
        pages.change(key) { $0.merge(tally, breakdown, at: bin) }
    }

    /// Adds to the sum of a day.
    mutating func add(_ tally: Tally, _ breakdown: String, of source: SourceKey, day: Day) {
        let key = Key(source: source, row: .days, day: day.firstOfMonth)
        open(key)
        pages.change(key) { $0.merge(tally, breakdown, at: day.number) }
        monthSums[key] = nil
    }

    /// Replaces the bins of one day, and the day's sum.
    mutating func replace(_ bins: Bins, _ sum: Breakdown, of source: SourceKey, day: Day) {
        let key = Key(source: source, row: .bins, day: day)
        open(key)
        pages.change(key) { $0 = bins }
        let month = Key(source: source, row: .days, day: day.firstOfMonth)
        open(month)
        pages.change(month) { $0.replace(day.number, with: sum) }
        monthSums[month] = nil
    }

    // MARK: Asking

    mutating func bins(of source: SourceKey, day: Day) -> Bins {
        let key = Key(source: source, row: .bins, day: day)
        open(key)
        return pages[key]
    }

    /// - Parameter month: the month's first day.
    mutating func days(of source: SourceKey, month: Day) -> Bins {
        let key = Key(source: source, row: .days, day: month)
        open(key)
        return pages[key]
    }

    /// A whole month merged into one.
    mutating func sum(of source: SourceKey, month: Day) -> Breakdown {
        let key = Key(source: source, row: .days, day: month)
        if let sum = monthSums[key] { return sum }
        // Keep only the sum: a year of months would fill the memory.
        let sum = pages.glance(key, reader(key)).sum()
        monthSums[key] = sum
        return sum
    }

    // MARK: Saving

    /// What has changed since the last call, as bytes to save; pages that are no longer in use leave memory.
    ///
    /// - Parameter today: pages of other days and months leave memory once they are saved.
    mutating func takeChanges(today: Day) -> [(key: String, value: [UInt8])] {
        let kept = Self.inUse(today)
        return pages.takeChanges(keeping: { kept.contains($0.place) }, bytes: \.bytes)
    }

    /// Pages of other days and months that only somebody's look has brought into memory leave it.
    mutating func letGo(today: Day) {
        let kept = Self.inUse(today)
        pages.letGo { kept.contains($0.place) }
    }

    private static func inUse(_ today: Day) -> Set<Key.Place> {
        [
            .init(row: .bins, day: today), .init(row: .bins, day: today + -1),
            .init(row: .days, day: today.firstOfMonth),
        ]
    }
}

extension BinStore.Key {
    struct Place: Hashable, Sendable {
        var row: Row
        var day: Day
    }

    var place: Place { Place(row: row, day: day) }
}
