import Domain
import Platform
import Synchronization

/// What the session's thread shares with the others.
///
/// The wake-up has two flags. `pending` says that the owner has something new; the thread lowers it before it asks.
/// `asleep` says that the thread may be in poll and wants to be woken; it raises it after the owner had nothing, looks at
/// `pending` once more, and only then sleeps. With both sequentially consistent, either the waker sees `asleep` or the
/// thread sees `pending`.
final class SessionState: Sendable {
    let heartbeat: Heartbeat
    let flag = WakeFlag()
    let finished = WakeFlag()
    let snapshot: Mutex<MQTTSnapshot>
    private let pending = Atomic(false)
    private let asleep = Atomic(false)
    private let stopping = Mutex<Uptime?>(nil)

    init(name: String, since: Uptime) {
        heartbeat = Heartbeat(name: name)
        snapshot = Mutex(MQTTSnapshot(since: since))
    }

    func wake() {
        pending.store(true, ordering: .sequentiallyConsistent)
        guard asleep.load(ordering: .sequentiallyConsistent) else { return }
        if asleep.exchange(false, ordering: .sequentiallyConsistent) { flag.raise() }
    }

    /// Call before asking the owner.
    func lookingForWork() { pending.store(false, ordering: .sequentiallyConsistent) }

    /// Call before poll, when a wake-up matters.
    ///
    /// - Returns: whether to sleep; false if there is something to do already.
    func fallAsleep() -> Bool {
        asleep.store(true, ordering: .sequentiallyConsistent)
        return !pending.load(ordering: .sequentiallyConsistent)
    }

    /// Call after poll.
    func wakeUp() { asleep.store(false, ordering: .sequentiallyConsistent) }

    func stop(by deadline: Uptime) {
        stopping.withLock { $0 = deadline }
        flag.raise()
    }

    /// Until when the session may still work; nil while nobody wants it to stop.
    var stopDeadline: Uptime? { stopping.withLock { $0 } }

    func finish() { finished.raise() }
}
