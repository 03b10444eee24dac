/// How long a device or block that does not answer rests.
enum Rest {
    private static let longest = Duration.seconds(300)

    /// Ten times the cost of an attempt, doubled each time, up to five minutes: a dead device takes less than a tenth
    /// of its line.
    static func after(failures: Int, cost: Duration) -> Duration {
        min(longest, cost * 10 * (1 << min(max(0, failures - 1), 10)))
    }
}
