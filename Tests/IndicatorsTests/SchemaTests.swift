import Documents
import Domain
import Foundation
import TestSupport
import Testing

@testable import Indicators

@Suite struct `The schema of the catalogue` {
    /// Every key at least once, lists written as lists.
    private static let maximal = """
        grace: 2min
        provisional_every: 1min
        weighings: [{ measures: waste, profile: [laumas-w100], net: net, gross: gross, minimum: 0.1 }]
        car_units:
          steps:
            name: Steps
            source: this test
            flow_of: lane
            each_direction: true
            unsourced: true
            steps: [{ below: 5, units: { car: 1 } }]
        levels:
          bands: { name: Bands, source: this test, year: 2015, by: speed, unsourced: true, steps: { A: 0.2, F: ~ } }
        indicators:
          everything:
            name: { id: Semua, en: Everything }
            theme: environment
            dimension: environment
            unit: m3
            method: { name: all, source: this test }
            measure: anomaly
            night: [0, 4]
            registered: 5
            across: sum
            leap: { factor: 2, step: 1, unit: m3, bins: 96 }
            by: [class]
            from:
              - { measures: water, profile: [tuf-2000m], increase: [volume], limits: [0, 1], class: car }
              - { counters: m3 }
              - { values: [discharge], weight: volume, leap: { factor: 2, step: 1, unit: m3 } }
              - { values: [ph], limits: { at_least: 6, below: 9, unit: "[pH]" } }
              - { values: [ph], limits: { above: 6, at_most: 9 } }
              - { speeds: [speed] }
              - { event: weighing, amount: net, alive: [net], class: data.class }
            windows: [day]
            scopes: [site]
            complete_above: 0.5
            baseline: { year: 2023, value: 1 }
            targets: [{ window: day, scope: gateway, at_least: { 2026: 1 } }, { window: day, at_most: { 2026: 1 } }]

        """

    private static func schema() throws -> Schema {
        try Schema(file: Repository.root + "/config/indicators.schema.json")
    }

    @Test func `has the keys that the reader knows and no other`() throws {
        let log = ProblemLog()
        #expect(IndicatorCatalogue.read(text: Self.maximal, log: log) != nil)
        #expect(log.problems.map(\.description) == [])
        let described = try Self.schema().shapes()
        #expect(Set(log.shapes.keys) == Set(described.keys))
        for (path, keys) in log.shapes {
            // A source also has the names in `by`.
            let known = path == "indicators.*.from.*" ? keys.subtracting(["class"]) : keys
            #expect(known.sorted() == described[path, default: []].sorted(), "at \"\(path)\"")
        }
    }

    @Test func `is closed in every mapping and describes every property`() throws {
        let free: Set = [
            "car_units.*.steps.*.units", "levels.*.steps", "indicators.*.from.*", "indicators.*.targets.*.at_least",
            "indicators.*.targets.*.at_most",
        ]
        var open: Set<String> = []
        var silent: [String] = []
        try Self.schema().walk { path, node in
            let types = (node["type"] as? [String]) ?? (node["type"] as? String).map { [$0] } ?? []
            if types.contains("object"), node["additionalProperties"] as? Bool != false { open.insert(path) }
            if !path.isEmpty, !path.hasSuffix("*"), node["description"] == nil { silent.append(path) }
        }
        #expect(open == free)
        #expect(silent == [])
    }

    @Test func `names the measures that the reader knows`() throws {
        var words: [String] = []
        try Self.schema().walk { path, node in
            if path == "indicators.*.measure" { words = node["enum"] as? [String] ?? [] }
        }
        for word in words {
            let text = Self.maximal.replacing("measure: anomaly", with: "measure: \(word)")
            #expect(IndicatorCatalogue.read(text: text, log: ProblemLog()) != nil, "\(word)")
        }
        #expect(words.count == 14)
    }

    @Test func `stands in the shipped catalogue's first line`() throws {
        let text = try String(contentsOfFile: Repository.root + "/config/indicators.yaml", encoding: .utf8)
        #expect(text.hasPrefix("# yaml-language-server: $schema=indicators.schema.json\n"))
    }
}

@Suite struct `The schema of the payload` {
    /// The checks of JSON Schema that the file uses, stricter in one: every key must be described.
    private struct Validator {
        let root: [String: Any]

        init() throws {
            let file = URL(fileURLWithPath: Repository.root + "/docs/schemas/indicator.schema.json")
            root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        }

        func complaints(_ node: JSONNode) -> [String] { complaints(node, root, "") }

        private func complaints(_ node: JSONNode, _ schema: [String: Any], _ path: String) -> [String] {
            var found: [String] = []
            if let words = schema["enum"] as? [String], !words.contains(where: { node == .string($0) }) {
                found.append("\(path): not one of \(words)")
            }
            if let only = schema["const"], node != (only as? Bool == true ? true : 1), node != 1 {
                found.append("\(path): not \(only)")
            }
            let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
            if !types.isEmpty, !types.contains(where: { Self.fits(node, $0) }) {
                found.append("\(path): not of type \(types)")
            }
            if let pattern = schema["pattern"] as? String, let text = node.string,
                text.range(of: pattern, options: .regularExpression) == nil
            {
                found.append("\(path): \"\(text)\" does not match")
            }
            if let least = schema["minimum"] as? Double, let number = node.double, number < least {
                found.append("\(path): \(number) is below \(least)")
            }
            if let most = schema["maximum"] as? Double, let number = node.double, number > most {
                found.append("\(path): \(number) is above \(most)")
            }
            if case .array(let elements) = node, let items = schema["items"] as? [String: Any] {
                found += elements.flatMap { complaints($0, items, path + ".*") }
            }
            guard case .object(let members) = node else { return found }
            for key in schema["required"] as? [String] ?? [] where members[key] == nil {
                found.append("\(path).\(key): missing")
            }
            let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
            let others = schema["additionalProperties"] as? [String: Any]
            for (key, value) in members {
                guard let inner = properties[key] ?? others else {
                    found.append("\(path).\(key): not described")
                    continue
                }
                found += complaints(value, inner, path + "." + key)
            }
            return found
        }

