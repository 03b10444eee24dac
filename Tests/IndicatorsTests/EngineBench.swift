import Contract
import Documents
import Domain
import Foundation
import Installation
import Journal
import Synchronization
import TestSupport
import Testing

@testable import Indicators

/// The engine's saved values, as the journal would keep them.
final class SavedBytes: Sendable {
    private let values = Mutex<[String: [UInt8]]>([:])

    func load(_ key: String) -> [UInt8]? { values.withLock { $0[key] } }
    func save(_ changes: [(key: String, value: [UInt8])]) {
        values.withLock { values in for (key, value) in changes { values[key] = value } }
    }
    var all: [String: [UInt8]] { values.withLock { $0 } }
}

/// An engine with its journal in memory: appended entries are applied, and weighings that are found are appended in
/// turn.
struct EngineBench {
    let plan: IndicatorPlan
    let saved = SavedBytes()
    var engine: IndicatorEngine
    private(set) var journal: [Observation] = []
    /// The weighings that were found and appended, in order.
    private(set) var weighings: [Event] = []
    var epoch = "1-00000001"

    init(_ catalogue: IndicatorCatalogue? = nil, _ configuration: Configuration? = nil) throws {
        let log = ProblemLog()
        plan = IndicatorPlan(
            catalogue: try catalogue ?? Small.catalogue(),
            configuration: try configuration ?? Field.configuration(),
            log: log
        )
        try #require(log.problems.map(\.description) == [])
        engine = Self.engine(plan, saved)
    }

    /// Another journal, with the same plan.
    init(sharing plan: IndicatorPlan) throws {
        self.plan = plan
        engine = Self.engine(plan, saved)
    }

    private static func engine(_ plan: IndicatorPlan, _ saved: SavedBytes) -> IndicatorEngine {
        IndicatorEngine(gateway: "kdr-test-01", plan: plan, zone: wib, load: { saved.load($0) })
    }

    // MARK: Appending

    static func stamp(_ time: Instant, boot: String = "boot-1", synchronised: Bool = true, uptime: Int64 = 0) -> Stamp {
        Stamp(
            time: time,
            clock: synchronised ? .synchronised : .unsynchronised,
            boot: boot,
            uptime: Uptime(nanoseconds: uptime * 1_000_000)
        )
    }

    /// A reading; `seq` is the row unless given.
    mutating func append(
        _ device: String,
        _ time: Instant,
        source: Instant? = nil,
        stamp: Stamp? = nil,
        _ points: PointObservation...
    ) {
        append(observation(device, stamp ?? Self.stamp(time), source, .reading(points)))
    }

    mutating func append(_ event: Event) {
        append(observation(event.device, event.stamp, event.sourceTime, .event(EventObservation(event))))
    }

    func observation(
        _ device: String?,
        _ stamp: Stamp,
        _ source: Instant?,
        _ content: Observation.Content
    ) -> Observation {
        let row = Int64(journal.count + 1)
        let entry = JournalEntry(
            row: row,
            gateway: "kdr-test-01",
            epoch: epoch,
            seq: UInt64(row),
            kind: .reading,
            site: nil,
            device: device,
            stamp: stamp,
            content: []
        )
        return Observation(entry, sourceTime: source, content)
    }

    mutating func append(_ observation: Observation) {
        var observation = observation
        observation.row = Int64(journal.count + 1)
        journal.append(observation)
        let found = apply(observation)
        weighings += found
        for event in found { append(event) }
    }

    /// Applies it as the daemon does, with the rows that a clock's event releases.
    private mutating func apply(_ observation: Observation) -> [Event] {
        let outcome = engine.apply(observation)
        var found = outcome.weighings
        guard let released = outcome.released else { return found }
        for waiting in journal
        where released.rows.contains(waiting.row) && waiting.stamp.boot == released.boot
            && waiting.stamp.clock == .unsynchronised
        {
            found += engine.applyReleased(waiting, bootTime: released.bootTime)
        }
        return found
    }

    // MARK: Restarting

    mutating func save(now: Instant) { saved.save(engine.takeChanges(now: now)) }

    /// Loses everything unsaved and reads it from the journal again.
    mutating func crash() {
        engine = Self.engine(plan, saved)
        // Weighings whose event is in the journal come back with it; the others are reported again below.
        for observation in journal where observation.row > engine.appliedThrough { _ = apply(observation) }
        for event in engine.unheardWeighings { append(event) }
    }

    /// An orderly start after saving.
    mutating func restart() { engine = Self.engine(plan, saved) }

    /// A reload, or a start with another configuration.
    mutating func reconfigure(_ configuration: Configuration, at now: Instant, synchronised: Bool = true) throws {
        let log = ProblemLog()
        let new = IndicatorPlan(catalogue: plan.catalogue, configuration: configuration, log: log)
        try #require(log.problems.map(\.description) == [])
        engine.replace(plan: new, at: Self.stamp(now, synchronised: synchronised))
    }

    // MARK: Asking

    /// The figure as a final one, or as it was at a moment.
    mutating func figure(
        _ indicator: String,
        _ scope: String,
        _ kind: WindowKind,
        _ time: Instant,
        asOf now: Instant? = nil
    ) throws -> Figure {
        let assignment = try #require(
            engine.plan.assignments.first { $0.indicator.id == indicator && $0.scope == scope },
            "nothing computes \(indicator) of \(scope)"
        )
        let window = Window(kind, containing: time, in: wib)
        if let now { return engine.figure(assignment, window, now: now, isFinal: false) }
        return engine.figure(assignment, window, now: window.to + .seconds(120), isFinal: true)
    }

    /// The batch that a destination does not have yet.
    mutating func offer(_ destination: String, _ now: Instant) throws -> IndicatorEngine.Batch {
        let batch = engine.nextFinals(for: destination, now: now)
        return try #require(batch)
    }

    /// The figure's payload.
    mutating func payload(
        _ indicator: String,
        _ scope: String,
        _ kind: WindowKind,
        _ time: Instant,
        asOf now: Instant? = nil
    ) throws -> JSONNode {
        try figure(indicator, scope, kind, time, asOf: now).json
    }
}

extension Figure {
    var json: JSONNode { JSONNode(text: String(decoding: payload(gateway: "kdr-test-01", zone: wib), as: UTF8.self)) }

    var text: String? {
        switch value {
        case .number(let number): number.description
        case .word(let word): word
        case nil: nil
        }
    }
}
