import Configuration
import Contract
import Documents
import Domain
import Installation
import Journal
import Profiles
import TestSupport
import Testing

@testable import Forwarding
@testable import Indicators

/// A gateway of the tests' city as far as figures go: its engine, its journal in memory, and what it has saved.
struct Box {
    let gateway: String
    private let plan: IndicatorPlan
    private var engine: IndicatorEngine
    private var rows: [Observation] = []
    private var saved: [String: [UInt8]] = [:]
    /// How many journals it has had, and how many starts with the present one.
    private var journals = 0
    private var starts = 0
    private static let destination = "city"

    init(_ gateway: String, at now: Instant) throws {
        self.gateway = gateway
        plan = try CityField.plan(of: gateway)
        engine = IndicatorEngine(gateway: gateway, plan: plan, zone: wib, load: { _ in nil })
        renew(at: now)
    }

    /// Begins with an empty journal.
    mutating func renew(at now: Instant) {
        rows = []
        saved = [:]
        journals += 1
        starts = 0
        restart()
        // The first look at a destination notes from when on it gets closed windows.
        #expect(engine.nextFinals(for: Self.destination, now: now) == nil)
    }

    /// Loses what is not saved, and reads it again from the journal.
    mutating func kill() {
        restart()
        for row in rows where row.row > engine.appliedThrough { _ = engine.apply(row) }
    }

    /// The counter begins anew with each journal, and the digits never come twice.
    private var epoch: String {
        let digits = String(journals << 16 | starts, radix: 16)
        return "\(starts)-" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    private mutating func restart() {
        starts += 1
        let saved = saved
        engine = IndicatorEngine(gateway: gateway, plan: plan, zone: wib, load: { saved[$0] })
    }

    mutating func save(now: Instant) {
        for (key, value) in engine.takeChanges(now: now) { saved[key] = value }
    }

    mutating func read(_ device: String, _ time: Instant, _ points: [PointObservation]) {
        append(device, time, .reading(points))
    }

    mutating func weigh(_ device: String, _ time: Instant, net: DecimalNumber, category: String, id: String) {
        let event = Event(
            .weighing,
            severity: .info,
            stamp: Self.stamp(time),
            device: device,
            byDevice: true,
            data: [
                ("event_id", .string(id)), ("net", .number(.decimal(net))), ("unit", .string("kg")),
                ("labels", .object([.init("category", .string(category))])),
            ]
        )
        append(device, time, .event(EventObservation(event)))
    }

    private mutating func append(_ device: String, _ time: Instant, _ content: Observation.Content) {
        let row = Int64(rows.count + 1)
        let entry = JournalEntry(
            row: row,
            gateway: gateway,
            epoch: epoch,
            seq: UInt64(row),
            kind: .reading,
            site: nil,
            device: device,
            stamp: Self.stamp(time),
            content: []
        )
        let observation = Observation(entry, sourceTime: nil, content)
        rows.append(observation)
        _ = engine.apply(observation)
    }

    private static func stamp(_ time: Instant) -> Stamp {
        Stamp(time: time, clock: .synchronised, boot: "boot-1", uptime: Uptime(nanoseconds: 0))
    }

    /// The payloads of the open windows that have changed.
    mutating func openFigures(now: Instant) -> [[UInt8]] {
        engine.openFigures(now: now, long: false).map { $0.payload(gateway: gateway, zone: wib) }
    }

    /// The payloads of the closed windows that are owed; they count as acknowledged.
    mutating func finals(now: Instant) -> [[UInt8]] {
        var payloads: [[UInt8]] = []
        while let batch = engine.nextFinals(for: Self.destination, now: now) {
            payloads += batch.figures.map { $0.payload(gateway: gateway, zone: wib) }
            engine.delivered(batch, to: Self.destination)
        }
        return payloads
    }

    var metas: [DeviceMeta] { plan.configuration.devices.map { DeviceMeta($0, gateway: gateway) } }
}

/// The city of `Tests/Peers/city_days.py`: three gateways with two sites each.
enum CityField {
    private static let sites = [
        "kdr-a": "a1: { kelurahan: Bawang, kecamatan: Pesantren }\n  a2: { kelurahan: Tosaren, kecamatan: Pesantren }",
        "kdr-b": "b1: { kelurahan: Bawang, kecamatan: Pesantren }\n  b2: { kelurahan: Pocanan, kecamatan: Kota Lama }",
        "kdr-c": "c1: { kelurahan: Tosaren, kecamatan: Pesantren }\n  c2: {}",
    ]

