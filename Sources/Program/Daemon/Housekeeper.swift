import Answering
import Buses
import Domain
import Forwarding
import Journal
import Logging
import Platform
import Synchronization

/// What the housekeeper watches once a second.
struct Household: Sendable {
    var time: any TimeSource
    var rounds: Rounds
    var log: Logger
    /// For log lines that peers can cause again and again.
    var peerLog: Logger
    var counts: CountedLog
    var current: CurrentDeployment
    var journal: Journal
    var board: DeviceBoard
    var intake: Intake
    var destinations: Destinations
    var announcer: Announcer
    var sources: RunningSources
    /// The loops that run as long as the gateway runs, for the watchdog.
    var loops: [Heartbeat]
    var incidents: NoticeQueue<JournalIncident>
    var notices: NoticeQueue<(destination: String, notice: ForwarderNotice)>
}

/// Once a second: reports overdue devices, the notices of journal and forwarders, and the clock; every minute the
/// status; every hour a log line.
final class Housekeeper: Sendable {
    private let house: Household
    private let wake = WakeFlag()
    private let stopping = Atomic(false)
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    init(for house: Household) { self.house = house }

    func start() throws(SystemError) {
        let thread = try WorkerThread(name: "housekeeping") { [self] in
            var round = HousekeepingRound(of: house)
            while !stopping.load(ordering: .relaxed) {
                round.run()
                wake.wait(until: house.rounds.next(), time: house.time)
            }
            round.end()
        }
        self.thread.withLock { $0 = thread }
    }

    func stop() {
        stopping.store(true, ordering: .relaxed)
        wake.raise()
        thread.withLock { $0 }?.join()
    }
}
