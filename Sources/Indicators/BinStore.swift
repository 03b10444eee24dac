import Domain

/// The bins of all sources: in memory what is worked on, the rest where `load` finds it.
///
/// A source has two rows of bins: 15-minute bins by day, for the shorter windows and what looks into a day; and the sums of its days by
/// month, for the longer ones. Both are kept by the same calls, so that one cannot say anything else than the other.
public struct BinStore: Sendable {
    /// How many days the bins of a day are kept; sums of days are kept for good. (200 devices make 2 MB of bins a day.)
    public static let days: Int64 = 35
    /// What the keys of days begin with.
    public static let prefix = "bins/"

    /// Whether the key of a day is of an earlier one.
    public static func isOlder(_ key: String, than day: Day) -> Bool { (Day(String(key.suffix(10))) ?? day) < day }

    /// Reads what was saved under a key; nil for nothing.
    typealias Load = @Sendable (String) -> [UInt8]?

    private struct Page: Sendable {
        var bins: Bins
        var isDirty = false
    }

    private let load: Load
    private var pages: [String: Page] = [:]
    /// Sums of months that are not being worked on.
    private var monthSums: [String: Breakdown] = [:]
    /// What could not be read; it begins anew, and somebody must hear of it.
    private(set) var unreadable: [String] = []

    init(load: @escaping Load) { self.load = load }

    static func key(_ source: SourceKey, day: Day) -> String { prefix + "\(source)/\(day)" }
    static func key(_ source: SourceKey, month: Day) -> String { "days/\(source)/\(month.description.prefix(7))" }

    /// Adds to the bin of a day, and to the day.
    ///
    /// - Parameter bin: nil of a day whose bins are gone.
    mutating func add(_ tally: Tally, _ breakdown: String, of source: SourceKey, bin: Int64?, day: Day) {
        if let bin { change(Self.key(source, day: day)) { $0.merge(tally, breakdown, at: bin) } }
        change(Self.key(source, month: day.firstOfMonth)) { $0.merge(tally, breakdown, at: day.number) }
        monthSums[Self.key(source, month: day.firstOfMonth)] = nil
    }

    private mutating func change(_ key: String, _ body: (inout Bins) -> Void) {
        open(key)
        body(&pages[key, default: Page(bins: Bins())].bins)
        pages[key]?.isDirty = true
    }

    mutating func bins(of source: SourceKey, day: Day) -> Bins { page(Self.key(source, day: day)) }

    mutating func days(of source: SourceKey, month: Day) -> Bins { page(Self.key(source, month: month)) }

    /// A whole month as one.
    mutating func sum(of source: SourceKey, month: Day) -> Breakdown {
        let key = Self.key(source, month: month)
        if let sum = monthSums[key] { return sum }
        // Only the sum is kept: a year of months would fill the memory.
        let sum = (pages[key]?.bins ?? read(key)).sum()
        monthSums[key] = sum
        return sum
    }

    private mutating func page(_ key: String) -> Bins {
        open(key)
        return pages[key]?.bins ?? Bins()
    }

    private mutating func open(_ key: String) {
        if pages[key] == nil { pages[key] = Page(bins: read(key)) }
    }

    private mutating func read(_ key: String) -> Bins {
        guard let bytes = load(key) else { return Bins() }
        do throws(ByteReader.Malformed) {
            return try Bins(bytes: bytes)
        } catch {
            unreadable.append(key)
            return Bins()
        }
    }

    /// Replaces the bins of one day, and the day's sum.
    mutating func replace(_ bins: Bins, of source: SourceKey, day: Day) {
        let key = Self.key(source, day: day)
        pages[key] = Page(bins: bins, isDirty: true)
        let month = Self.key(source, month: day.firstOfMonth)
        change(month) { $0.replace(day.number, with: bins.sum()) }
        monthSums[month] = nil
    }

    /// What has changed since the last time, as bytes to be saved; what is no longer worked on leaves memory.
    ///
    /// - Parameter today: pages of other days and months are let go once they are saved.
    mutating func takeChanges(today: Day) -> [(key: String, value: [UInt8])] {
        var changes: [(key: String, value: [UInt8])] = []
        for (key, page) in pages.sorted(by: { $0.key < $1.key }) where page.isDirty {
            changes.append((key, page.bins.bytes))
            pages[key]?.isDirty = false
        }
        let kept = ["/\(today)", "/\((today + -1))", "/\(today.description.prefix(7))"]
        pages = pages.filter { key, _ in kept.contains { key.hasSuffix($0) } }
        return changes
    }
}
