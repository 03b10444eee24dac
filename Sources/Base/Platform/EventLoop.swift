public import Domain
import Glibc
import Synchronization

/// A member of an `EventLoop`: it waits for a descriptor, a time or a wake-up, and never blocks.
public protocol EventLoopMember: AnyObject, Sendable {
    /// Whether the member has been asked to take a turn. Checked often, after any `wake` of the loop.
    var isWanted: Bool { get }

    /// Does the work that is pending.
    ///
    /// - Parameters:
    ///   - readable: its descriptor has something to read, or was hung up.
    ///   - writable: its descriptor accepts data again.
    /// - Returns: what it waits for next; nil when it has left the loop, for a thread of its own or for good.
    func turn(readable: Bool, writable: Bool) -> EventLoopWait?
}

/// What a member waits for.
public struct EventLoopWait: Sendable {
    /// Stays open until the member's next turn.
    public var descriptor: Int32?
    /// Whether it also waits for room to write.
    public var writing: Bool
    public var until: Uptime?
    /// As `until`: the member has more to do at once, after the members that are ready.
    public static let soon = Uptime(nanoseconds: 0)

    public init(descriptor: Int32?, writing: Bool = false, until: Uptime?) {
        self.descriptor = descriptor
        self.writing = writing
        self.until = until
    }
}

/// One thread that serves many members, so that work passes from one to the next without a thread switch.
///
/// Ready members go first, a few at a time; members whose time has come follow when none is ready. So when many devices
/// are polled at one tick, those that answer at once are read one after the other, and each reading is on its way
/// before the next poll begins. Slow devices are all asked together.
public final class EventLoop: Sendable {
    /// Late only if the loop itself hangs.
    public let heartbeat: Heartbeat
    fileprivate static let wakeTag = Int(UInt32.max)
    fileprivate let time: any TimeSource
    private let arriving = Mutex<[any EventLoopMember]>([])
    /// The wake-up uses two flags, as a session's own does (`SessionState`): either the waker sees `asleep` or the loop
    /// sees `news`.
    private let news = Atomic(false)
    private let asleep = Atomic(false)
    fileprivate let flag: PollFlag
    fileprivate let ready: ReadySet
    private let stopping = Atomic(false)
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    /// - Parameter name: the thread's name; 15 bytes.
    /// - Throws: the process or the machine is out of descriptors.
    public init(name: String, time: any TimeSource) throws(SystemError) {
        heartbeat = Heartbeat(name: name)
        self.time = time
        flag = try PollFlag()
        ready = try ReadySet()
        guard ready.add(flag.descriptor, tag: Self.wakeTag, writing: false) else {
            throw SystemError(code: errno, operation: "epoll_ctl")
        }
    }

    /// Starts the thread; it runs until `stop`.
    public func start() throws(SystemError) {
        try thread.withLock { thread throws(SystemError) in
            thread = try WorkerThread(name: heartbeat.name) { [self] in
                EventLoopRound(self).run()
                heartbeat.rest()
            }
        }
    }

    /// Adds a member, which gets turns until it leaves; callable from any thread.
    public func add(_ member: any EventLoopMember) {
        arriving.withLock { $0.append(member) }
        wake()
    }

    /// Announces that a member `isWanted`; callable from any thread. Costs two atomic accesses unless the loop sleeps.
    public func wake() {
        news.store(true, ordering: .sequentiallyConsistent)
        guard asleep.load(ordering: .sequentiallyConsistent) else { return }
        if asleep.exchange(false, ordering: .sequentiallyConsistent) { flag.raise() }
    }

    /// Ends the thread; remaining members get no more turns.
    public func stop() {
        stopping.store(true, ordering: .relaxed)
        flag.raise()
        thread.withLock { $0.take() }?.join()
    }

    // MARK: For the thread

    fileprivate var isStopping: Bool { stopping.load(ordering: .relaxed) }

    fileprivate func takeNews() -> Bool { news.exchange(false, ordering: .sequentiallyConsistent) }

