import Contract
import Documents
import Domain
import Installation
import Journal
import Normalizing
import TestSupport
import Testing

@testable import Indicators

/// Figures of a device whose readings go out by exception, beside the same device whose readings all go out.
@Suite struct `Figures of held readings` {
    /// Three hours of a flow meter, a poll a minute, as they are and as they go out.
    private struct Run {
        let plan: IndicatorPlan
        var all: IndicatorEngine
        /// Applies held readings as they come.
        var live: IndicatorEngine
        let saved = SavedBytes()
        var rows: [JournalEntry] = []
        /// The rows of all readings.
        private var everything: [JournalEntry] = []
        /// The last poll before the clock is synchronised.
        let clockAt: Int
        private(set) var polls = 0
        private let shape: ReadingShape
        private let plain: ReadingShape
        private let forms = ReadingForms()
        private var held: HeldReadings
        private var epoch = "1-00000001"
        private var total = 1_000
        private var lastGood: (poll: Int, total: Int)?
        /// From which the gateway counts.
        private var baseline: (poll: Int, total: Int)?
        /// The same of the last row that has a total.
        private var lastSent: (poll: Int, total: Int)?

        init(discharge: Deadband? = nil, volume: Deadband? = nil, clockAt: Int = 0) throws {
            self.clockAt = clockAt
            let send = "send: { when: changed, at_least_every: 20min }"
            let devices = Field.devices.replacing(
                "flow-soyo: { profile: tuf-2000m, bus: field, unit: 1, site: sumber-soyo, interval: 1min,",
                with:
                    "flow-soyo: { profile: tuf-2000m, bus: field, unit: 1, site: sumber-soyo, interval: 1min, \(send),"
            )
            plan = IndicatorPlan(
                catalogue: try Small.catalogue(),
                configuration: try Field.configuration(Field.text(devices: devices)),
                log: ProblemLog()
            )
            let saved = saved
            let none = SavedBytes()
            all = IndicatorEngine(gateway: "kdr-test-01", plan: plan, zone: wib, load: { none.load($0) })
            live = IndicatorEngine(gateway: "kdr-test-01", plan: plan, zone: wib, load: { saved.load($0) })
            let points = [PointFace(name: "discharge", unit: nil), PointFace(name: "volume", unit: nil)]
            shape = ReadingShape(
                site: "sumber-soyo",
                device: "flow-soyo",
                points: points,
                sends: SendRules(deadbands: [discharge, volume], atLeastEvery: .seconds(1_200))
            )
            plain = ReadingShape(site: "sumber-soyo", device: "flow-soyo", points: points)
            held = try #require(HeldReadings(shape))
        }

        private func rightTime(_ poll: Int) -> Instant { at("21 09:00") + .seconds(poll * 60) }

        private func stamp(_ poll: Int) -> Stamp {
            let isKnown = poll > clockAt
            return EngineBench.stamp(
                isKnown ? rightTime(poll) : moment("2020-01-01T00:00:00Z") + .seconds(poll * 60),
                synchronised: isKnown,
                uptime: Int64(poll) * 60_000
            )
        }

        /// The clock comes: rows before the event get their time.
        mutating func setClock() {
            letGo()
            let event = Event.clock(stamp(polls + 1))
            func entry(_ row: Int) -> JournalEntry {
                JournalEntry(
                    row: Int64(row),
                    gateway: "kdr-test-01",
                    epoch: epoch,
                    seq: UInt64(row),
                    kind: .gatewayEvent,
                    site: nil,
                    device: nil,
                    stamp: event.stamp,
                    content: EntryBody.encode(event)
                )
            }
            func apply(_ entries: [JournalEntry], to engine: inout IndicatorEngine) {
                guard let released = engine.apply(Observation(entries[entries.count - 1], event)).released else {
                    return
                }
                engine.applyReleased(released, reading: Self.pages(entries)) { _ in }
            }
            everything.append(entry(everything.count + 1))
            apply(everything, to: &all)
            rows.append(entry(rows.count + 1))
            apply(rows, to: &live)
        }

        private static func pages(_ entries: [JournalEntry]) -> (Int64, Int) -> [JournalEntry] {
            { row, limit in Array(entries.filter { $0.row > row }.prefix(limit)) }
        }

        private func entry(_ row: Int, _ reading: Reading) -> JournalEntry {
            let body = EntryBody.encode(reading, forms)
            return JournalEntry(
                row: Int64(row),
                gateway: "kdr-test-01",
                epoch: epoch,
                seq: UInt64(row),
                kind: .reading,
                site: reading.shape.site,
                device: reading.shape.device,
                stamp: reading.stamp,
                content: body.content,
                form: body.form
            )
        }

        private var wanted: Set<String> { plan.wanted(of: "flow-soyo") }

