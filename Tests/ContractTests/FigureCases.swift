import Domain
import Indicators

/// Indicator figures of every measure, computed from a made-up day.
enum FigureCases {
    static let all = figures + doubts + hours

    // MARK: The field

    private static let profiles = [
        "flow": """
        measures: water
        points:
          discharge: { holding: 0, type: float32, unit: L/s }
          speed: { holding: 2, type: float32, unit: km/h }
          volume: { holding: 6, type: uint32, unit: m3, counter: { bits: 32, max_rate: 1000 } }
        """,
        "probe": """
        measures: water
        points:
          ph: { holding: 0, type: float32, unit: "[pH]" }
          turbidity: { holding: 2, type: float32, unit: "[NTU]" }
        """,
        "loops": """
        measures: traffic
        points:
          count_0: { holding: 0, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 1000 } }
          count_1: { holding: 2, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 1000 } }
        """,
        "scale": """
        measures: waste
        points: { net: { holding: 0, type: float32, unit: kg } }
        """,
    ].reduce(into: [:]) { profiles, entry in
        profiles[entry.key] =
            "profile: \(entry.key)\nname: \(entry.key)\nsource: the tests\n"
            + "modbus: { numbering: from_0, word_order: ABCD }\n" + entry.value
    }

    private static let configuration = """
        gateway: kdr-soyo-01
        timezone: Asia/Jakarta
        sites:
          sumber: { name: Sumber, kelurahan: Bawang, kecamatan: Pesantren, road: { car_units: steps, levels: speeds } }
          simpang:
            kelurahan: Pocanan
            road: { capacity: 2900, capacity_method: MKJI 1997, car_units: steps, levels: bands, target_level: C }
          divided:
            road:
              car_units: steps
              levels: bands
              capacity_method: MKJI 1997
              directions: { utara: { capacity: 1500, lanes: 2 }, selatan: { capacity: 900, lanes: 1 } }
          unmarked: { road: { car_units: steps } }
          bank: { kelurahan: Tosaren }
        buses: { net: { tcp: 127.0.0.1:502 } }
        destinations: { city: { mqtt: mqtt://127.0.0.1 } }
        storage: { path: /tmp, limit: 64MB }
        devices:
          flow: { profile: flow, bus: net, unit: 1, site: sumber, interval: 15min, \(verified) }
          flow-new: { profile: flow, bus: net, unit: 2, site: sumber, interval: 15min }
          probe: { profile: probe, bus: net, unit: 3, site: sumber, interval: 15min, \(verified) }
          loops:
            profile: loops
            bus: net
            unit: 4
            site: simpang
            interval: 15min
            labels: { count_0.class: car, count_1.class: motorcycle, direction: utara }
            \(verified)
          loops-plain: { profile: loops, bus: net, unit: 5, site: unmarked, interval: 15min, \(verified) }
          loops-north:
            { profile: loops, bus: net, unit: 6, site: divided, interval: 15min, labels: \(north), \(verified) }
          loops-south:
            { profile: loops, bus: net, unit: 7, site: divided, interval: 15min, labels: \(south), \(verified) }
          scale:
            profile: scale
            bus: net
            unit: 8
            site: bank
            interval: 15min
            labels: { category: plastik }
            \(verified)
        """

    private static let verified = "verified: { by: Diskominfo, on: 2026-10-03 }"
    private static let north = "{ count_0.class: car, count_1.class: motorcycle, direction: utara }"
    private static let south = "{ count_0.class: car, count_1.class: motorcycle, direction: selatan }"

    private static let catalogue =
        """
        grace: 2min
        weighings: [{ profile: scale, net: net, minimum: 0.1 }]
        car_units:
          steps:
            name: Two steps
            source: the tests
            steps: [{ below: 1800, units: { car: 1, motorcycle: 0.5 } }, { units: { car: 1, motorcycle: 0.35 } }]
        levels:
          bands:
            name: Bands
            source: the tests
            year: 2006
            unsourced: true
            steps: { A: 0.2, B: 0.44, C: 0.74, F: ~ }
          speeds: { name: Speeds, source: the tests, by: speed, steps: { A: 50, C: 20, F: ~ } }
        indicators:

        """
        + indicator(
            "water-volume",
            "measure: sum",
            "unit: m3",
            "from: { measures: water, increase: volume }",
            "windows: [15min, hour, day, month, year]",
            "scopes: [device, site, kelurahan, kecamatan, gateway]",
            "baseline: { year: 2023, value: 900 }",
            "targets: [{ window: day, scope: site-sumber, at_least: { 2026: 100, 2027: 110 } }]"
        )
        + indicator(
            "water-discharge",
            "measure: mean",
            "unit: L/s",
            "night: [0, 4]",
            "from: { measures: water, values: discharge }",
            "windows: [hour, day]",
            "scopes: [site, kelurahan, gateway]",
            "targets: [{ window: hour, at_most: { 2026: 20 } }]"
        )
        + indicator(
            "water-quality",
            "measure: share",
            "unit: \"%\"",
            "by: parameter",
            "from: { measures: water, values: ph, limits: [6, 9], parameter: ph }",
            "windows: [hour]",
            "scopes: [site, kelurahan]"
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
            "water-least",
            "measure: minimum",
            "unit: m3/h",
            "from: { measures: water, values: discharge }",
            "windows: [hour]",
            "scopes: [site]"
        )
        + indicator(
            "water-greatest",
            "measure: maximum",
            "unit: L/s",
            "from: { measures: water, values: discharge }",
            "windows: [hour]",
            "scopes: [site]"
        )
        + indicator(
            "water-harmonic",
            "measure: space_mean",
            "unit: L/s",
            "from: { values: discharge, weight: volume }",
            "windows: [hour]",
            "scopes: [site]"
        ) + ["sum", "flow", "saturation", "level", "peak_hour"].map(traffic).joined()
        + ["sum", "count"].map(waste).joined()
        + waste("distinct", "registered: 134")

