import Contract
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

    /// Somebody waits until everything through a row is saved.
    private struct SaveRequest: Sendable {
        var row: Int64
        var answer: @Sendable (SaveStatus) -> Void
    }

    /// How soon a row is looked for again that the journal has and this thread has not: it is handed over a moment
    /// later.
    private static let handOver = Duration.milliseconds(20)

    private let queue = Mutex<[Appended]>([])
    /// Whose readings are looked at; those of others are not even kept until the next round.
    private let readDevices = Mutex<Set<String>>([])
    private let problems = Mutex<[String]>([])
    private let counts = Mutex<[String: Int]>([:])
    private let newPlan = Mutex<IndicatorPlan?>(nil)
    private let wake = WakeFlag()
    private let stopping = Atomic(false)
    /// When somebody last looked at the figures, in nanoseconds of uptime: they are made only while somebody does.
    private let lookedAt = Atomic<Int64>(.min)
    private let shown = Mutex<[Figure]>([])
    private let saves = Mutex<[SaveRequest]>([])
    private let recomputation = Mutex<(asked: Recomputing?, status: RecomputeStatus)>((nil, RecomputeStatus()))
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

    /// How many figures there are of each indicator.
    var figureCounts: [String: Int] { counts.withLock { $0 } }

    /// What feeds no figure because it does not fit.
    var leftOut: [String] { problems.withLock { $0 } }

    /// Takes over what a reload changed.
    func replace(plan: IndicatorPlan) {
        problems.withLock { $0 = plan.leftOut }
        readDevices.withLock { $0 = plan.readDevices }
        counts.withLock { $0 = plan.figureCounts }
        newPlan.withLock { $0 = plan }
    }

    /// A handful of current figures; the first look brings none, the next, a second later, those of that second.
    func overview(now: Uptime) -> [Figure] {
        lookedAt.store(now.nanoseconds, ordering: .relaxed)
        return shown.withLock { $0 }
    }

    /// Saves at once; the answer comes when everything through that row is on the disk, or could not be brought there.
    func askToSave(through row: Int64, answer: @escaping @Sendable (SaveStatus) -> Void) {
        saves.withLock { $0.append(SaveRequest(row: row, answer: answer)) }
        wake.raise()
    }

    /// These days will be computed again from what the journal still holds; `recomputed` tells how it went.
    func askToRecompute(_ asked: Recomputing) {
        recomputation.withLock { state in
            state.asked = asked
            state.status = RecomputeStatus()
        }
        wake.raise()
    }

    var recomputed: RecomputeStatus { recomputation.withLock { $0.status } }

    func start(_ system: RunningSystem, plan: IndicatorPlan) throws(SystemError) {
        problems.withLock { $0 = plan.leftOut }
        readDevices.withLock { $0 = plan.readDevices }
        counts.withLock { $0 = plan.figureCounts }
        let thread = try WorkerThread(name: "indicators") { [self] in
            var round = IndicatorRound(system: system, plan: plan)
            round.replay()
            while !stopping.load(ordering: .relaxed) {
                if let plan = newPlan.withLock({ $0.take() }) { round.replace(plan: plan) }
                round.take(takeAppended())
                // Weighings that were found have come back as events.
                round.take(takeAppended())
                let due = takeSaves(through: round.engine.appliedThrough)
                let isSaved = round.run(saving: !due.isEmpty)
                Self.answer(due, isSaved)
                let looked = lookedAt.load(ordering: .relaxed)
                if looked != .min, system.time.uptime() < Uptime(nanoseconds: looked) + .seconds(15) {
                    let figures = round.overview()
                    shown.withLock { $0 = figures }
                }
                if let asked = recomputation.withLock({ $0.asked.take() }) {
                    let status = round.recompute(asked)
                    recomputation.withLock { $0.status = status }
                }
                var next = system.nextRound
                if saves.withLock({ !$0.isEmpty }) { next = min(next, system.time.uptime() + Self.handOver) }
                heartbeat.promise(next)
                wake.wait(until: next, time: system.time)
                // The disk is waited for without a deadline.
                heartbeat.rest()
            }
            round.take(takeAppended())
            round.take(takeAppended())
            let due = takeSaves(through: .max)
            Self.answer(due, round.end())
        }
        self.thread.withLock { $0 = thread }
    }

    /// Applies what has come and saves it; blocks for one commit.
    func stop() {
        stopping.store(true, ordering: .relaxed)
        wake.raise()
        thread.withLock { $0 }?.join()
    }

    /// The requests that are for rows which are in the bins.
    private func takeSaves(through row: Int64) -> [SaveRequest] {
        saves.withLock { saves in
            let due = saves.filter { $0.row <= row }
            saves.removeAll { $0.row <= row }
            return due
        }
    }

    private static func answer(_ requests: [SaveRequest], _ isSaved: Bool) {
        for request in requests {
            let reason = isSaved ? nil : "the disk takes nothing now"
            request.answer(SaveStatus(saved: isSaved, through: request.row, reason: reason))
        }
    }

    private func takeAppended() -> [Appended] {
        queue.withLock { queue in
            defer { queue.removeAll(keepingCapacity: true) }
            return queue
        }
    }
}
