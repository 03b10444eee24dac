/// How long a bus' replies have taken since the bus was started.
public struct LatencyStatus: Codable, Hashable, Sendable {
    /// Times in seconds, rising.
    public var bounds: [Double]
    /// How many replies took at most the time at the same place of `bounds`. What is missing to `count` took longer
    /// than the last.
    public var counts: [Int]
    /// All times together, in seconds.
    public var sum: Double
    /// How many replies there were, exceptions among them.
    public var count: Int

    public init(bounds: [Double], counts: [Int], sum: Double, count: Int) {
        self.bounds = bounds
        self.counts = counts
        self.sum = sum
        self.count = count
    }
}
