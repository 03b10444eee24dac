import Contract
import Domain
import Forwarding
import Installation
import Journal
import Logging
import Platform
import Synchronization

/// The thread's own state.
struct FigureRound {
    let around: FigureSurroundings
    private let journal: Journal
    var engine: IndicatorEngine
    private let unsaved: Unsaved
    private var saveDue: Uptime
    var minute: Int64 = -1
    private var forgottenOn: Day?
    /// Whether the destinations of closed windows are set; this needs a synchronised clock.
    var isServing = false
    var posted: [String: Posted] = [:]
    /// Destinations that refused a message; the cause may pass.
    var restingUntil: [String: Uptime] = [:]
    var open = OpenFigures()
    private static let namesKey = "names"
    /// After a crash, what came since the last saving is read from the journal again. A saving writes the day's bins
    /// anew: once a minute that would be more than the readings themselves.
    private static let saveEvery = Duration.seconds(600)

    /// What the engine has released and the disk has not stored yet.
    private final class Unsaved: Sendable {
        let values = Mutex<[String: [UInt8]]>([:])
    }

    /// A batch on its way to one destination.
    final class Posted: Sendable {
        let batch: IndicatorEngine.Batch
        /// The forwarder at the time of posting; a reload may have replaced it.
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

    init(plan: IndicatorPlan, in around: FigureSurroundings) {
        self.around = around
        journal = around.journal
        let unsaved = Unsaved()
        self.unsaved = unsaved
        engine = IndicatorEngine(
            gateway: around.topics.gateway,
            plan: plan,
            zone: Zone(
                name: around.timezone,
                offset: LocalTime.offset(at:),
                offsetOfLocal: LocalTime.offset(whenClocksShow:)
            ),
            load: { [journal] key in unsaved.values.withLock { $0[key] } ?? journal.load(key) }
        )
        engine.replace(plan: plan, at: around.time.stamp())
        saveDue = around.time.uptime() + Self.saveEvery
    }

    mutating func replace(plan: IndicatorPlan) {
        engine.replace(plan: plan, at: around.time.stamp())
        clearGone()
        leaveOut()
        // New destinations have no figures yet; for removed ones the posted batches are dropped.
        (isServing, minute) = (false, -1)
        let forwarders = around.destinations.forwarders
        posted = posted.filter { id, posting in
            forwarders.contains { $0.settings.destination == id && $0 === posting.forwarder }
        }
        serveDestinations()
    }

    /// Removes retained figures that nothing computes any more. This runs at every start, as with devices: a broker
    /// that was unreachable at the time of the removal still has them.
    private func clearGone() {
        let now = engine.plan.names(now: around.time.stamp().time, zone: engine.zone)
        let known = Set(now)
        let before = journal.load(Self.namesKey).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let gone = before.split(separator: "\n").map(String.init).filter { !known.contains($0) }
        for (destination, forwarder) in around.destinations.all {
            for name in gone where destination.broker.version == .v5 || Self.passesEverywhere(name) {
                forwarder.announce(topic: around.topics.indicator(name), payload: nil)
            }
        }
        let names = (gone.suffix(1_000) + now).joined(separator: "\n")
        if names != before {
            // If the disk stores nothing now, the next start repeats this.
            _ = journal.save([(Self.namesKey, Array(names.utf8))], through: 0)
        }
    }

    /// Whether every broker takes a topic of that name. Earlier versions left signs in names at which a broker of MQTT
    /// 3.1.1 may close the connection, each time anew.
    private static func passesEverywhere(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
    }

    /// Empties the figures that a destination does not get any more.
    private mutating func leaveOut() {
        let names = engine.plan.names(now: around.time.stamp().time, zone: engine.zone)
        open.leaveOut(names, for: around.destinations.all, around.topics, journal)
    }

    // MARK: Taking in

    /// Applies what earlier runs appended and did not save as applied.
    mutating func replay() {
        clearGone()
        leaveOut()
        serveDestinations()
        if engine.appliedThrough == 0, !journal.savedKeys(beginning: BinStore.prefix).isEmpty {
            // The content of the bins is not known: to count nothing twice, they continue with what comes from now on.
            around.log.error(
                "the indicators do not know which readings they hold; readings since the last saving do not count"
            )
            engine.skip(through: journal.firstRow - 1)
        }
        engine.replay(through: journal.firstRow - 1, reading: readEntries)
        engine.skip(through: journal.firstRow - 1)
        for event in engine.unheardWeighings { around.append(event) }
    }

