import Domain

/// The models' time: it starts at the wall clock's time and runs `pace` times as fast as the real one.
struct ModelClock: Sendable {
    /// 2026-01-01T00:00:00Z. Counters are 0 there, so a simulation that is started again goes on counting.
    static let epoch = Instant(millisecondsSince1970: 1_767_225_600_000)

    let time: any TimeSource
    private let start: Uptime
    let startSeconds: Double
    private let pace: Double

    init(time: any TimeSource, pace: Double) {
        self.time = time
        self.pace = pace
        let stamp = time.stamp()
        start = stamp.uptime
        // When the clock of this machine is not set yet, the models start at the epoch.
        startSeconds = max(0, (stamp.time - Self.epoch).inSeconds)
    }

    /// Seconds since the epoch in the models.
    func seconds(at uptime: Uptime) -> Double { startSeconds + (uptime - start).inSeconds * pace }
}
