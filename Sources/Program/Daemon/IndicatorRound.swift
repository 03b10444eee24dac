import Contract
import Control
import Domain
import Forwarding
import Indicators
import Installation
import Journal
import Logging
import Platform
import Synchronization

/// The thread's own state.
struct IndicatorRound {
    let system: RunningSystem
    private let journal: Journal
    let topics: Topics
    var engine: IndicatorEngine
    /// What came before the row that should come next.
    private var ahead: [Int64: IndicatorService.Appended] = [:]
    private var aheadSince: Uptime?
    private var nextRow: Int64
    private let unsaved: Unsaved
    private var saveDue: Uptime
    var minute: Int64 = -1
    private var forgottenOn: Day?
    /// Whether it is known who gets closed windows; not before somebody vouches for the clock.
    var isServing = false
    var posted: [String: Posted] = [:]
    /// Destinations that refused something, which may pass.
    var restingUntil: [String: Uptime] = [:]
    private static let namesKey = "names"
    /// What comes between two savings is read from the journal again after a crash. A saving writes the day's bins anew: once a minute
    /// that would be more than the readings themselves.
    private static let saveEvery = Duration.seconds(600)

    /// What the engine has let go and the disk has not taken yet.
    private final class Unsaved: Sendable {
        let values = Mutex<[String: [UInt8]]>([:])
    }

    /// A batch on its way to one destination.
    final class Posted: Sendable {
        let batch: IndicatorEngine.Batch
        /// A reload may have replaced it by now.
        let forwarder: Forwarder
        let left: Mutex<Int>
        let refused = Atomic(false)

        init(_ batch: IndicatorEngine.Batch, to forwarder: Forwarder) {
            self.batch = batch
            self.forwarder = forwarder
            left = Mutex(batch.figures.count)
        }

        var isDone: Bool { left.withLock { $0 } == 0 }
    }

    init(system: RunningSystem, plan: IndicatorPlan) {
        self.system = system
        journal = system.journal
        let configuration = system.configuration
        topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        let unsaved = Unsaved()
        self.unsaved = unsaved
        engine = IndicatorEngine(
            gateway: configuration.gateway,
            plan: plan,
            zone: Zone(
                name: configuration.timezone,
                offset: LocalTime.offset(at:),
                offsetOfLocal: LocalTime.offset(whenClocksShow:)
            ),
            load: { [journal] key in unsaved.values.withLock { $0[key] } ?? journal.load(key) }
        )
        engine.replace(plan: plan, at: system.time.stamp())
        nextRow = system.journal.firstRow
        saveDue = system.time.uptime() + Self.saveEvery
    }

    mutating func replace(plan: IndicatorPlan) {
        engine.replace(plan: plan, at: system.time.stamp())
        clearGone()
        // Destinations may have come, which know of no figure yet, and others gone, with what they had been posted.
        (isServing, minute) = (false, -1)
        let forwarders = system.destinations.forwarders
        posted = posted.filter { id, posting in
            forwarders.contains { $0.settings.destination == id && $0 === posting.forwarder }
        }
        serveDestinations()
    }

    /// Takes away what is retained of figures that nothing computes any more. As with devices, at every start: a broker that was away
    /// when they went still has them.
    private func clearGone() {
        let now = engine.plan.names(now: system.time.stamp().time, zone: engine.zone)
        let known = Set(now)
        let before = journal.load(Self.namesKey).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let gone = before.split(separator: "\n").map(String.init).filter { !known.contains($0) }
        for name in gone {
            system.destinations.announce(topic: topics.indicator(name), payload: nil)
        }
        let names = (gone.suffix(1_000) + now).joined(separator: "\n")
        if names != before {
            // Where the disk takes nothing now, the next start does it.
            _ = journal.save([(Self.namesKey, Array(names.utf8))], through: 0)
        }
    }

    // MARK: Taking in

    /// Applies what earlier runs appended and did not save as applied.
    mutating func replay() {
        clearGone()
        serveDestinations()
        if engine.appliedThrough == 0, !journal.savedKeys(beginning: BinStore.prefix).isEmpty {
            // What the bins hold is not known: to count nothing twice, they go on with what comes from now on.
            system.log.error(
                "the indicators do not know which readings they hold; readings since the last saving do not count"
            )
            engine.skip(through: journal.firstRow - 1)
        }
        engine.replay(through: journal.firstRow - 1, reading: readEntries)
        engine.skip(through: journal.firstRow - 1)
        for event in engine.unheardWeighings { system.intake.accept(event) }
    }

    mutating func serveDestinations() {
        let stamp = system.time.stamp()
        guard stamp.clock == .synchronised else { return }
        if engine.knowsNotWhen { engine.replace(plan: engine.plan, at: stamp) }
        engine.serve(system.destinations.forwarders.map(\.settings.destination), now: stamp.time)
        isServing = true
    }

