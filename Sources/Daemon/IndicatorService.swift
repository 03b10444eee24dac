import Configuration
import Documents
import Domain
import Forwarding
import Indicators
import Journal
import Logging
import MQTT
import Platform
import Synchronization

/// The indicators at work, on a thread of their own: takes what the journal has appended, saves how far it came, and publishes.
final class IndicatorService: Sendable {
    /// Something that the journal has just appended.
    enum Appended: Sendable {
        case reading(JournalEntry, Reading)
        case event(JournalEntry, Event)

        var entry: JournalEntry {
            switch self {
            case .reading(let entry, _), .event(let entry, _): entry
            }
        }
    }

    private let queue = Mutex<[Appended]>([])
    private let newPlan = Mutex<IndicatorPlan?>(nil)
    private let wake = WakeFlag()
    private let stopping = Atomic(false)
    private let thread: Mutex<WorkerThread?> = Mutex(nil)
    /// Late only if the thread's own loop hangs.
    let heartbeat = Heartbeat(name: "indicators")

    /// From any thread, in no particular order.
    func observe(_ appended: Appended) { queue.withLock { $0.append(appended) } }

    /// Takes over what a reload changed.
    func replace(plan: IndicatorPlan) { newPlan.withLock { $0 = plan } }

    func start(_ system: RunningSystem, plan: IndicatorPlan) {
        let thread = WorkerThread(name: "indicators") { [self, unowned system] in
            var round = IndicatorRound(system: system, plan: plan)
            round.replay()
            while !stopping.load(ordering: .relaxed) {
                if let plan = newPlan.withLock({ $0.take() }) { round.replace(plan: plan) }
                round.run(takeAppended())
                // On the grid of the whole box, so that the machine wakes once for all.
                let now = system.time.uptime()
                let seconds = (now - system.gridStart).components.seconds + 1
                let next = system.gridStart + .seconds(seconds)
                heartbeat.promise(next)
                wake.wait(until: next, time: system.time)
                // The disk is waited for without a deadline.
                heartbeat.rest()
            }
            round.end(takeAppended())
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

/// The thread's own state.
private struct IndicatorRound {
    private unowned let system: RunningSystem
    private let journal: Journal
    private let topics: Topics
    private var engine: IndicatorEngine
    /// What came before the row that should come next.
    private var ahead: [Int64: IndicatorService.Appended] = [:]
    private var aheadSince: Uptime?
    private var nextRow: Int64
    private var unsaved: [String: [UInt8]] = [:]
    private var saveDue: Uptime
    private var minute: Int64 = -1
    private var posted: [String: Posted] = [:]
    private static let page = 500
    private static let saveEvery = Duration.seconds(60)

    /// A batch on its way to one destination.
    private final class Posted: Sendable {
        let batch: IndicatorEngine.Batch
        let left: Mutex<Int>
        let refused = Atomic(false)

        init(_ batch: IndicatorEngine.Batch) {
            self.batch = batch
            left = Mutex(batch.figures.count)
        }

        var isDone: Bool { left.withLock { $0 } == 0 }
    }

    init(system: RunningSystem, plan: IndicatorPlan) {
        self.system = system
        journal = system.journal
        let configuration = system.configuration
        topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        engine = IndicatorEngine(
            gateway: configuration.gateway,
            plan: plan,
            zone: Zone(
                name: configuration.timezone,
                offset: LocalTime.offset(at:),
                offsetOfLocal: LocalTime.offset(whenClocksShow:)
            ),
            load: { [journal] in journal.load($0) }
        )
        engine.keep(destinations: configuration.destinations.map(\.id))
        nextRow = system.journal.firstRow
        saveDue = system.time.uptime() + Self.saveEvery
    }

    mutating func replace(plan: IndicatorPlan) { engine.replace(plan: plan) }

    // MARK: Taking in

    /// Applies what earlier runs appended and did not save as applied.
    mutating func replay() {
        while engine.appliedThrough < journal.firstRow - 1 {
            let entries = journal.entries(after: engine.appliedThrough, limit: Self.page).filter { $0.row < nextRow }
            guard let last = entries.last else { break }
            for entry in entries {
                if let observation = Observation(reading: entry) { apply(observation) }
            }
            engine.skip(through: last.row)
        }
        engine.skip(through: journal.firstRow - 1)
        for event in engine.unheardWeighings { system.intake.accept(event) }
    }

    mutating func run(_ appended: [IndicatorService.Appended]) {
        take(appended)
        let now = system.time.uptime()
        publish(now)
        if saveDue <= now {
            saveDue = now + Self.saveEvery
            save()
        }
    }

    /// Applies and saves what is there.
    mutating func end(_ appended: [IndicatorService.Appended]) {
        take(appended)
        settlePosted()
        save()
    }

    /// Appending and observing are two steps of several threads: what comes too early waits for its turn.
    private mutating func take(_ appended: [IndicatorService.Appended]) {
        for item in appended { ahead[item.entry.row] = item }
        while let item = ahead.removeValue(forKey: nextRow) { step(item) }
        guard !ahead.isEmpty else {
            aheadSince = nil
            return
        }
        let now = system.time.uptime()
        let since = aheadSince ?? now
        aheadSince = since
        // A row that has not come in seconds never will.
        guard now - since > .seconds(5) else { return }
        for row in ahead.keys.sorted() {
            if let item = ahead.removeValue(forKey: row) { step(item) }
        }
        aheadSince = nil
    }

    private mutating func step(_ item: IndicatorService.Appended) {
        nextRow = item.entry.row + 1
        switch item {
        case .reading(let entry, let reading):
            let wanted = entry.device.map { engine.plan.wanted(of: $0) } ?? []
            guard !wanted.isEmpty else { return engine.skip(through: entry.row) }
            apply(Observation(entry, reading, wanted: wanted))
        case .event(let entry, let event): apply(Observation(entry, event))
        }
    }

    private mutating func apply(_ observation: Observation) {
        let outcome = engine.apply(observation)
        for event in outcome.weighings { system.intake.accept(event) }
        guard let released = outcome.released else { return }
        var row = released.rows.lowerBound - 1
        while row < released.rows.upperBound {
            let entries = journal.entries(after: row, limit: Self.page)
            guard let last = entries.last else { break }
            for entry in entries where entry.row <= released.rows.upperBound {
                guard entry.stamp.clock == .unsynchronised, entry.stamp.boot == released.boot,
                    let waiting = Observation(reading: entry)
                else { continue }
                for event in engine.applyReleased(waiting, bootTime: released.bootTime) { system.intake.accept(event) }
            }
            row = last.row
        }
    }

    private mutating func save() {
        for (key, value) in engine.takeChanges(now: system.time.stamp().time) { unsaved[key] = value }
        let changes = unsaved.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
        // A full disk takes nothing now: it stays for the next time.
        if journal.save(changes, through: engine.appliedThrough) { unsaved = [:] }
        for key in engine.unreadable {
            system.log.error("indicator bins cannot be read and begin anew", metadata: ["key": "\(key)"])
        }
    }

    // MARK: Publishing

    private mutating func publish(_ uptime: Uptime) {
        let stamp = system.time.stamp(at: uptime)
        guard stamp.clock == .synchronised else { return }
        settlePosted()
        let number = stamp.time.millisecondsSince1970 / engine.plan.catalogue.provisionalEvery.wholeMilliseconds
        let isNewMinute = number != minute
        if isNewMinute {
            minute = number
            for figure in engine.openFigures(now: stamp.time, long: number % 15 == 0) {
                let payload = figure.payload(gateway: topics.gateway, zone: engine.zone)
                for forwarder in system.forwarders { forwarder.announce(topic: topic(figure), payload: payload) }
            }
        }
        for forwarder in system.forwarders {
            let id = forwarder.settings.destination
            guard posted[id] == nil, forwarder.snapshot?.connected ?? false,
                let batch = engine.nextFinals(for: id, now: stamp.time, late: isNewMinute)
            else { continue }
            let posting = Posted(batch)
            posted[id] = posting
            for figure in batch.figures {
                forwarder.post(
                    topic: topic(figure) + "/final",
                    payload: figure.payload(gateway: topics.gateway, zone: engine.zone)
                ) { accepted in
                    if !accepted { posting.refused.store(true, ordering: .relaxed) }
                    posting.left.withLock { $0 -= 1 }
                }
            }
        }
    }

    /// What a destination has taken is owed no more; what it refused is tried again.
    private mutating func settlePosted() {
        for (id, posting) in posted where posting.isDone {
            posted[id] = nil
            if !posting.refused.load(ordering: .relaxed) { engine.delivered(posting.batch, to: id) }
        }
    }

    private func topic(_ figure: Figure) -> String {
        topics.indicator(
            theme: figure.indicator.theme.rawValue,
            id: figure.indicator.id,
            scope: figure.scope,
            window: figure.window.kind.rawValue
        )
    }
}
