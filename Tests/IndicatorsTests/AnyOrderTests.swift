import Domain
import TestSupport
import Testing

@testable import Indicators
@testable import Normalizing

/// Readings with the device's own time make the same windows in any order of arrival and with any restarts between. So
/// does any order between devices without an own time, whose readings come in the order of their time.
@Suite struct `The same readings` {
    /// The message of a device at one moment of its own time.
    private struct Said {
        var device: String
        var time: Instant
        var isOwn: Bool
        /// A counter's total; the normalizer turns it into an increase on arrival.
        var total: (point: String, value: String)?
        var points: [PointObservation] = []
        var event: EventObservation?
        var isHeld = false
    }

    /// Eight hours around midnight: readings of every kind, some from a boot without a clock, some sent twice.
    private static func said(_ generator: inout SplitMix) -> [Said] {
        var said: [Said] = []
        var totals: [String: Int] = [:]
        var time = at("20 20:00")
        for index in 0..<70 {
            time = time + .milliseconds(Int64.random(in: 1_000...900_000, using: &generator))
            let isGood = Int.random(in: 0..<8, using: &generator) != 0
            let number = "\(Int.random(in: 0...30, using: &generator)).\(Int.random(in: 0...999, using: &generator))"
            switch Int.random(in: 0..<6, using: &generator) {
            case 0, 1:
                let device = ["flow-soyo", "flow-bulus", "flow-new"].randomElement(using: &generator) ?? ""
                totals[device, default: 500] += Int.random(in: 0...40, using: &generator)
                let total = (point: "volume", value: "\(totals[device] ?? 0).25")
                let discharge = isGood ? PointObservation.good("discharge", number) : .bad("discharge")
                said.append(.init(device: device, time: time, isOwn: true, total: total, points: [discharge]))
            case 2:
                totals["loops", default: 0] += Int.random(in: 0...300, using: &generator)
                let total = (point: "count_0", value: "\(totals["loops"] ?? 0)")
                said.append(.init(device: "loops", time: time, isOwn: true, total: total))
            case 3:
                let ph = isGood ? PointObservation.good("ph", number) : .bad("ph")
                said.append(.init(device: "ph-soyo", time: time, isOwn: true, points: [ph]))
            case 4:
                let turbidity = PointObservation.good("turbidity", number)
                var reading = Said(device: "turbidity-soyo", time: time, isOwn: false, points: [turbidity])
                reading.isHeld = time < at("20 22:00")
                said.append(reading)
            default:
                let word = index % 2 == 0 ? "car" : "bus"
                let event = EventObservation(
                    "passage",
                    [.init("event_id", .string("\(index)")), .init("class", .string(word))]
                )
                said.append(.init(device: "camera", time: time, isOwn: false, event: event))
            }
            // Sent twice, word for word.
            if Int.random(in: 0..<5, using: &generator) == 0, let last = said.last, last.isOwn || last.event != nil {
                said.append(last)
            }
        }
        return said
    }

    /// Moves each at most so many places; readings without their own time keep their order.
    private static func shuffled(_ said: [Said], _ generator: inout SplitMix) -> [Said] {
        let places = said.indices.map { Double($0) + Double.random(in: 0..<25, using: &generator) }
        var shuffled = said.indices.sorted { places[$0] < places[$1] }.map { said[$0] }
        func isOrdered(_ said: Said) -> Bool { !said.isOwn && said.event == nil }
        var ordered = shuffled.filter(isOrdered).sorted { $0.time < $1.time }[...]
        for index in shuffled.indices where isOrdered(shuffled[index]) { shuffled[index] = ordered.removeFirst() }
        return shuffled
    }

