/// How long replies took, by classes of time. Counts only grow.
public struct LatencyHistogram: Sendable {
    /// The times that are told, in nanoseconds: those of the classes that divide the decades by 1, 2 and 5.
    public static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000].map { $0 * 1_000_000 }

    /// The longest time of each class but the last, in nanoseconds: the Renard series R10 (ISO 3) from 1 ms to 5 s, so
    /// that a median is known to a quarter.
    private static let classBounds: [Int64] = [1_000_000, 10_000_000, 100_000_000, 1_000_000_000]
        .flatMap { decade in [100, 125, 160, 200, 250, 315, 400, 500, 630, 800].map { decade * $0 / 100 } }
        .filter { $0 <= 5_000_000_000 }

    /// One for each class, and one for what took longer. They lie in the struct itself: a copy allocates nothing.
    private var classes = InlineArray<39, Int>(repeating: 0)
    /// All times together, in nanoseconds.
    public private(set) var sum: Int64 = 0
    /// The longest time, in nanoseconds.
    public private(set) var longest: Int64 = 0

    public init() {}

    /// Counts a reply to a request that began and was answered at these moments.
    public mutating func add(from began: Uptime, to arrived: Uptime) {
        let time = max(0, arrived.nanoseconds - began.nanoseconds)
        var place = 0
        while place < Self.classBounds.count, time > Self.classBounds[place] { place += 1 }
        classes[place] += 1
        sum += time
        longest = max(longest, time)
    }

    public var count: Int { classes.indices.reduce(0) { $0 + classes[$1] } }

    /// How many replies took at most each of the times that are told.
    public var cumulated: [Int] {
        var counts: [Int] = []
        var sum = 0
        for (place, bound) in Self.classBounds.enumerated() {
            sum += classes[place]
            if Self.bounds.contains(bound) { counts.append(sum) }
        }
        return counts
    }

    /// A time that this share of the replies did not exceed, in nanoseconds: the bound of its class, or the longest
    /// where that is less. Nil where there were none.
    public func bound(ofShare share: Double) -> Int64? {
        let wanted = (Double(count) * share).rounded(.up)
        guard wanted > 0 else { return nil }
        var sum = 0
        for place in Self.classBounds.indices {
            sum += classes[place]
            if Double(sum) >= wanted { return min(Self.classBounds[place], longest) }
        }
        return longest
    }

    public static func + (a: LatencyHistogram, b: LatencyHistogram) -> LatencyHistogram { a.combined(with: b, +) }

    /// The replies since an earlier state. The longest of them is not known better than that of all.
    public static func - (a: LatencyHistogram, b: LatencyHistogram) -> LatencyHistogram { a.combined(with: b, -) }

    private func combined(with other: LatencyHistogram, _ operation: (Int, Int) -> Int) -> LatencyHistogram {
        var result = LatencyHistogram()
        for place in classes.indices { result.classes[place] = operation(classes[place], other.classes[place]) }
        result.sum = Int64(operation(Int(sum), Int(other.sum)))
        result.longest = max(longest, other.longest)
        return result
    }
}

extension LatencyHistogram: Hashable {
    public static func == (left: LatencyHistogram, right: LatencyHistogram) -> Bool {
        left.sum == right.sum && left.longest == right.longest
            && left.classes.indices.allSatisfy { left.classes[$0] == right.classes[$0] }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(sum)
        hasher.combine(count)
    }
}
