import Configuration
import Documents
import Domain
import Foundation
import Installation
import Journal
import Profiles
import Synchronization
import TestSupport
import Testing

@testable import Indicators

/// The shipped profiles, read once.
enum Shipped {
    static let catalogue = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog())

    static func indicators() throws -> IndicatorCatalogue {
        let log = ProblemLog()
        let catalogue = IndicatorCatalogue.read(file: Repository.root + "/config/indicators.yaml", log: log)
        return try #require(catalogue, "\(log.problems)")
    }
}

let wib = Zone(name: "Asia/Jakarta", hours: 7)

/// A moment of the tests' week in WIB: `21 10:15`, with optional `:ss`, is in November 2026.
func at(_ text: String) -> Instant {
    let time = text.split(separator: ":").count == 3 ? text : text + ":00"
    return moment("2026-11-\(time.replacing(" ", with: "T"))+07:00")
}

/// A moment from ISO 8601; a wrong text gives a time that no test expects.
func moment(_ text: String) -> Instant { Instant(iso8601: text) ?? Instant(millisecondsSince1970: .min) }

/// A number as written; a wrong text gives a number that no test expects.
func fixed(_ text: String) -> Fixed { DecimalNumber(text).flatMap { Fixed($0) } ?? Fixed(billionths: -987_654_321) }

extension PointObservation {
    static func good(_ name: String, _ value: String) -> PointObservation {
        PointObservation(name: name, value: fixed(value), quality: .good, increase: nil, since: nil)
    }

    static func bad(_ name: String) -> PointObservation {
        PointObservation(name: name, value: nil, quality: .bad, increase: nil, since: nil)
    }

    static func uncertain(_ name: String, _ value: String) -> PointObservation {
        PointObservation(name: name, value: fixed(value), quality: .uncertain, increase: nil, since: nil)
    }

    /// A counter's increase since the time given.
    static func increase(
        _ name: String,
        _ increase: String?,
        since: Instant? = nil,
        quality: Quality = .good
    ) -> PointObservation {
        PointObservation(name: name, value: .zero, quality: quality, increase: increase.map(fixed), since: since)
    }
}

/// Devices of every kind at a few sites; all are polled each minute.
enum Field {
    static let verified = "verified: { by: Diskominfo, on: 2026-10-03 }"

    static let devices = """
          flow-soyo: { profile: tuf-2000m, bus: field, unit: 1, site: sumber-soyo, interval: 1min, \(verified) }
          flow-bulus: { profile: tuf-2000m, bus: field, unit: 2, site: sumber-bulus, interval: 1min, \(verified) }
          flow-new: { profile: tuf-2000m, bus: field, unit: 3, site: sumber-bulus, interval: 1min }
          ph-soyo: { profile: sup-ph8001, bus: field, unit: 4, site: sumber-soyo, interval: 1min, \(verified) }
          turbidity-soyo: { profile: nx5111, bus: field, unit: 5, site: sumber-soyo, interval: 1min, \(verified) }
          loops:
            profile: iologik-e1212
            bus: field
            unit: 6
            site: simpang-4
            interval: 1min
            labels: { count_0.class: car, count_1.class: motorcycle, count_2.class: bus, direction: utara }
            \(verified)
          plain-loops: { profile: iologik-e1212, bus: field, unit: 7, site: simpang-3, interval: 1min, \(verified) }
          mixed-loops: { profile: iologik-e1212, bus: field, unit: 8, site: simpang-2, interval: 1min, \(verified) }
          camera: { profile: frigate, bus: sensors, site: jalan-doho, interval: 1min, \(verified) }
          telraam-1: { profile: telraam, bus: sensors, node: t1, site: jalan-doho, interval: 15min, \(verified) }
          scale-1:
            profile: laumas-w100
            bus: field
            unit: 9
            site: bank
            interval: 1min
            labels: { category: plastik }
            \(verified)
          scale-2:
            profile: tasmota-hx711
            bus: sensors
            node: s2
            site: bank
            interval: 1min
            labels: { category: kertas }
            \(verified)

        """

    static func text(devices: String = devices) -> String {
        """
        gateway: kdr-test-01
        timezone: Asia/Jakarta
        topic_prefix: kediri
        sites:
          sumber-soyo: { name: Sumber Soyo, kelurahan: Bawang, kecamatan: Pesantren }
          sumber-bulus: { name: Sumber Bulus, kelurahan: Tosaren, kecamatan: Pesantren }
          bank: { kelurahan: Tosaren, kecamatan: Pesantren }
          jalan-doho:
            road: { capacity: 2900, capacity_method: MKJI 1997, car_units: steps, levels: bands, target_level: C }
          simpang-4:
            road: { capacity: 2900, capacity_method: MKJI 1997, car_units: steps, levels: bands, target_level: C }
          simpang-3:
            road: { capacity: 2900, capacity_method: MKJI 1997, car_units: steps, levels: bands }
          simpang-2:
            road:
              car_units: steps
              class_mix: { motorcycle: 0.7, car: 0.3 }
        buses:
          field: { tcp: 127.0.0.1:502 }
          sensors: { mqtt: "mqtt://127.0.0.1" }
        devices:
        \(devices)
        destinations:
          city: { mqtt: mqtts://broker.example, username: kdr-test-01, password_file: credential:city }
        storage: { path: /tmp, limit: 64MB }

        """
    }