        /// - Parameter flow: what the meter counts from this poll to the next, and its discharge; nil if it is silent.
        mutating func poll(_ flow: Int?) {
            polls += 1
            let each = Reading(shape: plain, stamp: stamp(polls), samples: samples(flow, since: lastGood))
            everything.append(entry(everything.count + 1, each))
            _ = all.apply(Observation(everything[everything.count - 1], each, wanted: wanted))
            let reading = Reading(shape: shape, stamp: stamp(polls), samples: samples(flow, since: baseline))
            if flow != nil { (lastGood, baseline) = ((polls, total), (polls, total)) }
            total += flow ?? 1
            let outcome = held.take(reading, remembering: nil)
            send(outcome.rows)
            if outcome.isHeld { _ = live.apply(held: Observation(held: reading, wanted: wanted)) }
        }

        private func samples(_ flow: Int?, since: (poll: Int, total: Int)?) -> [Sample?] {
            guard let flow else { return [.bad(.timeout), .bad(.timeout)] }
            let increase = since.map { Value.integer(Int64(total - $0.total)) }
            return [
                Sample(value: .integer(Int64(flow))),
                Sample(
                    value: .integer(Int64(total)),
                    increase: increase,
                    since: since.map { polls > clockAt ? rightTime($0.poll) : stamp($0.poll).time }
                ),
            ]
        }

        private mutating func send(_ outgoing: [HeldReadings.Row]) {
            for row in outgoing {
                let entry = entry(rows.count + 1, row.reading)
                rows.append(entry)
                if case .integer(let total)? = row.reading.samples[1]?.value {
                    lastSent = (Int(row.reading.stamp.uptime.milliseconds / 60_000), Int(total))
                }
                _ = live.apply(Observation(entry, row.reading, wanted: wanted))
            }
        }

        mutating func letGo() { send(held.letGo()) }

        mutating func save() { saved.save(live.takeChanges(now: stamp(polls).time)) }

        /// Power is cut: what is in memory is lost, and counters go on from their last row.
        mutating func crash() throws {
            held = try #require(HeldReadings(shape))
            epoch = "2-00000002"
            baseline = lastSent
            live = replayed()
        }

        /// The engine as it was saved, with the rows after that.
        func replayed(fromSaved: Bool = true) -> IndicatorEngine {
            let (saved, none) = (saved, SavedBytes())
            var engine = IndicatorEngine(gateway: "kdr-test-01", plan: plan, zone: wib) { key in
                fromSaved ? saved.load(key) : none.load(key)
            }
            engine.replay(through: .max, reading: Self.pages(rows))
            return engine
        }
    }

    /// The figures of three hours, with their completeness.
    private static func figures(_ engine: IndicatorEngine) throws -> [String: String] {
        var engine = engine
        var found: [String: String] = [:]
        for assignment in engine.plan.assignments
        where assignment.scope == "site-sumber-soyo" && assignment.indicator.id.hasPrefix("water-") {
            for kind in assignment.windows {
                var window = Window(kind, containing: at("21 09:00"), in: wib)
                while window.from < at("21 12:00") {
                    let figure = engine.figure(assignment, window, now: window.to + .seconds(120), isFinal: true)
                    let name = "\(assignment.indicator.id) \(kind) \(window.from)"
                    found[name] =
                        "\(figure.text ?? "-") \(figure.received)/\(figure.expected) \(figure.excluded) \(figure.parts)"
                    window = window.next(in: wib)
                }
            }
        }
        return found
    }

    /// A meter that stands for minutes, flows, and does not answer now and then.
    private static func play(_ run: inout Run, _ chances: inout SeededChance, polls: Int) {
        var flow = 0
        for _ in 0..<polls {
            if chances.isLucky(oneIn: 10) { flow = chances.one(of: [0, 0, 2, 3]) }
            run.poll(chances.isLucky(oneIn: 25) ? nil : flow)
        }
    }

    @Test(arguments: 1...12) func `are those of all readings, where nothing has a deadband`(seed: Int) throws {
        var run = try Run()
        var chances = SeededChance(UInt64(seed))
        Self.play(&run, &chances, polls: 100)
        run.save()
        Self.play(&run, &chances, polls: 70)
        let expected = try Self.figures(run.all)
        #expect(expected.count > 20)
        #expect(try Self.different(run.live, expected) == [])
        run.letGo()
        #expect(run.rows.count < 140)
        #expect(try Self.different(run.live, expected) == [])
        #expect(try Self.different(run.replayed(), expected) == [])
        #expect(try Self.different(run.replayed(fromSaved: false), expected) == [])
    }

    /// The volumes of the quarters of an hour, and the mean discharges of the hours.
    private static func numbers(_ engine: IndicatorEngine, _ name: String) throws -> [String: Double] {
        try figures(engine).filter { $0.key.hasPrefix(name) }.compactMapValues {
            Double($0.prefix { $0 != " " })
        }
    }