    private static let profiles = [
        "station": """
        measures: water
        points:
          volume: { holding: 0, type: uint32, unit: m3, scale: 0.0001, counter: { bits: 32, max_rate: 1000 } }
          ph: { holding: 2, type: float32, unit: "[pH]" }
          temperature: { holding: 4, type: float32, unit: Cel }
        """,
        "loops": """
        measures: traffic
        points:
          count_0: { holding: 0, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 1000 } }
          count_1: { holding: 2, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 1000 } }
        """, "scale": "measures: waste\npoints: { net: { holding: 0, type: float32, unit: kg } }",
    ]

    static func plan(of gateway: String) throws -> IndicatorPlan {
        let folder = try ScratchFolder()
        for (id, text) in profiles {
            let head =
                "profile: \(id)\nname: \(id)\nsource: the tests\nmodbus: { numbering: from_0, word_order: ABCD }\n"
            try folder.write(head + text, to: id + ".yaml")
        }
        let log = ProblemLog()
        let known = ProfileCatalogue.load(folders: [(folder.path, true)], log: log)
        let read = ConfigurationReader.read(
            text: try text(of: gateway),
            file: "gateway.yaml",
            catalogue: known,
            log: log
        )
        try #require(log.problems.map(\.description) == [])
        let plan = IndicatorPlan(catalogue: try catalogue(), configuration: try #require(read), log: log)
        try #require(log.problems.map(\.description) == [])
        return plan
    }

    private static func text(of gateway: String) throws -> String {
        let letter = try #require(gateway.last)
        var devices = ""
        for (index, site) in ["\(letter)1", "\(letter)2"].enumerated() {
            for (place, kind) in ["station", "loops", "scale"].enumerated() {
                let labels = kind == "loops" ? "labels: { count_0.class: car, count_1.class: motorcycle }, " : ""
                devices +=
                    "  \(kind)-\(site): { profile: \(kind), bus: net, unit: \(3 * index + place + 1), site: \(site), "
                    + "interval: 5min, \(labels)verified: { by: Diskominfo, on: 2026-10-03 } }\n"
            }
        }
        return "gateway: \(gateway)\ntimezone: Asia/Jakarta\nsites:\n  \(try #require(sites[gateway]))\n"
            + "buses: { net: { tcp: 127.0.0.1:502 } }\ndestinations: { city: { mqtt: mqtt://127.0.0.1 } }\n"
            + "storage: { path: /tmp, limit: 64MB }\ndevices:\n\(devices)"
    }

    static func catalogue() throws -> IndicatorCatalogue {
        let log = ProblemLog()
        let read = IndicatorCatalogue.read(text: indicators, log: log)
        return try #require(read, "\(log.problems)")
    }

    private static let indicators =
        "grace: 2min\nweighings: [{ profile: scale, net: net, minimum: 0.1 }]\nindicators:\n"
        + indicator("water-volume", "m3", "sum", "{ measures: water, increase: volume }")
        + indicator("water-temperature", "Cel", "mean", "{ measures: water, values: temperature }")
        + indicator("water-coldest", "Cel", "minimum", "{ measures: water, values: temperature }")
        + indicator("water-warmest", "Cel", "maximum", "{ measures: water, values: temperature }")
        + indicator("water-availability", "\"%\"", "availability", "{ measures: water, values: ph }")
        + indicator(
            "water-quality",
            "\"%\"",
            "share",
            "{ measures: water, values: ph, limits: [6.5, 8.5], parameter: ph }",
            by: "parameter"
        )
        + indicator(
            "traffic-volume",
            "\"{vehicles}\"",
            "sum",
            "{ measures: traffic, counters: \"{vehicles}\" }",
            by: "class",
            theme: "mobility",
            windows: "[15min, hour, day]"
        )
        + indicator("waste-collected", "kg", "sum", weighing("amount: net, "), by: "category", windows: "[day]")
        + indicator("waste-deposits", "\"1\"", "count", weighing(""), by: "category", windows: "[day]")
        + indicator("waste-units", "\"1\"", "distinct", weighing("amount: net, "), by: "category", windows: "[day]")

    private static func weighing(_ amount: String) -> String {
        "{ measures: waste, event: weighing, \(amount)alive: net, category: data.labels.category }"
    }

    private static func indicator(
        _ id: String,
        _ unit: String,
        _ measure: String,
        _ from: String,
        by: String? = nil,
        theme: String = "environment",
        windows: String = "[hour, day]"
    ) -> String {
        let lines = [
            "name: { id: \(id), en: \(id) }", "theme: \(theme)", "dimension: living", "unit: \(unit)",
            "method: { name: by-\(id), source: the tests }", "measure: \(measure)",
        ]
        let more = by.map { ["by: \($0)"] } ?? []
        let last = ["from: [\(from)]", "windows: \(windows)", "scopes: [kelurahan, kecamatan, gateway]"]
        return "  \(id):\n" + (lines + more + last).map { "    \($0)\n" }.joined()
    }
}
