public import Domain
import Synchronization

/// A loop's promise to be back by a certain moment. The code that feeds the watchdog checks that all promises are kept.
/// A slow peer is waited for with a deadline, so only a loop of our own that hangs breaks its promise.
public final class Heartbeat: Sendable {
    public let name: String
    private let due = Atomic<Int64>(.max)

    public init(name: String) { self.name = name }

    /// The loop will be back by then.
    public func promise(_ deadline: Uptime) { due.store(deadline.nanoseconds, ordering: .relaxed) }

    /// The loop waits for something that has no deadline, or has ended.
    public func rest() { due.store(.max, ordering: .relaxed) }

    /// Whether the promise is broken by more than `grace`.
    public func isLate(now: Uptime, grace: Duration) -> Bool {
        let due = due.load(ordering: .relaxed)
        return due != .max && now.nanoseconds - due > grace.wholeNanoseconds
    }
}
