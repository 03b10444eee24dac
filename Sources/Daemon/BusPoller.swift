import Configuration
import Control
import Domain
import Journal
import Logging
import Modbus
import Platform
import Polling
import Synchronization

/// One Modbus bus on a thread of its own, which is the bus' lock: it asks the schedule what is due, reads it, and passes the
/// readings on, in a straight line from register to journal.
final class BusPoller: Sendable {
    /// What the thread shows to others.
    struct Snapshot: Sendable {
        var connected = false
        var error: String?
        var counters = BusCounters()
        var load: Double = 0
    }

    let bus: Configuration.Bus
    let endpoint: ModbusEndpoint
    let heartbeat: Heartbeat
    /// What others ask of the thread.
    let mailbox = BusMailbox()
    private let stopping = Atomic(false)
    private let wake = WakeFlag()
    private let shown = Mutex(Snapshot())
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    init(bus: Configuration.Bus, endpoint: ModbusEndpoint) {
        self.bus = bus
        self.endpoint = endpoint
        heartbeat = Heartbeat(name: "bus " + bus.id)
    }

    func start(devices: [Device], gridStart: Uptime, system: PollingSystem) {
        let thread = WorkerThread(name: "bus " + bus.id) { [self] in
            var loop = PollLoop(poller: self, devices: devices, gridStart: gridStart, system: system)
            loop.run()
            mailbox.close()
            heartbeat.rest()
        }
        self.thread.withLock { $0 = thread }
    }

    /// Asks the thread to end after the transaction that it is in.
    func requestStop() {
        stopping.store(true, ordering: .relaxed)
        wake.raise()
    }

    /// Asks the thread to serve somebody else between two polls; false when it is ending.
    @discardableResult
    func lend(_ errand: BusErrand) -> Bool {
        guard mailbox.add(errand) else { return false }
        wake.raise()
        return true
    }

    /// Whether the thread ended by then.
    func join(until deadline: Uptime, time: any TimeSource) -> Bool {
        thread.withLock { $0 }?.join(until: deadline, time: time) ?? true
    }

    var snapshot: Snapshot { shown.withLock { $0 } }

    // MARK: For the thread

    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    func sleep(until deadline: Uptime?, time: any TimeSource) {
        if let deadline { heartbeat.promise(deadline) } else { heartbeat.rest() }
        wake.wait(until: deadline, time: time)
    }

    func show(_ snapshot: Snapshot) { shown.withLock { $0 = snapshot } }
}

/// What every bus thread needs of the rest.
struct PollingSystem: Sendable {
    var time: any TimeSource
    var intake: Intake
    var journal: Journal
    var log: Logger
}
