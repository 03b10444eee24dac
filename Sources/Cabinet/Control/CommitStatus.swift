/// How long the journal's commits have taken since the gateway started.
public struct CommitStatus: Codable, Hashable, Sendable {
    /// Times in seconds, rising.
    public var bounds: [Double]
    /// How many commits took at most the time at the same place of `bounds`. What is missing to `count` took longer
    /// than the last.
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
