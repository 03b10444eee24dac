import Contract
public import Domain
public import Journal
public import Platform
import Synchronization

/// Runs the figures on their own thread: takes what the journal has appended, saves how far it came, and publishes.
public final class FigureService: Sendable {
    /// A caller waits until everything through a row is saved.
    private struct SaveRequest: Sendable {
        var row: Int64
        /// Called with whether the disk has them.
        var answer: @Sendable (Bool) -> Void
    }

    /// What the journal has appended and no round has taken yet.
    private let feed = JournalFeed()
    private let problems = Mutex<[String]>([])
    private let counts = Mutex<[String: Int]>([:])
    private let newPlan = Mutex<IndicatorPlan?>(nil)
    private let wake = WakeFlag()
    private let stopping = Atomic(false)
    /// When a person last looked at the figures, in nanoseconds of uptime: the overview is made only while somebody
    /// looks.
    private let lookedAt = Atomic<Int64>(.min)
    private let shown = Mutex<[Figure]>([])
    private let saves = Mutex<[SaveRequest]>([])
    /// What somebody wants to see, and no round has taken yet.
    private let asked = Mutex<[FigureLook]>([])
    /// Whoever asks has a connection of its own, and there are not many more of them.
    private static let mostAsked = 64
    private let recomputation = Mutex<(asked: Recomputing?, outcome: RecomputingOutcome)>((nil, RecomputingOutcome()))
    private let thread: Mutex<WorkerThread?> = Mutex(nil)
    /// Late only if the thread's own loop hangs.
    public let heartbeat = Heartbeat(name: "indicators")

    public init() {}

    /// Follows the journal from now on. Call before anything is appended, so that nothing is missed.
    public func follow(_ journal: Journal) { journal.feed(feed) }

    /// How many figures each indicator has.
    public var figureCounts: [String: Int] { counts.withLock { $0 } }

    /// What no figure uses because it does not fit.
    public var leftOut: [String] { problems.withLock { $0 } }

    /// Takes over what a reload changed.
    public func replace(plan: IndicatorPlan) {
        problems.withLock { $0 = plan.leftOut }
        feed.want(plan.readDevices)
        counts.withLock { $0 = plan.figureCounts }
        newPlan.withLock { $0 = plan }
    }

    /// A handful of current figures. The first call returns none; the next one, a second later, returns current ones.
    public func overview(now: Uptime) -> [Figure] {
        lookedAt.store(now.nanoseconds, ordering: .relaxed)
        return shown.withLock { $0 }
    }

    /// Saves at once; the answer comes when everything through that row is on the disk, or could not be stored.
    public func askToSave(through row: Int64, answer: @escaping @Sendable (Bool) -> Void) {
        saves.withLock { $0.append(SaveRequest(row: row, answer: answer)) }
        wake.raise()
    }

    /// Asks for figures with the windows before theirs; an empty list while the clock is not set.
    ///
    /// - Parameter answer: called once, on the thread of the figures.
    /// - Returns: false if too many wait; then it is not called.
    public func askToView(_ question: FigureQuestion, answer: @escaping @Sendable ([FigureView]) -> Void) -> Bool {
        let isTaken = asked.withLock { asked in
            guard asked.count < Self.mostAsked else { return false }
            asked.append(FigureLook(question, answer: answer))
            return true
        }
        if isTaken { wake.raise() }
        return isTaken
    }

    /// Asks to compute these days again from what the journal still holds; `recomputed` returns the outcome.
    public func askToRecompute(_ asked: Recomputing) {
        recomputation.withLock { state in
            state.asked = asked
            state.outcome = RecomputingOutcome()
        }
        wake.raise()
    }

    public var recomputed: RecomputingOutcome { recomputation.withLock { $0.outcome } }

    public func start(plan: IndicatorPlan, in around: FigureSurroundings) throws(SystemError) {
        problems.withLock { $0 = plan.leftOut }
        feed.want(plan.readDevices)
        counts.withLock { $0 = plan.figureCounts }
        let thread = try WorkerThread(name: "indicators") { [self] in
            var round = FigureRound(plan: plan, in: around)
            round.replay()
            var looks: [FigureLook] = []
            while !stopping.load(ordering: .relaxed) {
                if let plan = newPlan.withLock({ $0.take() }) { round.replace(plan: plan) }
                round.take(feed.take())
                // Weighings that were found have come back as events.
                round.take(feed.take())
                let due = takeSaves(through: round.engine.appliedThrough)
                let isSaved = round.run(saving: !due.isEmpty)
                Self.answer(due, isSaved)
                let looked = lookedAt.load(ordering: .relaxed)
                if looked != .min, around.time.uptime() < Uptime(nanoseconds: looked) + .seconds(15) {
                    let figures = round.overview()
                    shown.withLock { $0 = figures }
                }
                if let asked = recomputation.withLock({ $0.asked.take() }) {
                    around.letGo()
                    round.take(feed.take())
                    let outcome = round.recompute(asked)
                    recomputation.withLock { $0.outcome = outcome }
                }
                asked.withLock { asked in
                    looks += asked
                    asked = []
                }
                round.work(on: &looks)
                // What is left goes on after the next readings, without a wait.
                if !looks.isEmpty { wake.raise() }
                let next = around.nextRound()
                heartbeat.promise(next)
                wake.wait(until: next, time: around.time)
                // A write to the disk has no deadline.
                heartbeat.rest()
            }
            round.take(feed.take())
            round.take(feed.take())
            let due = takeSaves(through: .max)
            Self.answer(due, round.end())
        }
        self.thread.withLock { $0 = thread }
    }

    /// Applies what has come and saves it; blocks for one commit.
    public func stop() {
        stopping.store(true, ordering: .relaxed)
        wake.raise()
        thread.withLock { $0 }?.join()
    }

    /// The requests whose rows are in the bins.
    private func takeSaves(through row: Int64) -> [SaveRequest] {
        saves.withLock { saves in
            let due = saves.filter { $0.row <= row }
            saves.removeAll { $0.row <= row }
            return due
        }
    }

    private static func answer(_ requests: [SaveRequest], _ isSaved: Bool) {
        for request in requests { request.answer(isSaved) }
    }
}