    private static func indicator(_ id: String, _ lines: String...) -> String { indicator(id, lines: lines) }

    private static func indicator(_ id: String, lines: [String]) -> String {
        let common = [
            "name: { id: \(id), en: \(id) }", "theme: environment", "dimension: living",
            "method: { name: by-\(id), source: the tests }",
        ]
        return "  \(id):\n" + (common + lines).map { "    \($0)\n" }.joined()
    }

    private static func traffic(_ measure: String) -> String {
        indicator(
            "traffic-" + measure.replacing("_", with: "-"),
            "measure: \(measure)",
            "by: [class, direction]",
            "from:",
            "  - { profile: loops, counters: \"{vehicles}\" }",
            "  - { speeds: speed }",
            "windows: [hour, day]",
            "scopes: [site]"
        )
        .replacing("windows: [hour, day]", with: measure == "peak_hour" ? "windows: [day]" : "windows: [hour, day]")
        .replacing("      - { speeds: speed }\n", with: measure == "level" ? "      - { speeds: speed }\n" : "")
    }

    private static func waste(_ measure: String) -> String { waste(measure, "unit: kg") }

    private static func waste(_ measure: String, _ more: String) -> String {
        indicator(
            "waste-" + measure,
            lines: ["measure: \(measure)"] + (measure == "count" ? [] : [more]) + [
                "by: category",
                "from: { measures: waste, event: weighing, amount: net, alive: net, category: data.labels.category }",
                "windows: [day]", "scopes: [site, gateway]",
            ]
        )
    }

    static func field() throws -> IndicatorPlan { try Written(configuration, profiles: profiles).plan(catalogue) }

    // MARK: The day

    private static let points: [String: [(name: String, unit: String)]] = [
        "flow": [("discharge", "L/s"), ("speed", "km/h"), ("volume", "m3")],
        "probe": [("ph", "[pH]"), ("turbidity", "[NTU]")],
        "loops": [("count_0", "{vehicles}"), ("count_1", "{vehicles}")], "scale": [("net", "kg")],
    ]

    /// A reading of a device of the field; points that are not named are left out.
    static func reading(
        of device: String,
        _ stamp: Stamp,
        sourceTime: Instant? = nil,
        _ values: [String: Value],
        increases: [String: (Value?, Reason?)] = [:]
    ) -> Reading {
        let kind = device.split(separator: "-").first.map(String.init) ?? device
        let faces = (points[kind] ?? []).map { PointFace(name: $0.name, unit: .of($0.unit)) }
        let samples = faces.map { face -> Sample? in
            if let (increase, reason) = increases[face.name] {
                let since = increase == nil ? nil : stamp.time + .seconds(-900)
                return Sample(value: .unsigned(1_000), reason: reason, increase: increase, since: since)
            }
            return values[face.name].map { Sample(value: $0) }
        }
        return Reading(
            shape: ReadingShape(site: "sumber", device: device, points: faces),
            stamp: stamp,
            samples: samples,
            sourceTime: sourceTime
        )
    }

    /// Midnight in WIB.
    private static let midnight = moment("2026-11-21T00:00:00+07:00")

    private static func stamp(_ time: Instant) -> Stamp {
        Stamp(time: time, clock: .synchronised, boot: "b00t", uptime: Uptime(nanoseconds: 0))
    }

