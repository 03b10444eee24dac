import Domain

/// The series of all sources whose devices send their own time, a page a day.
struct SeriesStore: Sendable {
    /// The first part of the keys of pages.
    static let prefix = "series/"

    struct Key: Hashable, Sendable, CustomStringConvertible {
        var source: SourceKey
        var day: Day
        var description: String { SeriesStore.prefix + "\(source)/\(day)" }
    }

    private var pages: PageStore<Key, Series>
    private let zone: Zone

    init(zone: Zone, load: @escaping BinStore.Load) {
        self.zone = zone
        pages = PageStore(empty: Series(), load: load)
    }

    var unreadable: [String] { pages.unreadable }

    /// Bytes that are no series are reported as unreadable.
    private static func read(_ bytes: [UInt8]) -> Series? { try? Series(bytes: bytes) }

    private mutating func open(_ key: Key) -> Series {
        pages.open(key, Self.read)
        return pages[key]
    }

    private func key(_ source: SourceKey, _ time: Int64) -> Key {
        Key(source: source, day: zone.day(of: Instant(millisecondsSince1970: time)))
    }

    mutating func at(_ time: Int64, of source: SourceKey) -> Series.Mark? {
        open(key(source, time)).at(time)
    }

    mutating func put(_ mark: Series.Mark, of source: SourceKey) {
        let key = key(source, mark.time)
        pages.open(key, Self.read)
        pages.change(key) { $0.put(mark) }
    }

    mutating func remove(at time: Int64, of source: SourceKey) {
        let key = key(source, time)
        pages.open(key, Self.read)
        pages.change(key) { $0.remove(at: time) }
    }

    /// The mark nearest to a moment, less than so many milliseconds away.
    mutating func nearest(to time: Int64, of source: SourceKey, within reach: Int64) -> Series.Mark? {
        if let mark = at(time, of: source) { return mark }
        let around = [before(time, of: source, earliest: time - reach), after(time, of: source, last: time + reach)]
        return around.compactMap(\.self).filter { abs($0.time - time) < reach }.min {
            abs($0.time - time) < abs($1.time - time)
        }
    }

    /// The mark before a moment, as far back as marks are kept.
    ///
    /// - Parameter earliest: earlier marks are left out.
    mutating func before(_ time: Int64, of source: SourceKey, earliest: Int64 = .min) -> Series.Mark? {
        var key = key(source, time)
        for _ in 0...BinStore.days {
            if let mark = open(key).before(time) { return mark }
            guard zone.start(of: key.day).millisecondsSince1970 > earliest else { return nil }
            key.day = key.day + -1
        }
        return nil
    }

    /// The mark after a moment.
    ///
    /// - Parameter last: the time of the last mark.
    mutating func after(_ time: Int64, of source: SourceKey, last: Int64) -> Series.Mark? {
        var key = key(source, time)
        let end = zone.day(of: Instant(millisecondsSince1970: last))
        for _ in 0...BinStore.days where key.day <= end {
            if let mark = open(key).after(time) { return mark }
            key.day = key.day + 1
        }
        return nil
    }

    mutating func page(of source: SourceKey, day: Day) -> Series {
        open(Key(source: source, day: day))
    }

    mutating func replace(_ series: Series, of source: SourceKey, day: Day) {
        let key = Key(source: source, day: day)
        pages.open(key, Self.read)
        pages.change(key) { $0 = series }
    }

    /// Forgets a source's marks about a day, because new ones come from another clock.
    mutating func clear(_ source: SourceKey, about day: Day) {
        for number in (day.number - BinStore.days)...(day.number + 1)
        where !page(of: source, day: Day(number: number)).isEmpty {
            replace(Series(), of: source, day: Day(number: number))
        }
    }

    mutating func takeChanges(today: Day) -> [(key: String, value: [UInt8])] {
        pages.takeChanges(keeping: { $0.day == today || $0.day == today + -1 }, bytes: \.bytes)
    }
}
