import Domain

/// The share of the last full minute in which a bus was in use.
struct LoadMeter {
    private var minuteStart: Uptime
    private var busy = Duration.zero
    private(set) var share = 0.0
    private var hasFullMinute = false

    init(start: Uptime) { minuteStart = start }

    mutating func add(_ duration: Duration, now: Uptime) {
        busy += duration
        let elapsed = now - minuteStart
        if elapsed >= .seconds(60) {
            share = min(1, busy / elapsed)
            busy = .zero
            minuteStart = now
            hasFullMinute = true
        } else if !hasFullMinute, elapsed > .seconds(1) {
            share = min(1, busy / elapsed)
        }
    }
}
