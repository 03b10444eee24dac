import Domain
import Installation
import Modbus
import Platform
import Synchronization

/// One Modbus bus as the rest of the gateway sees it, and the thread that serves it when that may block. A serial line
/// always has the thread; a TCP endpoint only to connect and to serve a probe. Otherwise the network's event loop polls
/// it, together with all others. Where the machine has no thread for the bus, its requests fail with that reason and
/// are tried again.
///
/// The serving thread holds the `BusDesk`, which is the bus' lock.
final class ModbusSource: FieldSource, LineLender {
    let bus: Configuration.Bus
    let endpoint: ModbusEndpoint
    private let devices: [Device]
    /// The requests of clients.
    let mailbox = BusMailbox()
    private let context: FieldContext
    private let beat: Heartbeat
    private let stopping = Atomic(false)
    private let wanted = Atomic(false)
    private let wake = WakeFlag()
    private let end = SourceEnd()
    private let shown: Mutex<SourceSnapshot>
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    init(bus: Configuration.Bus, endpoint: ModbusEndpoint, devices: [Device], in context: FieldContext) {
        self.bus = bus
        self.endpoint = endpoint
        self.devices = devices
        self.context = context
        beat = Heartbeat(name: "bus " + bus.id)
        var snapshot = SourceSnapshot()
        snapshot.load = 0
        snapshot.busy = .zero
        snapshot.latency = LatencyHistogram()
        snapshot.missed = 0
        shown = Mutex(snapshot)
    }

    // MARK: FieldSource

    var id: String { bus.id }

    var address: String { endpoint.description }

    var heartbeat: Heartbeat? { beat }

    var snapshot: SourceSnapshot { shown.withLock { $0 } }

    var lender: (any LineLender)? { self }

    func start() {
        guard !isStopping else { return finish() }
        context.loop.add(BusDesk(self, BusPolls(of: self, devices: devices, in: context)))
    }

    /// The bus ends after its present transaction.
    func requestStop() -> (@Sendable () -> Void)? {
        stopping.store(true, ordering: .sequentiallyConsistent)
        wakeUp()
        return nil
    }

    func handOver(to begin: @escaping @Sendable () -> Void) { end.handOver(to: begin) }

    func join(until deadline: Uptime) -> Bool {
        guard end.wait(until: deadline, time: context.time) else { return false }
        joinThread()
        return true
    }

    // MARK: LineLender

    var unitIDs: ClosedRange<UInt8> { endpoint.framing.unitIDs }

    func lend(
        _ request: LendRequest,
        to borrower: LineShare.Borrower,
        answer: @escaping @Sendable (LendAnswer) -> Void
    ) -> LendReception {
        let reception = mailbox.add(BusErrand(request: request, borrower: borrower, came: now, answer: answer))
        if case .taken = reception { wakeUp() }
        return reception
    }

    func takeBack(from client: Int) {
        guard mailbox.leave(client: client, now: now) else { return }
        wakeUp()
    }

    private func wakeUp() {
        wake.raise()
        wanted.store(true, ordering: .sequentiallyConsistent)
        context.loop.wake()
    }

    // MARK: For the thread that serves the bus

    var threadName: String { beat.name }

    /// Whether the bus was woken since `clearWakeUp`.
    var isWanted: Bool { wanted.load(ordering: .acquiring) }

    var now: Uptime { context.time.uptime() }

    /// Call before checking for work, so that a later wake-up is not lost.
    func clearWakeUp() { _ = wanted.exchange(false, ordering: .sequentiallyConsistent) }

    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    /// Promises the watchdog's feeder the longest time that a step may take.
    func promise(until deadline: Uptime) { beat.promise(deadline) }

    func show(_ snapshot: SourceSnapshot) { shown.withLock { $0 = snapshot } }

    /// The bus has no serving thread any more.
    func end(serving desk: BusDesk) {
        // A complete poll becomes a reading.
        if desk.polls.isThrough { _ = desk.polls.next() }
        desk.polls.bus.close()
        finish()
    }

    private func finish() {
        mailbox.close()
        beat.rest()
        end.come()
    }

    /// Waits for the bus' own thread, which has ended or is about to.
    func joinThread() {
        let thread = thread.withLock { $0.take() }
        thread?.join()
    }

    // MARK: The bus' own thread

    /// Serves the bus on its own thread, until it need not block any more or is asked to end.
    func serve(_ desk: BusDesk) throws(SystemError) {
        // Within the lock: a thread that joins it waits until it is known.
        try thread.withLock { thread throws(SystemError) in
            thread = try WorkerThread(name: beat.name) { [self] in
                while !isStopping, desk.polls.needsThread { turn(desk) }
                beat.rest()
                if isStopping { end(serving: desk) } else { context.loop.add(desk) }
            }
        }
    }

    private func turn(_ desk: BusDesk) {
        beat.promise(context.time.uptime())
        Hang.here(beat.name)
        let errand = desk.polls.lend()
        switch desk.polls.next() {
        case .again: break
        case .ask(let request):
            // One at a time here, whatever the device accepts: the others are asked again.
            guard let range = request.ranges.first else { return }
            beat.promise(context.time.uptime() + longest(request, on: desk.polls.bus))
            do throws(ModbusError) {
                desk.polls.answered(try desk.polls.bus.read(range, unit: request.unit, timing: request.timing))
            } catch {
                desk.polls.failed(error)
            }
        case .wait(let until):
            let deadline = [until, errand].compactMap(\.self).min()
            if let deadline { beat.promise(deadline) } else { beat.rest() }
            wake.wait(until: deadline, time: context.time)
        }
    }

    /// The longest that a request may take: connecting, the line's rest, and the reply's own deadline, counted twice
    /// for a slow line's wire.
    private func longest(_ request: BusWork.Request, on bus: ModbusBus) -> Duration {
        let rest = bus.restingUntil.map { max(.zero, $0 - context.time.uptime()) } ?? .zero
        return .seconds(10) + rest + (request.timing.replyTime + .seconds(1)) * 2
    }
}
