import Control
import Domain
import Indicators
import Journal
import Platform
import Synchronization

/// The indicators at work, on a thread of their own: takes what the journal has appended, saves how far it came, and publishes.
final class IndicatorService: Sendable {
    /// Something that the journal has just appended.
    enum Appended: Sendable {
        case reading(JournalEntry, Reading)
        case event(JournalEntry, Event)
        /// A row that nobody takes anything of.
        case other(row: Int64)

        var row: Int64 {
            switch self {
            case .reading(let entry, _), .event(let entry, _): entry.row
            case .other(let row): row
            }
        }
    }

    private let queue = Mutex<[Appended]>([])
    /// Whose readings are looked at; those of others are not even kept until the next round.
    private let readDevices = Mutex<Set<String>>([])
    private let newPlan = Mutex<IndicatorPlan?>(nil)
    private let wake = WakeFlag()
    private let stopping = Atomic(false)
    /// When somebody last looked at the figures, in nanoseconds of uptime: they are made only while somebody does.
    private let lookedAt = Atomic<Int64>(.min)
    private let shown = Mutex<[Figure]>([])
    private let saveAsked = Atomic(false)
    private let recomputation = Mutex<(asked: ClosedRange<Day>?, status: RecomputeStatus)>((nil, RecomputeStatus()))
    private let thread: Mutex<WorkerThread?> = Mutex(nil)
    /// Late only if the thread's own loop hangs.
    let heartbeat = Heartbeat(name: "indicators")

    /// From any thread, in no particular order.
    func observe(_ entry: JournalEntry, _ reading: Reading) {
        let isRead = readDevices.withLock { $0.contains(reading.shape.device) }
        queue.withLock { $0.append(isRead ? .reading(entry, reading) : .other(row: entry.row)) }
    }

    /// From any thread, in no particular order.
    func observe(_ entry: JournalEntry, _ event: Event) { queue.withLock { $0.append(.event(entry, event)) } }

    /// Takes over what a reload changed.
    func replace(plan: IndicatorPlan) {
        readDevices.withLock { $0 = plan.readDevices }
        newPlan.withLock { $0 = plan }
    }

    /// A handful of current figures; the first look brings none, the next, a second later, those of that second.
    func overview(now: Uptime) -> [Figure] {
        lookedAt.store(now.nanoseconds, ordering: .relaxed)
        return shown.withLock { $0 }
    }

    /// Within a second what there is will be saved.
    func askToSave() {
        saveAsked.store(true, ordering: .relaxed)
        wake.raise()
    }

    /// These days will be computed again from what the journal still holds; `recomputed` tells how it went.
    func askToRecompute(_ days: ClosedRange<Day>) {
        recomputation.withLock { state in
            state.asked = days
            state.status = RecomputeStatus()
        }
        wake.raise()
    }

    var recomputed: RecomputeStatus { recomputation.withLock { $0.status } }

    func start(_ system: RunningSystem, plan: IndicatorPlan) {
        readDevices.withLock { $0 = plan.readDevices }
        let thread = WorkerThread(name: "indicators") { [self, unowned system] in
            var round = IndicatorRound(system: system, plan: plan)
            round.replay()
            while !stopping.load(ordering: .relaxed) {
                if let plan = newPlan.withLock({ $0.take() }) { round.replace(plan: plan) }
                round.take(takeAppended())
                // Weighings that were found have come back as events.
                round.take(takeAppended())
                round.run(saving: saveAsked.exchange(false, ordering: .relaxed))
                let looked = lookedAt.load(ordering: .relaxed)
                if looked != .min, system.time.uptime() < Uptime(nanoseconds: looked) + .seconds(15) {
                    let figures = round.overview()
                    shown.withLock { $0 = figures }
                }
                if let days = recomputation.withLock({ $0.asked.take() }) {
                    let status = round.recompute(days)
                    recomputation.withLock { $0.status = status }
                }
                let next = system.nextRound
                heartbeat.promise(next)
                wake.wait(until: next, time: system.time)
                // The disk is waited for without a deadline.
                heartbeat.rest()
            }
            round.take(takeAppended())
            round.take(takeAppended())
            round.end()
        }
        self.thread.withLock { $0 = thread }
    }

    /// Applies what has come and saves it; blocks for one commit.
    func stop() {
        stopping.store(true, ordering: .relaxed)
        wake.raise()
        thread.withLock { $0 }?.join()
    }

    private func takeAppended() -> [Appended] {
        queue.withLock { queue in
            defer { queue.removeAll(keepingCapacity: true) }
            return queue
        }
    }
}