    static func configuration(_ text: String = text()) throws -> Configuration {
        let log = ProblemLog()
        let read = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        try #require(log.problems.map(\.description) == [])
        return try #require(read)
    }
}

/// A small catalogue with every measure.
enum Small {
    static let tables = """
        grace: 2min
        weighings:
          - { profile: laumas-w100, net: net, gross: gross, minimum: 0.1 }
          - { profile: tasmota-hx711, net: weight, minimum: 0.1 }
        car_units:
          steps:
            name: Two steps
            source: this test
            steps:
              - { below: 1800, units: { car: 1, bus: 1.3, motorcycle: 0.5 } }
              - { units: { car: 1, bus: 1.2, motorcycle: 0.35 } }
        levels:
          bands: { name: Bands, source: this test, steps: { A: 0.20, B: 0.44, C: 0.74, D: 0.84, E: 1.00, F: ~ } }

        """

    static let text = tables + "indicators:\n" + [water, traffic, waste].joined()

    static let water =
        indicator(
            "water-volume",
            "measure: sum",
            "unit: m3",
            "from: { measures: water, increase: volume }",
            "windows: [15min, hour, day, month, year]",
            "scopes: [device, site, kelurahan, kecamatan, gateway]",
            "baseline: { year: 2023, value: 900 }",
            "targets: [{ window: day, scope: site-sumber-soyo, at_least: { 2026: 100, 2027: 110 } }]"
        )
        + indicator(
            "water-discharge",
            "measure: mean",
            "unit: L/s",
            "night: [0, 4]",
            "from: { measures: water, values: discharge }",
            "windows: [15min, hour, day]",
            "scopes: [device, site, gateway]",
            "targets: [{ window: hour, at_most: { 2026: 20 } }]"
        )
        + indicator(
            "water-quality",
            "measure: share",
            "unit: \"%\"",
            "by: parameter",
            "from: { measures: water, values: ph, limits: [6, 9], parameter: ph }",
            "windows: [hour]",
            "scopes: [site]"
        )
        + indicator(
            "water-availability",
            "measure: availability",
            "unit: \"%\"",
            "from: { measures: water, values: [discharge, ph] }",
            "windows: [hour]",
            "scopes: [site]"
        )
        + indicator(
            "water-anomaly",
            "measure: anomaly",
            "leap: { factor: 2, step: 1, bins: 8 }",
            "from: { measures: water, values: turbidity }",
            "windows: [hour]",
            "scopes: [site]"
        )
        + indicator(
            "water-lowest",
            "measure: minimum",
            "unit: m3/h",
            "from: { measures: water, values: discharge }",
            "windows: [hour]",
            "scopes: [site]"
        )
        + indicator(
            "water-highest",
            "measure: maximum",
            "unit: L/s",
            "from: { measures: water, values: discharge }",
            "windows: [hour]",
            "scopes: [site]"
        )

    static let traffic =
        traffic("traffic-volume", "sum", "[15min, hour, day]", "[device, site, gateway]")
        + traffic("traffic-flow", "flow", "[15min, hour]", "[site]")
        + traffic("traffic-saturation", "saturation", "[hour]", "[site]")
        + traffic("traffic-level", "level", "[hour, day]", "[site]")
        + traffic("traffic-peak", "peak_hour", "[day]", "[site]")

    static let waste =
        waste("waste-collected", "sum", "unit: kg") + waste("waste-deposits", "count")
        + waste("waste-units", "distinct", "registered: 134")

    static func indicator(_ id: String, _ lines: String...) -> String {
        indicator(id, lines: lines)
    }

    static func indicator(_ id: String, lines: [String]) -> String {
        let common = [
            "name: { id: \(id), en: \(id) }", "theme: environment", "dimension: living",
            "method: { name: by-\(id), source: this test }",
        ]
        return "  \(id):\n" + (common + lines).map { "    \($0)\n" }.joined()
    }

    private static func traffic(_ id: String, _ measure: String, _ windows: String, _ scopes: String) -> String {
        indicator(
            id,
            "measure: \(measure)",
            "by: [class, direction]",
            "from:",
            "  - { profile: iologik-e1212, counters: \"{vehicles}\" }",
            "  - { profile: frigate, event: passage, alive: detection_rate, class: data.class }",
            "windows: \(windows)",
            "scopes: \(scopes)"
        )
    }

    private static func waste(_ id: String, _ measure: String, _ more: String...) -> String {
        indicator(
            id,
            lines: ["measure: \(measure)"] + more + [
                "by: category",
                "from: { measures: waste, event: weighing, amount: net, alive: [net, weight], "
                    + "category: data.labels.category }",
                "windows: [day, month]", "scopes: [device, site, kelurahan, gateway]",
            ]
        )
    }

    static func catalogue(_ text: String = text) throws -> IndicatorCatalogue {
        let log = ProblemLog()
        let read = IndicatorCatalogue.read(text: text, log: log)
        return try #require(read, "\(log.problems)")
    }
}
