import Domain
import Platform
import Synchronization

/// The state that the session shares with other threads.
///
/// The wake-up of its own thread uses two flags. `pending` means that the owner has something new; the thread lowers it
/// before it asks. `asleep` means that the thread may be in poll and needs to be woken; it raises it after the owner
/// had nothing, checks `pending` once more, and only then sleeps. With both sequentially consistent, either the waker
/// sees `asleep` or the thread sees `pending`.
final class SessionState: Sendable {
    let heartbeat: Heartbeat
    /// Wakes the session's own thread while it pauses.
    let flag = WakeFlag()
    /// Wakes the thread while it waits for its socket; made by the first attempt to connect that finds a descriptor for
    /// it.
    private let socketFlag: Mutex<PollFlag?> = Mutex(nil)
    let finished = WakeFlag()
    let snapshot: Mutex<MQTTSnapshot>
    private let pending = Atomic(false)
    private let asleep = Atomic(false)
    private let stopping = Mutex<Uptime?>(nil)
    let loop: EventLoop?
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    init(name: String, since: Uptime, loop: EventLoop?) {
        heartbeat = Heartbeat(name: name)
        self.loop = loop
        snapshot = Mutex(MQTTSnapshot(since: since))
    }

    func wake() {
        pending.store(true, ordering: .sequentiallyConsistent)
        loop?.wake()
        guard asleep.load(ordering: .sequentiallyConsistent) else { return }
        if asleep.exchange(false, ordering: .sequentiallyConsistent) { raiseSocketFlag() }
    }

    /// Call before asking the owner.
    func lookingForWork() { pending.store(false, ordering: .sequentiallyConsistent) }

    /// Call before poll, when a wake-up matters.
    ///
    /// - Returns: whether to sleep; false if there is work already.
    func fallAsleep() -> Bool {
        asleep.store(true, ordering: .sequentiallyConsistent)
        return !pending.load(ordering: .sequentiallyConsistent)
    }

    /// Call after poll.
    func wakeUp() { asleep.store(false, ordering: .sequentiallyConsistent) }

    func stop(by deadline: Uptime) {
        stopping.withLock { $0 = deadline }
        pending.store(true, ordering: .sequentiallyConsistent)
        flag.raise()
        raiseSocketFlag()
        loop?.wake()
    }

    private func raiseSocketFlag() { socketFlag.withLock { $0 }?.raise() }

    /// Returns the flag for the thread that is about to wait for a socket. The thread that makes it checks
    /// `stopDeadline` and `pending` only afterwards.
    func flagForSocket() throws(SystemError) -> PollFlag {
        try socketFlag.withLock { flag throws(SystemError) in
            if let flag { return flag }
            let made = try PollFlag()
            flag = made
            return made
        }
    }

    /// Whether the session was woken since it looked for work.
    var isWoken: Bool { pending.load(ordering: .sequentiallyConsistent) }

    /// The moment until which the session may still work; nil while no stop is requested.
    var stopDeadline: Uptime? { stopping.withLock { $0 } }

    func finish() { finished.raise() }

    /// Starts the session's own thread; the previous one has been joined.
    func startThread(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        // Within the lock: a thread that joins it waits until it is known.
        try thread.withLock { thread throws(SystemError) in
            thread = try WorkerThread(name: heartbeat.name, body: body)
        }
    }

    /// Waits for the session's own thread, which has ended or is about to.
    func joinThread() {
        let thread = thread.withLock { $0.take() }
        thread?.join()
    }
}
