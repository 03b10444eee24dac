import Domain
import TestSupport
import Testing

@testable import Indicators

/// Any arrival order and any split over restarts of the same readings makes the same windows.
@Suite struct `The same readings` {
    /// Eight hours about midnight: readings of every kind, some of a boot without a clock, some told twice.
    private static func readings(_ generator: inout SplitMix) throws -> [Observation] {
        let bench = try EngineBench()
        var readings: [Observation] = []
        func add(_ device: String?, _ stamp: Stamp, _ source: Instant?, _ content: Observation.Content) {
            var observation = bench.observation(device, stamp, source, content)
            observation.seq = UInt64(readings.count + 1)
            observation.epoch = "\(readings.count / 30 + 8)-abcdef01"
            readings.append(observation)
        }
        for _ in 0..<60 {
            let time = at("20 20:00") + .milliseconds(Int64.random(in: 0..<28_800_000, using: &generator))
            let isHeld = Int.random(in: 0..<6, using: &generator) == 0
            let uptime = time.millisecondsSince1970 - at("20 12:00").millisecondsSince1970
            let stamp =
                isHeld
                ? EngineBench.stamp(
                    Instant(millisecondsSince1970: uptime),
                    boot: "boot-2",
                    synchronised: false,
                    uptime: uptime
                ) : EngineBench.stamp(time)
            let source = Int.random(in: 0..<5, using: &generator) == 0 ? time + .seconds(-1_000) : nil
            let number = "\(Int.random(in: 0...30, using: &generator)).\(Int.random(in: 0...999, using: &generator))"
            let quality: Quality = Int.random(in: 0..<8, using: &generator) == 0 ? .uncertain : .good
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1:
                let device = ["flow-soyo", "flow-bulus", "flow-new"].randomElement(using: &generator) ?? ""
                let since = time + .seconds(-Int64.random(in: 1...2_000, using: &generator))
                let volume = PointObservation.increase("volume", number, since: isHeld ? nil : since, quality: quality)
                add(device, stamp, source, .reading([volume, .good("discharge", number)]))
            case 2: add("ph-soyo", stamp, source, .reading([quality == .good ? .good("ph", number) : .bad("ph")]))
            case 3: add("loops", stamp, source, .reading([.increase("count_\(readings.count % 4)", number)]))
            default:
                var event = EventObservation(name: "passage")
                event.words = ["event_id": "\(readings.count)", "class": readings.count % 2 == 0 ? "car" : "bus"]
                add("camera", stamp, source, .event(event))
                // Told twice, word for word.
                if quality != .good { readings.append(readings[readings.count - 1]) }
            }
        }
        return readings
    }

    /// Each moves at most so many places.
    private static func shuffled(_ readings: [Observation], _ generator: inout SplitMix) -> [Observation] {
        let places = readings.indices.map { Double($0) + Double.random(in: 0..<25, using: &generator) }
        return readings.indices.sorted { places[$0] < places[$1] }.map { readings[$0] }
    }

    private static func clock() throws -> Observation {
        try EngineBench().observation(
            nil,
            EngineBench.stamp(at("21 05:00")),
            nil,
            .event(
                EventObservation(
                    Event(
                        "clock",
                        severity: .info,
                        stamp: EngineBench.stamp(at("21 05:00")),
                        data: [
                            ("clock", .string("synchronised")), ("boot", .string("boot-2")),
                            ("boot_time_ms", .integer(at("20 12:00").millisecondsSince1970)),
                        ]
                    )
                )
            )
        )
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

    /// Everything that is saved but for how far it has come.
    private static func bins(_ bench: inout EngineBench) -> [String: [UInt8]] {
        bench.save(now: at("22 00:10"))
        return bench.saved.all.filter { $0.key != IndicatorEngine.stateKey }
    }

    /// Fewer scopes: they are all made of the same bins.
    private static let catalogue = (Small.tables + "indicators:\n" + Small.water + Small.traffic)
        .replacing("[device, site, kelurahan, kecamatan, gateway]", with: "[site, kecamatan]")
        .replacing("[device, site, gateway]", with: "[site]")

    @Test(arguments: 1...8) func `make the same windows in any order and over any restarts`(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let fresh = try EngineBench(Small.catalogue(Self.catalogue))
        let clock = try Self.clock()
        for _ in 0..<5 {
            let readings = try Self.readings(&generator)
            var whole = try EngineBench(sharing: fresh.plan)
            for reading in readings + [clock] { whole.append(reading) }
            let expected = Self.windows(&whole)
            try #require(expected.count > 20)
            let bins = Self.bins(&whole)
            for round in 0..<8 {
                var bench = try EngineBench(sharing: fresh.plan)
                for reading in Self.shuffled(readings, &generator) + [clock] {
                    switch Int.random(in: 0..<12, using: &generator) {
                    case 0: bench.save(now: at("\(Int.random(in: 20...23, using: &generator)) 10:00"))
                    case 1: bench.crash()
                    default: break
                    }
                    bench.append(reading)
                }
                if Bool.random(using: &generator) { bench.crash() }
                if round == 0 { #expect(Self.windows(&bench) == expected) }
                #expect(Self.bins(&bench) == bins)
            }
        }
    }
}
