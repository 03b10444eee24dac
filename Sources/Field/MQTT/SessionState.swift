import Domain
import Platform
import Synchronization

/// What the session shares with other threads.
///
/// The wake-up of its own thread has two flags. `pending` says that the owner has something new; the thread lowers it before it asks.
/// `asleep` says that the thread may be in poll and wants to be woken; it raises it after the owner had nothing, looks at
/// `pending` once more, and only then sleeps. With both sequentially consistent, either the waker sees `asleep` or the
/// thread sees `pending`.
final class SessionState: Sendable {
    let heartbeat: Heartbeat
    /// Wakes the session's own thread while it pauses.
    let flag = WakeFlag()
    /// Wakes it while it waits for its socket; made by the first attempt to connect that finds a descriptor for it.
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
    /// - Returns: whether to sleep; false if there is something to do already.
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

    /// The flag for the thread that is about to wait for a socket. Whoever makes it looks at `stopDeadline` and
    /// `pending` only then.
    func flagForSocket() throws(SystemError) -> PollFlag {
        try socketFlag.withLock { flag throws(SystemError) in
            if let flag { return flag }
            let made = try PollFlag()
            flag = made
            return made
        }
    }

    /// Whether anybody has woken the session since it looked for work.
    var isWoken: Bool { pending.load(ordering: .sequentiallyConsistent) }

    /// Until when the session may still work; nil while nobody wants it to stop.
    var stopDeadline: Uptime? { stopping.withLock { $0 } }

    func finish() { finished.raise() }

    /// Starts the session's own thread; the one before has been joined.
    func startThread(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        // Within the lock: whoever joins the thread waits until it is known.
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
