/// How long replies took, by classes of time. Counts only grow.
public struct LatencyHistogram: Sendable {
    /// The longest time of each class but the last, in nanoseconds.
    public static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000].map { $0 * 1_000_000 }

    /// One for each bound, and one for what took longer. They lie in the struct itself: a copy allocates nothing.
    private var classes = InlineArray<13, Int>(repeating: 0)
    /// All times together, in nanoseconds.
    public private(set) var sum: Int64 = 0
    /// The longest time, in nanoseconds.
    public private(set) var longest: Int64 = 0

    public init() {}

    /// Counts a reply to a request that began and was answered at these moments.
    public mutating func add(from began: Uptime, to arrived: Uptime) {
        let time = max(0, arrived.nanoseconds - began.nanoseconds)
        var place = 0
        while place < Self.bounds.count, time > Self.bounds[place] { place += 1 }
        classes[place] += 1
        sum += time
        longest = max(longest, time)
    }

    public var count: Int { classes.indices.reduce(0) { $0 + classes[$1] } }

    /// How many replies took at most each bound.
    public var cumulated: [Int] {
        var count = 0
        return Self.bounds.indices.map { place in
            count += classes[place]
            return count
        }
    }

    /// A time that this share of the replies since an earlier state did not exceed, in nanoseconds: the bound of its
    /// class. Nil where there were none.
    public func bound(ofShare share: Double, since before: LatencyHistogram = LatencyHistogram()) -> Int64? {
        let wanted = (Double(count - before.count) * share).rounded(.up)
        guard wanted > 0 else { return nil }
        var sum = 0
        for place in Self.bounds.indices {
            sum += classes[place] - before.classes[place]
            if Double(sum) >= wanted { return min(Self.bounds[place], longest) }
        }
        return longest
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
