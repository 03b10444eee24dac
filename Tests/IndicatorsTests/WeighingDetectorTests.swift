import Domain
import Foundation
import TestSupport
import Testing

@testable import Indicators

/// What a scale showed, a minute apart: the net weight, `?` before an unstable one, `/` before the gross weight, `x`
/// for no answer.
struct Scene: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var shown: String
    /// Weights found, each with the row that showed it and the row that completed it.
    var found: [String]

    init(_ name: String, _ shown: String, _ found: String...) {
        testDescription = name
        self.shown = shown
        self.found = found
    }

    func points(_ word: Substring) -> [PointObservation] {
        guard word != "x" else { return [.bad("net"), .bad("gross")] }
        let parts = word.split(separator: "/").map(String.init)
        return zip(["net", "gross"], parts).map { name, part in
            part.hasPrefix("?") ? .uncertain(name, String(part.dropFirst())) : .good(name, part)
        }
    }
}

@Suite struct `A weighing` {
    static let rule = WeighingRule(measures: nil, profiles: nil, net: "net", gross: "gross", minimum: fixed("0.1"))

    static let scenes = [
        Scene("one load", "0 5 5 0", "5 at 2"),
        Scene("no load", "0 0.05 0 0"),
        Scene("two loads", "0 5 0 3 0", "5 at 2", "3 at 4"),
        Scene("two equal loads", "5 0 5 0", "5 at 1", "5 at 3"),
        Scene("a load that has not been taken off", "0 5 5 5"),
        Scene("added in steps", "0 2 4.5 7 0", "7 at 4"),
        Scene("taken off in steps", "0 7 4 2 0", "7 at 2"),
        Scene("unstable between", "0 ?3 5 ?2 ?0 0", "5 at 3"),
        Scene("never stable", "0 ?3 ?5 ?3 0"),
        Scene("unstable when cleared, then another load", "5 ?0 8 0", "8 at 3"),
        Scene("no answer between", "0 5 x 5 x 0", "5 at 2"),
        Scene("exactly the least deposit", "0 0.1 0", "0.1 at 2"),
        Scene("below the least deposit", "0 0.099999999 0"),
        Scene("below zero when cleared", "5 -0.2", "5 at 1"),
        Scene("gross tells the pan is clear", "0/0 5/5 0/0", "5 at 2"),
        Scene("tare under a load, then it is taken off", "0/0 5/5 0/5 -5/0"),
        Scene("tare of a box, then filled", "0/0 2/2 0/2 8/10 -2/0", "8 at 4"),
        Scene("tare of a box that stays", "0/2 8/10 -1/1 0/2"),
        Scene("gross unknown when cleared", "0/0 5/5 0/?5", "5 at 2"),
        Scene("tare under a load without gross", "0 5 0 -5", "5 at 2"),
    ]

    /// Weights that are held all come with the identity of their row.
    @Test func `of a row that has had one gets a number behind its id, whatever the held weights were`() throws {
        func ids(_ weights: [String], _ seqs: [UInt64]) throws -> [String] {
            let bench = try EngineBench()
            var detector = WeighingDetector()
            return zip(weights, seqs).compactMap { weight, seq in
                var observation = bench.observation(
                    "scale-1",
                    EngineBench.stamp(at("21 10:00")),
                    nil,
                    .reading([.good("net", weight)])
                )
                observation.seq = seq
                let found = detector.observe(observation, time: at("21 10:00"), rule: Self.rule)
                return found.map { "\($0.seq)\($0.number.map { "-\($0)" } ?? "")" }
            }
        }
        // Row 1 is the clear pan, and two small deposits are held after it; row 2 is a load that settles while held.
        #expect(try ids(["0", "2", "0", "2", "0", "35", "36", "0"], [1, 1, 1, 1, 1, 2, 2, 3]) == ["1", "1-2", "2"])
        // Read again, the held weights are those of their rows.
        #expect(try ids(["0", "0", "0", "0", "0", "35", "35", "0"], [1, 1, 1, 1, 1, 2, 2, 3]) == ["2"])
    }