    /// The first twelve hours of a day in which every device sends something each quarter of an hour.
    private static func morning() throws -> Counting {
        var counting = Counting(try field())
        for quarter in 0...48 {
            let stamp = stamp(midnight + .seconds(Int64(900 * quarter)))
            let night = quarter < 16
            counting.take(
                reading(
                    of: "flow",
                    stamp,
                    ["discharge": .decimal(.of(night ? "2.5" : "12.5")), "speed": .decimal(.of("35"))],
                    increases: ["volume": (.decimal(.of("2.5")), nil)]
                )
            )
            counting.take(
                reading(of: "flow-new", stamp, ["discharge": .float64(1)], increases: ["volume": (.unsigned(7), nil)])
            )
            counting.take(
                reading(
                    of: "probe",
                    stamp,
                    [
                        "ph": .decimal(.of(quarter == 9 ? "9.5" : "7.25")),
                        "turbidity": .unsigned(quarter == 40 ? 50 : 1),
                    ]
                )
            )
            let cars = quarter > 28 && quarter < 34 ? 400 : 100
            for device in ["loops", "loops-plain", "loops-north", "loops-south"] {
                let lost = device == "loops" && quarter == 3
                counting.take(
                    reading(
                        of: device,
                        stamp,
                        [:],
                        increases: [
                            "count_0": lost ? (nil, .counterGap) : (.unsigned(UInt64(cars)), nil),
                            "count_1": (.unsigned(device == "loops-south" ? 20 : 250), nil),
                        ]
                    )
                )
            }
            counting.take(reading(of: "scale", stamp, ["net": .decimal(.of(quarter % 2 == 0 ? "5.5" : "0"))]))
        }
        return counting
    }

    // MARK: The cases

    /// - Parameter hour: an hour of the day within the window.
    private static func final(_ name: String, hour: Int64 = 8) -> GoldenCase {
        GoldenCase("figure/\(fileName(name))-final") {
            var day = try morning()
            return try day.payload(name, at: midnight + .seconds(hour * 3_600))
        }
    }

    /// The open figure at a moment of the day.
    private static func open(_ name: String, minute: Int64, _ more: String = "") -> GoldenCase {
        GoldenCase("figure/\(fileName(name))\(more)-open") {
            var day = try morning()
            let now = midnight + .seconds(minute * 60)
            return try day.payload(name, at: now, asOf: now)
        }
    }

    private static func fileName(_ name: String) -> String { name.split(separator: "/").joined(separator: "-") }

    private static let figures = [
        final("water-volume/device-flow/15min"), final("water-volume/device-flow-new/hour"),
        final("water-volume/site-sumber/day"), final("water-volume/kelurahan-bawang/day"),
        final("water-volume/kecamatan-pesantren/month"), final("water-volume/gateway/year"),
        open("water-volume/site-sumber/day", minute: 725), open("water-volume/gateway/month", minute: 725),
        final("water-discharge/site-sumber/day"), final("water-discharge/site-sumber/hour"),
        final("water-discharge/kelurahan-bawang/hour"), open("water-discharge/site-sumber/hour", minute: 525),
        open("water-discharge/site-sumber/hour", minute: 481, "-begun"),
        final("water-quality/site-sumber/hour", hour: 2), final("water-quality/kelurahan-bawang/hour", hour: 2),
        final("water-availability/site-sumber/hour"), final("water-anomaly/site-sumber/hour", hour: 10),
        final("water-least/site-sumber/hour"), final("water-greatest/site-sumber/hour"),
        final("water-harmonic/site-sumber/hour"), final("traffic-sum/site-simpang/hour"),
        final("traffic-sum/site-divided/day"), open("traffic-sum/site-divided/day", minute: 725),
        final("traffic-flow/site-divided/hour"), final("traffic-saturation/site-divided/hour"),
        final("traffic-saturation/site-simpang/hour"), final("traffic-level/site-divided/hour"),
        final("traffic-level/site-divided/day"), final("traffic-level/site-simpang/hour"),
        final("traffic-level/site-sumber/hour"), final("traffic-level/site-simpang/day"),
        final("traffic-flow/site-unmarked/hour"), open("traffic-level/site-divided/hour", minute: 525),
        final("traffic-peak-hour/site-divided/day"), final("waste-sum/site-bank/day"),
        final("waste-sum/gateway/day"), final("waste-count/site-bank/day"), final("waste-distinct/gateway/day"),
    ]

    /// A day without a counter's increase, and hours in which nothing came.
    private static let hours = [
        final("water-volume/site-sumber/hour", hour: 20), open("water-volume/site-sumber/day", minute: 2, "-begun"),
        GoldenCase("figure/traffic-sum-with-an-unknown-increase-final") {
            var day = try morning()
            return try day.payload("traffic-sum/site-simpang/hour", at: midnight + .seconds(1_800))
        },
    ]

    /// One figure under every doubt that leaves a value.
    private static let doubts = Counting.doubts.map { word in
        GoldenCase("figure/doubt-\(word.replacing("_", with: "-"))") {
            var day = try morning()
            let time = midnight + .seconds(8 * 3_600)
            return try day.payload("water-volume/device-flow/hour", at: time, doubt: word)
        }
    }
}