    /// - Returns: whether the disk took what was saved; true where nothing was to be saved.
    mutating func run(saving: Bool) -> Bool {
        let now = system.time.uptime()
        publish(now)
        guard saving || saveDue <= now else { return true }
        saveDue = now + Self.saveEvery
        return save()
    }

    /// Saves what is there.
    ///
    /// - Returns: whether the disk took it.
    mutating func end() -> Bool {
        settlePosted()
        return save()
    }

    /// Appending and observing are two steps of several threads: what comes too early waits for its turn.
    mutating func take(_ appended: [IndicatorService.Appended]) {
        for item in appended {
            // Nearly always in order.
            if item.row == nextRow { step(item) } else { ahead[item.row] = item }
        }
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
        let intake = system.intake
        nextRow = item.row + 1
        switch item {
        case .reading(let entry, let reading):
            let wanted = engine.plan.wanted(of: reading.shape.device)
            apply(Observation(entry, reading, wanted: wanted)) { intake.accept($0) }
        case .event(let entry, let event): apply(Observation(entry, event)) { intake.accept($0) }
        case .other(let row): engine.skip(through: row)
        }
    }

    /// - Parameter tell: gets the weighings that were found.
    private mutating func apply(_ observation: Observation, tell: (Event) -> Void) {
        let outcome = engine.apply(observation)
        for event in outcome.weighings { tell(event) }
        if let released = outcome.released {
            engine.applyReleased(released, reading: readEntries, tell: tell)
        }
    }

    private var readEntries: IndicatorEngine.ReadEntries<Never> {
        { [journal] row, limit in journal.entries(after: row, limit: limit) }
    }

    private mutating func save() -> Bool {
        let new = engine.takeChanges(now: system.time.stamp().time)
        let changes = unsaved.values.withLock { values in
            for (key, value) in new { values[key] = value }
            return values.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
        }
        // A full disk takes nothing now: it stays for the next time.
        let isSaved = journal.save(changes, through: engine.appliedThrough)
        if isSaved { unsaved.values.withLock { $0 = [:] } }
        forgetOldBins()
        for key in engine.unreadable {
            system.log.error("indicator bins cannot be read and begin anew", metadata: ["key": "\(key)"])
        }
        return isSaved
    }

    /// Once a day, lets go of bins that nothing can change or ask for any more.
    private mutating func forgetOldBins() {
        let today = engine.zone.day(of: system.time.stamp().time)
        guard forgottenOn != today else { return }
        forgottenOn = today
        // Windows of places that nothing stands at any more have ended.
        clearGone()
        let keys = BinStore.dailyPrefixes.flatMap { journal.savedKeys(beginning: $0) }
        let old = keys.filter { BinStore.isOlder($0, than: today + -BinStore.days) }
        if !old.isEmpty { journal.forget(old) }
    }

    mutating func overview() -> [Figure] { engine.overview(now: system.time.stamp().time) }

    /// Reads all that the journal still holds once more, takes over what those days' readings then come to, and leaves
    /// an event that says so.
    mutating func recompute(_ asked: Recomputing) -> RecomputeStatus {
        var status = RecomputeStatus()
        status.isDone = true
        if let device = [asked.without, asked.with].compactMap(\.self).first(where: { !engine.knows($0) }) {
            status.unknownDevice = device
            return status
        }
        if let device = asked.without { engine.leaveOut(device, on: asked.days) }
        if let device = asked.with { engine.takeBack(device, on: asked.days) }
        _ = save()
        let through = engine.appliedThrough
        var scratch = engine.scratch()
        scratch.replay(through: through, reading: readEntries)
        let stamp = system.time.stamp()
        let (result, changes) = engine.takeOverComparing(scratch, days: asked.days, now: stamp.time)
        status.changed = result.changed.map(RecomputeStatus.Part.init)
        status.refused = result.refused.map(RecomputeStatus.Part.init)
        status.unchanged = result.unchanged
        let by = asked.user
        system.intake.accept(asked.event(by: by, changes, refused: result.refused.count, stamp: stamp))
        _ = save()
        system.log.notice(
            "indicators computed again",
            metadata: [
                "days": "\(asked.days)", "by": "\(by)", "reason": "\(asked.reason)",
                "changed": "\(status.changed.count)", "refused": "\(status.refused.count)",
                "unchanged": "\(status.unchanged)",
            ]
        )
        return status
    }
}

extension RecomputeStatus.Part {
    fileprivate init(_ part: IndicatorEngine.Recomputation.Part) {
        self.init(day: "\(part.day)", source: part.source, before: part.before, after: part.after)
    }
}
