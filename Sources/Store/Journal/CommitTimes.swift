/// How long commits took, by classes of time. Counts only grow.
public struct CommitTimes: Sendable, Hashable {
    /// The longest time of each class but the last, in milliseconds: from a good disk's commit to one that hangs.
    public static let bounds: [Int64] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000]

    /// How many commits fell into each class; the last has those that took longer than every bound.
    private var classes = [Int](repeating: 0, count: bounds.count + 1)
    /// All times together.
    public private(set) var sum: Duration = .zero

    public init() {}

    mutating func add(_ time: Duration) {
        let place = Self.bounds.firstIndex { time <= .milliseconds($0) } ?? Self.bounds.count
        classes[place] += 1
        sum += time
    }

    public var count: Int { classes.reduce(0, +) }

    /// How many commits took at most each bound.
    public var cumulated: [Int] {
        var count = 0
        return classes.dropLast().map { each in
            count += each
            return count
        }
    }
}