    @Test(arguments: 1...12) func `differ by the deadband at most when they are computed again`(seed: Int) throws {
        var run = try Run(discharge: .absolute(DecimalNumber(2)), volume: .absolute(DecimalNumber(5)))
        var chances = SeededChance(UInt64(seed))
        Self.play(&run, &chances, polls: 90)
        run.save()
        Self.play(&run, &chances, polls: 80)
        run.letGo()
        #expect(run.rows.count < 120)
        // As long as the gateway runs they see every reading.
        #expect(try Self.different(run.live, Self.figures(run.all)) == [])
        for engine in [run.replayed(), run.replayed(fromSaved: false)] {
            for (name, most) in [("water-volume quarter", 5.0), ("water-volume day", 0), ("water-discharge hour", 2)] {
                let expected = try Self.numbers(run.all, name)
                #expect(!expected.isEmpty)
                for (key, value) in try Self.numbers(engine, name) {
                    #expect(abs(value - (expected[key] ?? .infinity)) <= most + 1e-9, "\(key)")
                }
            }
            #expect(
                try Self.figures(engine).mapValues { $0.split(separator: " ")[1] }
                    == Self.figures(run.all).mapValues { $0.split(separator: " ")[1] }
            )
        }
    }

    @Test(arguments: 1...12) func `lose no total at a power cut, and count nothing twice`(seed: Int) throws {
        var run = try Run(volume: .absolute(DecimalNumber(5)))
        var chances = SeededChance(UInt64(seed))
        run.poll(1)
        Self.play(&run, &chances, polls: 60)
        run.save()
        Self.play(&run, &chances, polls: 1 + chances.next(in: 0..<20))
        try run.crash()
        Self.play(&run, &chances, polls: 40)
        run.letGo()
        let day = "water-volume day"
        #expect(try Self.numbers(run.live, day) == Self.numbers(run.all, day))
        #expect(try Self.numbers(run.replayed(fromSaved: false), day) == Self.numbers(run.all, day))
    }

    @Test(arguments: 1...6) func `wait for the clock as others do`(seed: Int) throws {
        var run = try Run(clockAt: 50)
        var chances = SeededChance(UInt64(seed))
        Self.play(&run, &chances, polls: 50)
        run.setClock()
        Self.play(&run, &chances, polls: 120)
        run.letGo()
        let expected = try Self.figures(run.all)
        #expect(try Self.different(run.live, expected) == [])
        #expect(try Self.different(run.replayed(fromSaved: false), expected) == [])
    }

    /// Two kinds of one device's messages: one with a point more.
    @Test func `are not counted before a message that came in between`() throws {
        let run = try Run()
        let points = [PointFace(name: "discharge", unit: nil), PointFace(name: "volume", unit: nil)]
        let shape = ReadingShape(
            site: "sumber-soyo",
            device: "flow-soyo",
            points: points,
            sends: SendRules(deadbands: [nil, nil], atLeastEvery: .seconds(1_200))
        )
        var held = try #require(HeldReadings(shape))
        let forms = ReadingForms()
        var rows: [JournalEntry] = []
        var (all, live) = (run.all, run.live)
        for minute in 1...40 {
            let isShort = minute == 2
            let reading = Reading(
                shape: shape,
                stamp: EngineBench.stamp(at("21 09:00") + .seconds(minute * 60), uptime: Int64(minute) * 60_000),
                samples: [
                    Sample(value: .integer(minute == 1 ? 10 : 50)),
                    isShort ? nil : Sample(value: .integer(7), increase: .integer(0), since: at("21 09:00")),
                ]
            )
            func entry(_ row: Int, _ reading: Reading) -> JournalEntry {
                let body = EntryBody.encode(reading, forms)
                return JournalEntry(
                    row: Int64(row),
                    gateway: "kdr-test-01",
                    epoch: "1-00000001",
                    seq: UInt64(row),
                    kind: .reading,
                    site: "sumber-soyo",
                    device: "flow-soyo",
                    stamp: reading.stamp,
                    content: body.content,
                    form: body.form
                )
            }
            let wanted = run.plan.wanted(of: "flow-soyo")
            _ = all.apply(Observation(entry(minute, reading), reading, wanted: wanted))
            let outcome = held.take(reading, remembering: nil)
            for row in outcome.rows + (minute == 40 ? held.letGo() : []) {
                rows.append(entry(rows.count + 1, row.reading))
                _ = live.apply(Observation(rows[rows.count - 1], row.reading, wanted: wanted))
            }
            if outcome.isHeld, minute < 40 { _ = live.apply(held: Observation(held: reading, wanted: wanted)) }
        }
        let expected = try Self.figures(all).filter { $0.key.contains("discharge") }
        var replayed = run.replayed(fromSaved: false)
        replayed.replay(through: .max) { row, limit in Array(rows.filter { $0.row > row }.prefix(limit)) }
        for engine in [live, replayed] {
            #expect(try Self.figures(engine).filter { $0.key.contains("discharge") } == expected)
        }
    }

    /// The figures that are not as expected.
    private static func different(_ engine: IndicatorEngine, _ expected: [String: String]) throws -> [String] {
        try figures(engine).filter { $0.value != expected[$0.key] }.sorted { $0.key < $1.key }.map {
            "\($0.key): \($0.value), not \(expected[$0.key] ?? "there")"
        }
    }
}
