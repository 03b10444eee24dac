public import Domain
public import Synchronization

/// A clock that moves only when a test moves it.
public final class HandClock: TimeSource {
    private let now = Mutex(Int64(1_000_000_000_000))
    /// The time that each look at the clock adds, for a machine on which everything takes long.
    public let drift = Mutex(Duration.zero)

    public init() {}

    public func uptime() -> Uptime {
        let drift = drift.withLock { $0 }
        return now.withLock { now in
            now += drift.wholeNanoseconds
            return Uptime(nanoseconds: now)
        }
    }

    public func stamp(at uptime: Uptime) -> Stamp {
        let time = Instant(millisecondsSince1970: 1_795_000_000_000 + uptime.milliseconds)
        return Stamp(time: time, clock: .synchronised, boot: "b00t", uptime: uptime)
    }

    public func advance(by duration: Duration) { now.withLock { $0 += duration.wholeNanoseconds } }
}