        private static func fits(_ node: JSONNode, _ type: String) -> Bool {
            switch (node, type) {
            case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
                (.object, "object"):
                true
            case (.number(let number), "integer"): number == number.rounded()
            default: false
            }
        }
    }

    /// Every measure, a divided road, and a level of service by speed.
    private static let catalogue =
        Small.text.replacing(
            "source: this test, steps: { A",
            with: "source: this test, year: 2006, unsourced: true, steps: { A"
        )
        .replacing(
            "levels:\n",
            with: "levels:\n  speeds: { name: Speeds, source: this test, by: speed, steps: { A: 50, F: ~ } }\n"
        )
        .replacing(
            "  - { profile: iologik-e1212, counters: \"{vehicles}\" }",
            with: "  - { profile: iologik-e1212, counters: \"{vehicles}\" }\n      - { speeds: velocity }"
        )
        + Small.indicator(
            "water-harmonic",
            "measure: space_mean",
            "unit: L/s",
            "from: { values: discharge, weight: volume }",
            "windows: [hour]",
            "scopes: [site]"
        )

    private static let field = Field.text().replacing("interval: 1min", with: "interval: 15min")
        .replacing(
            "simpang-4:\n    road: { capacity: 2900, capacity_method: MKJI 1997,",
            with:
                "simpang-4:\n    road: { directions: { utara: { capacity: 1500, lanes: 2 } }, "
                + "capacity_method: MKJI 1997,"
        )
        .replacing(
            "sumber-soyo: { name: Sumber Soyo,",
            with: "sumber-soyo: { road: { car_units: steps, levels: speeds }, name: Sumber Soyo,"
        )

    /// A day in which every device sends something.
    private static func bench() throws -> EngineBench {
        var bench = try EngineBench(Small.catalogue(catalogue), Field.configuration(field))
        for quarter in 0..<48 {
            let time = at("21 00:00") + .seconds(900 * quarter)
            let volume = PointObservation.increase("volume", "2.5")
            bench.append("flow-soyo", time, volume, .good("discharge", "12.5"), .good("velocity", "15"))
            bench.append("flow-new", time, .increase("volume", "2.5"), .bad("discharge"))
            bench.append("ph-soyo", time, .good("ph", "7.25"))
            bench.append("turbidity-soyo", time, .good("turbidity", quarter == 40 ? "50" : "1"))
            var counts: [PointObservation] = [.increase("count_0", "100"), .increase("count_1", "250")]
            counts += (2...7).map { .increase("count_\($0)", "0") }
            if quarter == 3 { counts[0] = .increase("count_0", nil, quality: .uncertain) }
            bench.append(bench.observation("loops", EngineBench.stamp(time), nil, .reading(counts)))
            bench.append("plain-loops", time, .increase("count_0", "10"))
            bench.append("mixed-loops", time, .increase("count_0", "10"))
            bench.append("camera", time, .good("detection_rate", "5"))
            bench.append("scale-1", time, .good("net", quarter % 2 == 0 ? "5.5" : "0"))
            bench.append("scale-2", time, .good("weight", "0"))
        }
        return bench
    }

    @Test func `describes the payloads of every measure, open and closed`() throws {
        let validator = try Validator()
        var bench = try Self.bench()
        var measures: Set<String> = []
        var keys: Set<String> = []
        let figures =
            bench.engine.figures(
                from: at("21 00:00"),
                to: at("22 00:00"),
                now: at("23 00:00"),
                kinds: Set(WindowKind.allCases)
            )
            + bench.engine.openFigures(now: at("21 12:00"), long: true)
        for figure in figures {
            measures.insert("\(figure.indicator.measure)".prefix { $0 != "(" }.description)
            keys.formUnion(figure.json.keys)
            #expect(validator.complaints(figure.json) == [])
        }
        #expect(
            measures == [
                "sum", "count", "mean", "spaceMean", "minimum", "maximum", "share", "availability", "distinct", "flow",
                "saturation", "level", "peakHour", "anomaly",
            ]
        )
        // And it describes nothing that no payload has.
        let described = Set((validator.root["properties"] as? [String: Any] ?? [:]).keys)
        #expect(described.subtracting(keys) == [])
    }

    @Test func `finds what is wrong`() throws {
        let validator = try Validator()
        var bench = try Self.bench()
        let good = try bench.payload("water-volume", "kecamatan-pesantren", .day, at("21 00:00"))
        #expect(validator.complaints(good) == [])
        #expect(validator.complaints(good.without("value")) == [".value: missing"])
        guard case .object(var members) = good else { return }
        members["surprise"] = 1
        members["window"] = "week"
        members["from"] = "today"
        #expect(validator.complaints(.object(members)).count == 3)
    }
}
