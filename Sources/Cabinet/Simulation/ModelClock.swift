import Domain

/// Where the models' time stands: it begins at the wall clock's and runs `speed` times as fast as the real one.
struct ModelClock: Sendable {
    /// 2026-01-01T00:00:00Z. Counters are 0 there, so a simulation begun again goes on counting.
    static let epoch = Instant(millisecondsSince1970: 1_767_225_600_000)

    let time: any TimeSource
    private let start: Uptime
    private let startSeconds: Double
    private let speed: Double

    init(time: any TimeSource, speed: Double) {
        self.time = time
        self.speed = speed
        let stamp = time.stamp()
        start = stamp.uptime
        // A box whose clock is not set yet begins at the epoch.
        startSeconds = max(0, (stamp.time - Self.epoch).inSeconds)
    }

    /// Seconds since the epoch in the models.
    func seconds(at uptime: Uptime) -> Double { startSeconds + (uptime - start).inSeconds * speed }
}
