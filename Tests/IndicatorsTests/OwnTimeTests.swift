import Configuration
import Decoding
import Documents
import Domain
import Foundation
import Installation
import Normalizing
import Profiles
import TestSupport
import Testing

@testable import Indicators

/// A counter that sends its own time, from its messages to its figures.
@Suite struct `A counter of vehicles with a time of its own` {
    private static let profile = """
        profile: counter-16
        name: Counter with a clock
        measures: traffic
        source: this test
        mqtt: { messages: { m: { topic: "c/{node}", time: { path: t, format: iso8601 } } } }
        points:
          passed: { message: m, path: n, unit: "{vehicles}", counter: { bits: 16, max_rate: 10 } }

        """

    /// The engine, with the normalizer that turns totals into increases on arrival.
    private struct Counted {
        var bench: EngineBench
        var normalizer: Normalizer

        /// - Parameter total: since the beginning; the device shows its last 16 bits.
        mutating func tell(_ total: Int, at own: Instant, arriving arrival: Instant) {
            let raw: [RawValue?] = [.value(.unsigned(UInt64(total % 65_536)))]
            let stamp = EngineBench.stamp(arrival)
            guard let sample = normalizer.normalize(raw, stamp: stamp, sourceTime: own)[0] else { return }
            bench.append("gate", arrival, source: own, PointObservation("passed", sample))
        }

        mutating func hour(_ time: String) throws -> String {
            let figure = try bench.figure("traffic", "device-gate", .hour, at(time))
            return "\(figure.text ?? "-") \(figure.doubt?.word ?? "good")"
        }
    }

    private static func counted() throws -> Counted {
        let folder = try ScratchFolder()
        try profile.write(toFile: folder.path + "/counter-16.yaml", atomically: true, encoding: .utf8)
        let log = ProblemLog()
        let profiles = ProfileCatalogue.load(folders: [(folder.path, true)], log: log)
        let configuration = ConfigurationReader.read(
            text: """
                gateway: kdr-test-01
                sites: { road: {} }
                buses: { field: { mqtt: "mqtt://127.0.0.1" } }
                devices:
                  gate: { profile: counter-16, bus: field, node: a, site: road, interval: 1min, \(Field.verified) }
                destinations: { city: { mqtt: mqtts://b.example, username: kdr-test-01, password_file: credential:c } }

                """,
            file: "g.yaml",
            catalogue: profiles,
            log: log
        )
        try #require(log.problems.map(\.description) == [])
        let traffic = Small.indicator(
            "traffic",
            "measure: sum",
            "unit: \"{vehicles}\"",
            "from: { counters: \"{vehicles}\" }",
            "windows: [15min, hour]",
            "scopes: [device]"
        )
        return Counted(
            bench: try EngineBench(Small.catalogue("indicators:\n" + traffic), configuration),
            normalizer: Normalizer(points: try #require(profiles["counter-16"]).points, interval: .seconds(60))
        )
    }

    private static func moment(_ minute: Int) -> Instant { at("21 10:00") + .seconds(60 * minute) }

    /// The hour once had 6,800, and good quality.
    @Test func `counts 5,900 of an hour whose last reading came first`() throws {
        var counted = try Self.counted()
        let arrival = at("21 12:30")
        counted.tell(65_000 + 6_000, at: Self.moment(60), arriving: arrival)
        for minute in 1..<60 { counted.tell(65_000 + 100 * minute, at: Self.moment(minute), arriving: arrival) }
        #expect(try counted.hour("21 10:00") == "5900 good")
    }

    /// They once had no value: judged by arrival, 16 bits had wrapped an unknown number of times.
    @Test func `counts 5,900 and 6,000 of two hours that came in one burst`() throws {
        var counted = try Self.counted()
        for minute in 1...120 {
            counted.tell(
                60_000 + 100 * minute,
                at: Self.moment(minute),
                arriving: at("21 12:30") + .milliseconds(minute)
            )
        }
        #expect(try counted.hour("21 10:00") == "5900 good")
        #expect(try counted.hour("21 11:00") == "6000 good")
    }

    /// With 16 bits a backlog of many hours looks the same as a clock that was set back: hours that come twice are not
    /// good.
    @Test(arguments: [[150..<289, 0..<150], [288..<289, 0..<288], [80..<289, 0..<80]])
    func `calls no hour good that a wrap hides in the backlog`(order: [Range<Int>]) throws {
        var counted = try Self.counted()
        for index in order.flatMap(\.self) {
            counted.tell(40_000 + 300 * index, at: at("21 00:00") + .seconds(300 * index), arriving: at("22 08:00"))
        }
        for hour in 0..<24 {
            let found = try counted.hour("21 \(hour < 10 ? "0" : "")\(hour):00")
            #expect(found == "3600 good" || !found.hasSuffix("good"), "\(hour): \(found)")
        }
    }

    /// The device's clock went back an hour: one increase is lost, and an hour comes twice.
    @Test func `calls no hour good that a clock set back tells twice`() throws {
        var counted = try Self.counted()
        for index in 0..<200 {
            let own = at("21 00:00") + .seconds(300 * index - (index < 100 ? 0 : 3_600))
            counted.tell(100 * index, at: own, arriving: at("21 00:00") + .seconds(300 * index + 5))
        }
        for hour in 0..<16 {
            let found = try counted.hour("21 \(hour < 10 ? "0" : "")\(hour):00")
            #expect(found.hasPrefix("1200 ") || !found.hasSuffix("good"), "\(hour): \(found)")
        }
        #expect(try counted.hour("21 07:00").hasSuffix("device_clock"))
    }

    @Test func `counts the same in any order`() throws {
        var generator = SplitMix(seed: 11)
        for _ in 0..<20 {
            var counted = try Self.counted()
            for minute in (1...120).shuffled(using: &generator) {
                counted.tell(5_000 + 100 * minute, at: Self.moment(minute), arriving: at("21 12:30"))
            }
            #expect(try counted.hour("21 10:00") == "5900 good")
            #expect(try counted.hour("21 11:00") == "6000 good")
        }
    }
}