    @Test(arguments: scenes) func `is a load that was taken off`(scene: Scene) throws {
        for restart in [false, true] {
            var detector = WeighingDetector()
            var found: [String] = []
            for (index, word) in scene.shown.split(separator: " ").enumerated() {
                // In the middle of the readings, the state is saved and read again.
                if restart {
                    detector = try JSONDecoder().decode(WeighingDetector.self, from: JSONEncoder().encode(detector))
                }
                let entry = EngineBench.stamp(at("21 10:\(10 + index)"))
                var observation = try EngineBench().observation("scale-1", entry, nil, .reading(scene.points(word)))
                observation.seq = UInt64(index + 1)
                guard let weighing = detector.observe(observation, time: entry.time, rule: Self.rule) else { continue }
                found.append("\(weighing.net) at \(weighing.seq)")
                #expect(weighing.stableAt == at("21 10:\(9 + Int(weighing.seq))"))
            }
            #expect(found == scene.found)
        }
    }

    @Test func `is an event with its own id, and counts when it comes back`() throws {
        var bench = try EngineBench()
        for (minute, net) in ["0", "12.05", "12.05", "0"].enumerated() {
            bench.append("scale-1", at("21 10:0\(minute)"), .good("net", net), .good("gross", net))
        }
        #expect(bench.weighings.count == 1)
        let event = try #require(bench.weighings.first)
        #expect(event.name == "weighing")
        #expect(event.byDevice)
        #expect(event.device == "scale-1")
        #expect(event.site == "bank")
        #expect(event.data.map(\.key) == ["event_id", "net", "unit", "labels", "stable_at", "cleared_at"])
        #expect(event.data[0].value == .string("kdr-test-01.1-00000001.2"))
        #expect(event.data[2].value == .string("kg"))
        #expect(event.data[4].value == .string("2026-11-21T03:01:00.000Z"))
        #expect(event.data[5].value == .string("2026-11-21T03:03:00.000Z"))
        let collected = try bench.payload("waste-collected", "site-bank", .day, at("21 10:00"))
        #expect(collected["value"] == 12.05)
        #expect(collected["by"] == ["category": ["plastik": 12.05]])
        #expect(try bench.payload("waste-deposits", "site-bank", .day, at("21 10:00"))["value"] == 1)
        #expect(bench.engine.unheardWeighings.isEmpty)
    }

    @Test(arguments: 0...4) func `is told once, wherever the engine was saved before the crash`(saved: Int) throws {
        var bench = try EngineBench()
        for (minute, net) in ["0", "12", "12", "0"].enumerated() {
            if minute == saved { bench.save(now: at("21 10:05")) }
            bench.append("scale-1", at("21 10:0\(minute)"), .good("net", net), .good("gross", net))
        }
        bench.crash()
        #expect(try bench.payload("waste-collected", "device-scale-1", .day, at("21 10:00"))["value"] == 12)
        #expect(try bench.payload("waste-deposits", "device-scale-1", .day, at("21 10:00"))["value"] == 1)
    }

    @Test func `whose event was lost in the crash is told again with the same id`() throws {
        let bench = try EngineBench()
        var engine = bench.engine
        let readings = ["5", "0"].enumerated().map { index, net in
            var observation = bench.observation(
                "scale-1",
                EngineBench.stamp(at("21 10:0\(index)")),
                nil,
                .reading([.good("net", net)])
            )
            observation.row = Int64(index + 1)
            observation.seq = UInt64(index + 1)
            return observation
        }
        let told = readings.flatMap { engine.apply($0).weighings }
        #expect(told.count == 1)
        bench.saved.save(engine.takeChanges(now: at("21 10:05")))
        // The event had not reached the journal.
        let again = IndicatorEngine(gateway: "kdr-test-01", plan: bench.plan, zone: wib, load: { bench.saved.load($0) })
        #expect(again.unheardWeighings.map(\.data.first?.value) == told.map(\.data.first?.value))
        #expect(again.unheardWeighings.first?.stamp == told.first?.stamp)
    }

    @Test func `of a device without a verification is told and does not count`() throws {
        let devices = Field.devices.replacing(
            "labels: { category: plastik }\n    \(Field.verified)",
            with: "labels: { category: plastik }"
        )
        try #require(devices != Field.devices)
        var bench = try EngineBench(nil, Field.configuration(Field.text(devices: devices)))
        bench.append("scale-1", at("21 10:00"), .good("net", "5"))
        bench.append("scale-1", at("21 10:01"), .good("net", "0"))
        #expect(bench.weighings.count == 1)
        let figure = try bench.payload("waste-collected", "device-scale-1", .day, at("21 10:00"))
        #expect(figure["value"] == .null)
        #expect(figure["reason"] == "no_data")
        #expect(figure["excluded"] == 2)
        #expect(figure["unverified"] == 2)
    }
}
