/// How long something has taken each time since a start: a bus' replies, exceptions among them, or the journal's
/// commits.
public struct TimesStatus: Codable, Hashable, Sendable {
    /// Times in seconds, rising.
    public var bounds: [Double]
    /// How many took at most the time at the same place of `bounds`. What is missing to `count` took longer than the
    /// last.
    public var counts: [Int]
    /// All times together, in seconds.
    public var sum: Double
    public var count: Int

    public init(bounds: [Double], counts: [Int], sum: Double, count: Int) {
        self.bounds = bounds
        self.counts = counts
        self.sum = sum
        self.count = count
    }
}
