/// A set of entries' numbers as sorted ranges that neither overlap nor touch.
public struct SeqRanges: Hashable, Sendable {
    public private(set) var ranges: [Range<Int64>] = []

    public init() {}

    /// - Parameter ranges: in any order; they may overlap.
    public init(_ ranges: some Sequence<Range<Int64>>) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    /// - Parameter numbers: in any order; a number may come again.
    public init(numbers: some Sequence<Int64>) { self.init(numbers.map { $0..<$0 + 1 }) }

    public var isEmpty: Bool { ranges.isEmpty }

    /// How many numbers are in the set.
    public var count: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

    public var first: Int64? { ranges.first?.lowerBound }
    public var last: Int64? { ranges.last.map { $0.upperBound - 1 } }

    /// - Precondition: the range begins at or above the beginning of the last one.
    private mutating func append(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        guard let last = ranges.last, range.lowerBound <= last.upperBound else { return ranges.append(range) }
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
    }

    public func contains(_ number: Int64) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= number
    }

    /// The greatest number of the set below a bound.
    public func last(below bound: Int64) -> Int64? {
        ranges.last { $0.lowerBound < bound }.map { min($0.upperBound, bound) - 1 }
    }

    /// The least number of the set above a bound.
    public func first(above bound: Int64) -> Int64? {
        ranges.first { $0.upperBound > bound + 1 }.map { max($0.lowerBound, bound + 1) }
    }

    public func union(_ other: SeqRanges) -> SeqRanges { SeqRanges(ranges + other.ranges) }

    public func subtracting(_ other: SeqRanges) -> SeqRanges {
        var left = SeqRanges()
        var next = 0
        for range in ranges {
            var from = range.lowerBound
            while next < other.ranges.count, other.ranges[next].upperBound <= from { next += 1 }
            var index = next
            while index < other.ranges.count, other.ranges[index].lowerBound < range.upperBound {
                let gone = other.ranges[index]
                if gone.lowerBound > from { left.append(from..<gone.lowerBound) }
                from = max(from, min(gone.upperBound, range.upperBound))
                index += 1
            }
            if from < range.upperBound { left.append(from..<range.upperBound) }
        }
        return left
    }

    public func intersection(_ other: SeqRanges) -> SeqRanges { subtracting(subtracting(other)) }

    /// The numbers of the set within `bounds`.
    public func clamped(to bounds: Range<Int64>) -> SeqRanges {
        var result = SeqRanges()
        for range in ranges where range.overlaps(bounds) { result.append(range.clamped(to: bounds)) }
        return result
    }
}

extension SeqRanges: CustomStringConvertible {
    /// `12-90 95`: both ends are in the set.
    public var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }
            .joined(separator: " ")
    }
}

extension SeqRanges {
    /// The set as PostgreSQL's `int8multirange`: `{[12,91),[95,96)}`.
    public var multirange: String {
        "{" + ranges.map { "[\($0.lowerBound),\($0.upperBound))" }.joined(separator: ",") + "}"
    }

    /// Reads what PostgreSQL writes for an `int8multirange`; nil for anything else, such as a range without an end.
    public init?(multirange text: String) {
        self.init()
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
        let bytes = Array(text.utf8.dropFirst().dropLast())
        var place = 0
        func number(endingAt end: UInt8) -> Int64? {
            var number: Int64 = 0
            let start = place
            while place < bytes.count, (48...57).contains(bytes[place]) {
                let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
                let (sum, isOver) = tens.addingReportingOverflow(Int64(bytes[place] - 48))
                if isTooLarge || isOver { return nil }
                number = sum
                place += 1
            }
            guard place > start, place < bytes.count, bytes[place] == end else { return nil }
            place += 1
            return number
        }
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "[") else { return nil }
            place += 1
            guard let low = number(endingAt: UInt8(ascii: ",")), let high = number(endingAt: UInt8(ascii: ")")),
                low < high, low >= last.map({ $0 + 1 }) ?? .min
            else { return nil }
            append(low..<high)
            if place < bytes.count, bytes[place] == UInt8(ascii: ",") { place += 1 }
        }
    }
}
