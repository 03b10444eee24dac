/// How long something that does not answer is left alone.
enum Rest {
    private static let longest = Duration.seconds(300)

    /// Ten times what an attempt cost, and twice as long each time, up to five minutes: what is dead takes less than a tenth of
    /// its line.
    static func after(failures: Int, cost: Duration) -> Duration {
        min(longest, cost * 10 * (1 << min(max(0, failures - 1), 10)))
    }
}