    /// The observations in order of arrival: a normalizer's increases from totals depend on that order.
    private static func observations(_ said: [Said]) throws -> [Observation] {
        let bench = try EngineBench()
        let limits = CounterLimits(
            modulus: nil,
            maxRate: nil,
            step: DecimalNumber(1),
            refresh: .seconds(60),
            interval: .seconds(60)
        )
        var baselines: [String: CounterBaseline] = [:]
        return said.enumerated().map { index, said in
            let arrival = said.isOwn || said.event != nil ? at("21 14:00") + .milliseconds(index) : said.time
            let uptime = said.time.millisecondsSince1970 - at("20 12:00").millisecondsSince1970
            let held = EngineBench.stamp(
                Instant(millisecondsSince1970: uptime),
                boot: "boot-2",
                synchronised: false,
                uptime: uptime
            )
            let stamp = said.isHeld ? held : EngineBench.stamp(arrival)
            var points = said.points
            if let (name, value) = said.total, let total = DecimalNumber(value) {
                let reading = CounterReading(
                    total: total,
                    stamp: stamp,
                    sourceTime: said.time,
                    before: baselines[said.device],
                    limits: limits
                )
                baselines[said.device] = reading.baseline
                points.append(
                    PointObservation(
                        name: name,
                        value: Fixed(total),
                        quality: reading.reason?.quality ?? .good,
                        increase: reading.increase.flatMap { Fixed($0) },
                        since: reading.since,
                        reason: reading.reason
                    )
                )
            }
            var observation = bench.observation(
                said.device,
                stamp,
                said.isOwn ? said.time : said.event != nil ? said.time : nil,
                said.event.map { .event($0) } ?? .reading(points)
            )
            // The `seq` depends on the order too.
            observation.seq = 1
            observation.epoch = "8-abcdef01"
            return observation
        }
    }

    private static func clock() throws -> Observation {
        try EngineBench().observation(
            nil,
            EngineBench.stamp(at("20 22:00")),
            nil,
            .event(
                EventObservation(
                    Event(
                        "clock",
                        severity: .info,
                        stamp: EngineBench.stamp(at("20 22:00")),
                        data: [
                            ("clock", .string("synchronised")), ("boot", .string("boot-2")),
                            ("boot_time_ms", .integer(at("20 12:00").millisecondsSince1970)),
                        ]
                    )
                )
            )
        )
    }

    /// Adds the clock's event after the readings that get their time from it.
    private static func withClock(_ observations: [Observation]) throws -> [Observation] {
        let last = observations.lastIndex { $0.stamp.clock == .unsynchronised }
        guard let last else { return observations }
        return try observations[...last] + [clock()] + observations[(last + 1)...]
    }

    private static func windows(_ bench: inout EngineBench) -> Set<String> {
        let now = at("22 00:10")
        let figures =
            bench.engine.figures(from: at("20 19:00"), to: at("21 05:00"), now: now, kinds: [.hour])
            + bench.engine.figures(from: at("20 00:00"), to: at("22 00:00"), now: now, kinds: [.day])
        return Set(
            figures.filter { $0.received > 0 }.map {
                String(decoding: $0.payload(gateway: "g", zone: wib), as: UTF8.self)
            }
        )
    }

    /// Everything that is saved, except the row through which it is applied.
    private static func bins(_ bench: inout EngineBench) -> [String: [UInt8]] {
        bench.save(now: at("22 00:10"))
        return bench.saved.all.filter { $0.key != IndicatorEngine.stateKey }
    }

    /// Fewer scopes: all of them are made of the same bins.
    private static let catalogue = (Small.tables + "indicators:\n" + Small.water + Small.traffic)
        .replacing("[device, site, kelurahan, kecamatan, gateway]", with: "[site, kecamatan]")
        .replacing("[device, site, gateway]", with: "[site]")

    @Test(arguments: 1...8) func `make the same windows in any order and over any restarts`(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let fresh = try EngineBench(Small.catalogue(Self.catalogue))
        for _ in 0..<5 {
            let said = Self.said(&generator)
            var whole = try EngineBench(sharing: fresh.plan)
            for observation in try Self.withClock(Self.observations(said)) { whole.append(observation) }
            let expected = Self.windows(&whole)
            try #require(expected.count > 20)
            let bins = Self.bins(&whole)
            for round in 0..<8 {
                var bench = try EngineBench(sharing: fresh.plan)
                for observation in try Self.withClock(Self.observations(Self.shuffled(said, &generator))) {
                    switch Int.random(in: 0..<12, using: &generator) {
                    case 0: bench.save(now: at("\(Int.random(in: 20...23, using: &generator)) 10:00"))
                    case 1: bench.crash()
                    default: break
                    }
                    bench.append(observation)
                }
                if Bool.random(using: &generator) { bench.crash() }
                if round == 0 { #expect(Self.windows(&bench) == expected) }
                let found = Self.bins(&bench)
                #expect(found.keys.sorted() == bins.keys.sorted())
                for (key, bytes) in bins where found[key] != bytes { Issue.record("\(key) differs") }
            }
        }
    }
}