    mutating func serveDestinations() {
        let stamp = around.time.stamp()
        guard stamp.clock == .synchronised else { return }
        if engine.knowsNotWhen { engine.replace(plan: engine.plan, at: stamp) }
        let served = around.destinations.all.map(\.configured)
        let isNews = engine.serve(
            served.map(\.id),
            selecting: Dictionary(uniqueKeysWithValues: served.map { ($0.id, $0.indicators) }),
            now: stamp.time
        )
        if isNews { saveDue = around.time.uptime() }
        isServing = true
    }

    /// - Returns: whether the disk stored what had to be saved; true if there was nothing to save.
    mutating func run(saving: Bool) -> Bool {
        let now = around.time.uptime()
        publish(now)
        open.settle(around.destinations.all, journal)
        guard saving || saveDue <= now else { return true }
        saveDue = now + Self.saveEvery
        return save()
    }

    /// Saves all changes.
    ///
    /// - Returns: whether the disk stored them.
    mutating func end() -> Bool {
        settlePosted()
        open.settle(around.destinations.all, journal)
        return save()
    }

    /// Applies what the journal has appended.
    mutating func take(_ appended: [JournalFeed.Item]) {
        for item in appended {
            switch item {
            case .reading(let entry, let reading):
                let wanted = engine.plan.wanted(of: reading.shape.device)
                apply(Observation(entry, reading, wanted: wanted), appending: around.append)
            case .event(let entry, let event): apply(Observation(entry, event), appending: around.append)
            case .held(let reading):
                let wanted = engine.plan.wanted(of: reading.shape.device)
                for event in engine.apply(held: Observation(held: reading, wanted: wanted)) { around.append(event) }
            case .others(let row): engine.skip(through: row)
            }
        }
    }

    /// - Parameter append: called with the weighings that were found.
    private mutating func apply(_ observation: Observation, appending append: (Event) -> Void) {
        let outcome = engine.apply(observation)
        for event in outcome.weighings { append(event) }
        if let released = outcome.released {
            engine.applyReleased(released, reading: readEntries, tell: append)
        }
    }

    private var readEntries: IndicatorEngine.ReadEntries<Never> {
        { [journal] row, limit in journal.entries(after: row, limit: limit) }
    }

    private mutating func save() -> Bool {
        let new = engine.takeChanges(now: around.time.stamp().time)
        let changes = unsaved.values.withLock { values in
            for (key, value) in new { values[key] = value }
            return values.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
        }
        // A full disk stores nothing now: keep the changes for the next time.
        let isSaved = journal.save(changes, through: engine.appliedThrough)
        if isSaved { unsaved.values.withLock { $0 = [:] } }
        forgetOldBins()
        for key in engine.unreadable {
            around.log.error("indicator bins cannot be read and begin anew", metadata: ["key": "\(key)"])
        }
        return isSaved
    }

    /// Once a day, deletes bins that nothing can change or ask for any more.
    private mutating func forgetOldBins() {
        let today = engine.zone.day(of: around.time.stamp().time)
        guard forgottenOn != today else { return }
        forgottenOn = today
        // Windows of places without a device have ended.
        clearGone()
        let keys = BinStore.dailyPrefixes.flatMap { journal.savedKeys(beginning: $0) }
        let old = keys.filter { BinStore.isOlder($0, than: today + -BinStore.days) }
        if !old.isEmpty { journal.forget(old) }
    }

    mutating func overview() -> [Figure] { engine.overview(now: around.time.stamp().time) }

    /// Reads all that the journal still holds once more, takes over the new results of those days, and appends an event
    /// about it.
    mutating func recompute(_ asked: Recomputing) -> RecomputingOutcome {
        var outcome = RecomputingOutcome()
        outcome.isDone = true
        if let device = [asked.without, asked.with].compactMap(\.self).first(where: { !engine.knows($0) }) {
            outcome.unknownDevice = device
            return outcome
        }
        if let device = asked.without { engine.leaveOut(device, on: asked.days) }
        if let device = asked.with { engine.takeBack(device, on: asked.days) }
        _ = save()
        let through = engine.appliedThrough
        var scratch = engine.scratch()
        scratch.replay(through: through, reading: readEntries)
        let stamp = around.time.stamp()
        let (result, changes) = engine.takeOverComparing(scratch, days: asked.days, now: stamp.time)
        outcome.result = result
        let by = asked.user
        around.append(asked.event(by: by, changes, refused: result.refused.count, stamp: stamp))
        _ = save()
        around.log.notice(
            "indicators computed again",
            metadata: [
                "days": "\(asked.days)", "by": "\(by)", "reason": "\(asked.reason)",
                "changed": "\(result.changed.count)", "refused": "\(result.refused.count)",
                "unchanged": "\(result.unchanged)",
            ]
        )
        return outcome
    }
}
