import DequeModule

/// A set of rows as sorted ranges that neither overlap nor touch.
///
/// Rows are added at the upper end and mostly removed at either end (a backlog drains from below while live entries are
/// acknowledged above), so both ends are cheap; the middle costs a binary search and, at worst, one insertion.
struct RowRanges: Hashable, Sendable {
    private(set) var ranges: Deque<Range<Int64>> = []
    private(set) var count = 0

    init() {}

    init(_ ranges: some Sequence<Range<Int64>>) {
        for range in ranges { append(range) }
    }

    var first: Int64? { ranges.first?.lowerBound }
    var last: Int64? { ranges.last.map { $0.upperBound - 1 } }
    var isEmpty: Bool { ranges.isEmpty }

    /// - Precondition: the rows are above all that are in the set.
    mutating func append(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        count += range.count
        guard let last = ranges.last else { return ranges.append(range) }
        precondition(range.lowerBound >= last.upperBound, "rows are added in order")
        if range.lowerBound == last.upperBound {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }

    func contains(_ row: Int64) -> Bool {
        let index = index(endingAfter: row)
        return index < ranges.count && ranges[index].lowerBound <= row
    }

    /// Removes the row, and returns whether it was there.
    @discardableResult
    mutating func remove(_ row: Int64) -> Bool { remove(row..<row + 1) == 1 }

    /// Removes the rows, and returns how many of them were there.
    @discardableResult
    mutating func remove(_ gone: Range<Int64>) -> Int {
        guard !gone.isEmpty else { return 0 }
        let before = count
        var index = index(endingAfter: gone.lowerBound)
        while index < ranges.count, ranges[index].lowerBound < gone.upperBound {
            let range = ranges[index]
            count -= range.clamped(to: gone).count
            let left = range.lowerBound..<max(range.lowerBound, gone.lowerBound)
            let right = min(range.upperBound, gone.upperBound)..<range.upperBound
            switch (left.isEmpty, right.isEmpty) {
            case (true, true): ranges.remove(at: index)
            case (true, false): ranges[index] = right
            case (false, true):
                ranges[index] = left
                index += 1
            case (false, false):
                ranges[index] = left
                ranges.insert(right, at: index + 1)
            }
            if !right.isEmpty { break }
        }
        return before - count
    }

    mutating func subtract(_ other: RowRanges) {
        // One by one, each could move all ranges above it.
        guard other.ranges.count > 8 else {
            for range in other.ranges { remove(range) }
            return
        }
        var left = RowRanges()
        var next = 0
        for range in ranges {
            var from = range.lowerBound
            while next < other.ranges.count, other.ranges[next].lowerBound < range.upperBound {
                let gone = other.ranges[next].clamped(to: from..<range.upperBound)
                if !gone.isEmpty {
                    left.append(from..<gone.lowerBound)
                    from = gone.upperBound
                }
                if other.ranges[next].upperBound > range.upperBound { break }
                next += 1
            }
            left.append(from..<range.upperBound)
        }
        self = left
    }

    /// Returns the least row that is not below `row`.
    func first(from row: Int64) -> Int64? {
        let index = index(endingAfter: row)
        return index < ranges.count ? max(row, ranges[index].lowerBound) : nil
    }

    /// The parts of the set within `bounds`, in order.
    func clamped(to bounds: Range<Int64>) -> RowRanges {
        var result = RowRanges()
        var index = index(endingAfter: bounds.lowerBound)
        while index < ranges.count, ranges[index].lowerBound < bounds.upperBound {
            result.append(ranges[index].clamped(to: bounds))
            index += 1
        }
        return result
    }

    /// The oldest rows of the set, `limit` at most.
    func prefix(_ limit: Int) -> RowRanges {
        var result = RowRanges()
        for range in ranges where result.count < limit {
            let upper = min(range.upperBound, range.lowerBound + Int64(limit - result.count))
            result.append(range.lowerBound..<upper)
        }
        return result
    }

    mutating func formUnion(_ other: RowRanges) {
        if isEmpty || other.isEmpty {
            if isEmpty { self = other }
            return
        }
        self = RowRanges(merging: Array(ranges) + Array(other.ranges))
    }

    /// - Parameter ranges: in any order; they may overlap.
    init(merging ranges: [Range<Int64>]) {
        self.init()
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let end = self.ranges.last?.upperBound ?? .min
            if range.upperBound > end { append(max(range.lowerBound, end)..<range.upperBound) }
        }
    }

    func intersection(_ other: RowRanges) -> RowRanges {
        if other.ranges.count < ranges.count { return other.intersection(self) }
        var result = RowRanges()
        for range in ranges {
            for part in other.clamped(to: range).ranges { result.append(part) }
        }
        return result
    }

    /// Returns the set with the rows between its own that are not in `present`: a shorter text where many are gone.
    ///
    /// - Parameter end: from this row on nothing is joined.
    func bridged(within present: RowRanges, below end: Int64) -> RowRanges {
        var result = RowRanges()
        for range in ranges {
            if let last = result.ranges.last, range.lowerBound < end,
                present.first(from: last.upperBound).map({ $0 >= range.lowerBound }) ?? true
            {
                result.append(last.upperBound..<range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    private func index(endingAfter row: Int64) -> Int {
        if let first = ranges.first, row < first.upperBound { return 0 }
        if let last = ranges.last, row >= last.lowerBound {
            return row < last.upperBound ? ranges.count - 1 : ranges.count
        }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension RowRanges: CustomStringConvertible {
    /// `12-90 95-95`: both ends are in the set.
    var description: String { ranges.map { "\($0.lowerBound)-\($0.upperBound - 1)" }.joined(separator: " ") }

    /// Reads what `description` writes; nil for anything else.
    init?(_ text: String) {
        self.init()
        for word in text.split(separator: " ") {
            let ends = word.split(separator: "-")
            guard ends.count == 2, let low = Int64(ends[0]), let high = Int64(ends[1]), low <= high, high < .max,
                low >= ranges.last?.upperBound ?? .min
            else { return nil }
            append(low..<high + 1)
        }
    }
}
