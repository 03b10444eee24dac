import Control
import Domain
import Installation
import Journal
import Logging
import Modbus
import Platform
import Synchronization

/// One Modbus bus as the rest of the gateway sees it, and the thread that serves it when that may have to wait: always on a serial
/// line; of a TCP endpoint only to connect and to serve a probe. Else the network's event loop polls it, together with
/// all others, and where the machine has no thread for the bus, that loop tells so of its devices and tries again.
///
/// Whoever serves the bus has its `BusDesk`, which is the bus' lock.
final class BusPoller: Sendable {
    /// What the bus shows to others.
    struct Snapshot: Sendable {
        var connected = false
        var error: String?
        var counters = BusCounters()
        var load: Double = 0
    }

    let bus: Configuration.Bus
    let endpoint: ModbusEndpoint
    /// Of the bus' own thread.
    let heartbeat: Heartbeat
    /// What others ask of the bus.
    let mailbox = BusMailbox()
    private let system: PollingSystem
    /// The event loop that has the bus while nothing has to be waited for.
    private let loop: EventLoop
    private let stopping = Atomic(false)
    private let wanted = Atomic(false)
    private let wake = WakeFlag()
    private let ended = WakeFlag()
    private let succession = Mutex(Succession.open)
    private let shown = Mutex(Snapshot())
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    init(bus: Configuration.Bus, endpoint: ModbusEndpoint, system: PollingSystem, loop: EventLoop) {
        self.bus = bus
        self.endpoint = endpoint
        self.system = system
        self.loop = loop
        heartbeat = Heartbeat(name: "bus " + bus.id)
    }

    /// Who serves the bus after this poller.
    private enum Succession {
        case open
        case promised(@Sendable () -> Void)
        case over
    }

    /// Begins to serve the bus, unless it was asked to end before.
    func start(devices: [Device], gridStart: Uptime) {
        guard !isStopping else { return finish() }
        loop.add(BusDesk(self, BusPolls(poller: self, devices: devices, gridStart: gridStart, system: system)))
    }

    /// Asks whoever serves the bus to end after the transaction that it is in.
    func requestStop() {
        stopping.store(true, ordering: .sequentiallyConsistent)
        wakeUp()
    }

    /// Has that begin when this poller has ended: a bus has one owner.
    func handOver(to begin: @escaping @Sendable () -> Void) {
        let isOver = succession.withLock { succession in
            if case .over = succession { return true }
            succession = .promised(begin)
            return false
        }
        if isOver { begin() }
    }

    /// Asks whoever serves the bus to serve somebody else between two polls.
    func lend(_ errand: BusErrand) -> BusMailbox.Reception {
        let reception = mailbox.add(errand)
        if case .taken = reception { wakeUp() }
        return reception
    }

    /// A client has done with the bus, or has gone.
    func takeBack(from client: Int) {
        guard mailbox.leave(client: client, now: now) else { return }
        wakeUp()
    }

    private func wakeUp() {
        wake.raise()
        wanted.store(true, ordering: .sequentiallyConsistent)
        loop.wake()
    }

    /// Whether the bus ended by then.
    func join(until deadline: Uptime, time: any TimeSource) -> Bool {
        guard ended.wait(until: deadline, time: time) else { return false }
        joinThread()
        return true
    }

    var snapshot: Snapshot { shown.withLock { $0 } }

    // MARK: For whoever serves the bus

    /// Whether somebody asked for something since `takeWish`.
    var isWanted: Bool { wanted.load(ordering: .acquiring) }

    var now: Uptime { system.time.uptime() }

    /// Before a look at what was asked for: a wish that comes later is kept.
    func takeWish() { _ = wanted.exchange(false, ordering: .sequentiallyConsistent) }

    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    func show(_ snapshot: Snapshot) { shown.withLock { $0 = snapshot } }

    /// Nobody serves the bus any more.
    func end(_ desk: BusDesk) {
        // What has been read whole is a reading.
        if desk.polls.isThrough { _ = desk.polls.next() }
        desk.polls.bus.close()
        finish()
    }

    private func finish() {
        mailbox.close()
        heartbeat.rest()
        let next = succession.withLock { succession in
            defer { succession = .over }
            return succession
        }
        ended.raise()
        if case .promised(let begin) = next { begin() }
    }

    /// Waits for the bus' own thread, which has ended or is about to.
    func joinThread() {
        let thread = thread.withLock { $0.take() }
        thread?.join()
    }

    // MARK: The bus' own thread

    /// Serves the bus on its own thread, until it need not block any more or is asked to end.
    func serve(_ desk: BusDesk) throws(SystemError) {
        // Within the lock: whoever joins the thread waits until it is known.
        try thread.withLock { thread throws(SystemError) in
            thread = try WorkerThread(name: heartbeat.name) { [self] in
                while !isStopping, desk.polls.needsThread { turn(desk) }
                heartbeat.rest()
                if isStopping { end(desk) } else { loop.add(desk) }
            }
        }
    }

    private func turn(_ desk: BusDesk) {
        heartbeat.promise(system.time.uptime())
        Hang.here(heartbeat.name)
        let errand = desk.polls.lend()
        switch desk.polls.next() {
        case .again: break
        case .ask(let request):
            // One at a time here, whatever the device takes: what is left is asked again.
            guard let range = request.ranges.first else { return }
            heartbeat.promise(system.time.uptime() + longest(request, on: desk.polls.bus))
            do throws(ModbusError) {
                desk.polls.answered(try desk.polls.bus.read(range, unit: request.unit, timing: request.timing))
            } catch {
                desk.polls.failed(error)
            }
        case .wait(let until):
            let deadline = [until, errand].compactMap(\.self).min()
            if let deadline { heartbeat.promise(deadline) } else { heartbeat.rest() }
            wake.wait(until: deadline, time: system.time)
        }
    }

    /// The longest that a request may take: connecting, a line that rests, and the reply's own deadline, with as much again for
    /// a slow line's wire.
    private func longest(_ request: BusPolls.Request, on bus: ModbusBus) -> Duration {
        let rest = bus.restingUntil.map { max(.zero, $0 - system.time.uptime()) } ?? .zero
        return .seconds(10) + rest + (request.timing.replyTime + .seconds(1)) * 2
    }
}

/// What every bus needs of the rest.
struct PollingSystem: Sendable {
    var time: any TimeSource
    var intake: Intake
    var journal: Journal
    var log: Logger
}