    /// Returns whether to sleep; false if there is news already.
    fileprivate func fallAsleep() -> Bool {
        asleep.store(true, ordering: .sequentiallyConsistent)
        return !news.load(ordering: .sequentiallyConsistent)
    }

    fileprivate func awake() { asleep.store(false, ordering: .sequentiallyConsistent) }

    fileprivate func takeArriving() -> [any EventLoopMember] {
        arriving.withLock { arriving in
            defer { arriving = [] }
            return arriving
        }
    }
}

/// The loop's own state, confined to its thread.
private final class EventLoopRound {
    private struct Place {
        var member: any EventLoopMember
        var descriptor: Int32?
        var writing = false
        /// The kernel cannot watch its descriptor, so the loop checks it repeatedly.
        var isUnwatched = false
    }

    /// How often an unwatched descriptor is checked.
    private static let look = Duration.milliseconds(20)
    private static let never = Uptime(nanoseconds: .max)
    private let loop: EventLoop
    private var report = ReadySet.Report(most: 8)
    /// The members' places, by tag.
    private var places: [Place?] = []
    /// When each member is due, by tag.
    private var due: [Uptime] = []

    init(_ loop: EventLoop) { self.loop = loop }

    func run() {
        loop.heartbeat.promise(loop.time.uptime())
        while !loop.isStopping {
            serveWanted()
            let first = due.indices.min { due[$0] < due[$1] }
            let next = first.map { due[$0] } ?? Self.never
            let mayWait = loop.fallAsleep()
            if next == Self.never {
                loop.heartbeat.rest()
            } else if next != EventLoopWait.soon {
                loop.heartbeat.promise(next)
            }
            let deadline = mayWait ? (next == Self.never ? nil : next) : EventLoopWait.soon
            let count = loop.ready.wait(into: &report, until: deadline, time: loop.time)
            loop.awake()
            let now = loop.time.uptime()
            loop.heartbeat.promise(now)
            Hang.here(loop.heartbeat.name)
            for index in 0..<count {
                let one = report[index]
                if one.tag == EventLoop.wakeTag {
                    loop.flag.lower()
                } else {
                    turn(one.tag, readable: one.readable, writable: one.writable)
                }
            }
            for tag in due.indices where due[tag] == EventLoopWait.soon { turn(tag) }
            if count == 0, let first, due[first] <= now { turn(first) }
        }
    }

    private func serveWanted() {
        guard loop.takeNews() else { return }
        for tag in places.indices where places[tag]?.member.isWanted == true { turn(tag) }
        for member in loop.takeArriving() {
            let tag = places.firstIndex { $0 == nil } ?? places.endIndex
            if tag == places.endIndex {
                places.append(nil)
                due.append(Self.never)
            }
            places[tag] = Place(member: member)
            turn(tag)
        }
    }

    private func turn(_ tag: Int, readable: Bool = false, writable: Bool = false) {
        guard let place = places[tag] else { return }
        let isUnwatched = place.isUnwatched
        guard let wait = place.member.turn(readable: readable || isUnwatched, writable: writable || isUnwatched) else {
            watch(tag, nil, writing: false)
            places[tag] = nil
            due[tag] = Self.never
            return
        }
        watch(tag, wait.descriptor, writing: wait.writing)
        due[tag] = wait.until ?? Self.never
        if places[tag]?.isUnwatched == true { due[tag] = min(due[tag], loop.time.uptime() + Self.look) }
    }

    private func watch(_ tag: Int, _ descriptor: Int32?, writing: Bool) {
        guard let place = places[tag],
            place.isUnwatched || place.descriptor != descriptor || place.writing != writing
        else { return }
        if !place.isUnwatched, place.descriptor == descriptor, let descriptor {
            loop.ready.change(descriptor, tag: tag, writing: writing)
        } else {
            if let old = place.descriptor { loop.ready.remove(old) }
            let isWatched = descriptor.map { loop.ready.add($0, tag: tag, writing: writing) } ?? true
            places[tag]?.isUnwatched = !isWatched
        }
        places[tag]?.descriptor = descriptor
        places[tag]?.writing = writing
    }
}
