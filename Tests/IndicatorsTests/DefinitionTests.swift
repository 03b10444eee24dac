import Documents
import Domain
import Installation
import TestSupport
import Testing

@testable import Indicators

/// Small catalogues and fields, each for one definition.
enum Defined {
    static func bench(
        _ indicators: String,
        devices: String,
        sites: String = "",
        tables: String = Small.tables
    ) throws -> EngineBench {
        try EngineBench(
            Small.catalogue(tables + "indicators:\n" + indicators),
            configuration(devices: devices, sites: sites)
        )
    }

    static func configuration(devices: String, sites: String = "") throws -> Configuration {
        let field = """
            gateway: kdr-test-01
            timezone: Asia/Jakarta
            sites:
              sumber: { name: Sumber }
            \(sites)
            buses:
              field: { tcp: 127.0.0.1:502 }
              sensors: { mqtt: "mqtt://127.0.0.1" }
            devices:
            \(devices)
            destinations:
              city: { mqtt: mqtts://broker.example, username: kdr-test-01, password_file: credential:city }
            storage: { path: /tmp, limit: 64MB }

            """
        return try Field.configuration(field)
    }

    static func meter(_ id: String, _ unit: Int, _ more: String = Field.verified) -> String {
        "  \(id): { profile: tuf-2000m, bus: field, unit: \(unit), site: sumber, interval: 1min, \(more) }\n"
    }
}

@Suite struct `A mean over time` {
    private static let discharge = Small.indicator(
        "water-discharge",
        "measure: mean",
        "unit: L/s",
        "night: [0, 4]",
        "from: { measures: water, values: discharge }",
        "windows: [15min, hour, day]",
        "scopes: [device, site]"
    )

    private static func bench(_ devices: String = Defined.meter("a", 1) + Defined.meter("b", 2)) throws -> EngineBench {
        try Defined.bench(discharge, devices: devices)
    }

    /// Ten readings in a minute from a fast device once weighed as much as ten minutes.
    @Test func `does not weigh readings but the time that they held`() throws {
        var bench = try Self.bench()
        for minute in 0..<10 { bench.append("a", at("21 10:00") + .seconds(60 * minute), .good("discharge", "1")) }
        for second in 0..<60 { bench.append("a", at("21 10:10") + .seconds(second), .good("discharge", "12")) }
        bench.append("a", at("21 10:11"), .bad("discharge"))
        // (1 x 600 + 12 x 60) / 660.
        #expect(try bench.figure("water-discharge", "device-a", .hour, at("21 10:00")).text == "2")
    }

    @Test func `holds a value over a window's edge, 2.5 intervals at most`() throws {
        var bench = try Self.bench()
        bench.append("a", at("21 10:59"), .good("discharge", "10"))
        // Until 11:01:30, with or without another reading.
        for hour in ["21 10:00", "21 11:00"] {
            #expect(try bench.figure("water-discharge", "device-a", .hour, at(hour)).text == "10")
        }
        bench.append("a", at("21 11:30"), .good("discharge", "40"))
        bench.append("a", at("21 11:31"), .bad("discharge"))
        // (10 x 90 + 40 x 60) / 150.
        #expect(try bench.figure("water-discharge", "device-a", .hour, at("21 11:00")).text == "22")
        bench.append("a", at("21 12:10"), .bad("discharge"))
        #expect(try bench.figure("water-discharge", "device-a", .hour, at("21 12:00")).doubt == .noData)
    }

    /// The denominators of two meters' monthly means have a product that does not fit 128 bits.
    @Test(arguments: ["0.000000001", "123.4567", "98765.4321", "999999999999999"])
    func `of a month and of any size stops nothing`(value: String) throws {
        let indicator = Self.discharge.replacing(
            "windows: [15min, hour, day]",
            with: "windows: [15min, hour, day, month, year]"
        )
        var bench = try Defined.bench(indicator, devices: Defined.meter("a", 1) + Defined.meter("b", 2))
        for day in 10...25 {
            for (device, second) in [("a", 7), ("b", 11)] {
                for index in 0..<40 {
                    let time = at("\(day) 00:00") + .milliseconds(Int64(index) * 1_777_013 + Int64(second) * 1_009)
                    bench.append(device, time, .good("discharge", index % 2 == 0 ? value : "0.333333333"))
                }
            }
        }
        for kind in [WindowKind.day, .month, .year] {
            let figure = try bench.figure("water-discharge", "site-sumber", kind, at("21 10:00"))
            #expect(figure.text != nil)
        }
    }

    @Test func `does not count what is larger than anything measured`() throws {
        var bench = try Self.bench(Defined.meter("a", 1))
        bench.append("a", at("21 10:00"), .good("discharge", "1e26"))
        bench.append("a", at("21 10:01"), .good("discharge", "2"))
        bench.append("a", at("21 10:02"), .bad("discharge"))
        let json = try bench.payload("water-discharge", "device-a", .hour, at("21 10:00"))
        #expect(json["value"] == 2)
        #expect(json["excluded"] == 2)
    }

    @Test func `ends with a bad reading`() throws {
        var bench = try Self.bench()
        bench.append("a", at("21 10:00"), .good("discharge", "10"))
        bench.append("a", at("21 10:01"), .bad("discharge"))
        bench.append("a", at("21 10:04"), .good("discharge", "30"))
        bench.append("a", at("21 10:05"), .bad("discharge"))
        #expect(try bench.figure("water-discharge", "device-a", .hour, at("21 10:00")).text == "20")
    }

    @Test func `of a site is the sum of its meters' means, and uncertain while one has none`() throws {
        var bench = try Self.bench()
        for minute in 0..<60 {
            let time = at("21 10:00") + .seconds(60 * minute)
            bench.append("a", time, .good("discharge", "10"))
            bench.append("b", time, minute < 30 ? .good("discharge", "2.5") : .bad("discharge"))
        }
        let hour = try bench.payload("water-discharge", "site-sumber", .hour, at("21 10:00"))
        #expect(hour["value"] == 12.5)
        #expect(hour["minimum"] == .absent)
        let quarter = try bench.payload("water-discharge", "site-sumber", .quarter, at("21 10:45"))
        #expect(quarter["value"] == 10)
        #expect(quarter["reason"] == "missing_part")
        let one = try bench.payload("water-discharge", "device-a", .hour, at("21 10:00"))
        #expect(one["minimum"] == 10)
    }

    @Test func `of a night is by the clock, and its least hour is a mean`() throws {
        var bench = try Self.bench(Defined.meter("a", 1))
        for minute in 0..<300 {
            let time = at("21 00:00") + .seconds(60 * minute)
            // One reading of 1 in the hour from 2; the hour from 3 is steady at 4, and readings after 4 are not in the
            // night.
            let value = minute == 150 ? "1" : minute < 180 ? "5" : minute < 240 ? "4" : "0.5"
            bench.append("a", time, .good("discharge", value))
        }
        let day = try bench.payload("water-discharge", "site-sumber", .day, at("21 10:00"))
        #expect(day["night_minimum"] == 1)
        #expect(day["night_minimum_hour"] == 4)
    }

    @Test func `of levels has no site figure but the gauge's`() throws {
        let level = Small.indicator(
            "water-level",
            "measure: mean",
            "unit: m",
            "from: { measures: water, values: level }",
            "windows: [hour]",
            "scopes: [device, site, gateway]"
        )
        let devices = [1, 2].map { unit in
            "  well-\(unit): { profile: level-transmitter, bus: field, unit: \(unit), site: sumber, "
                + "interval: 1min, \(Field.verified) }\n"
        }.joined()
        let none = try Defined.bench(level, devices: devices)
        #expect(none.plan.assignments.map(\.scope) == ["device-well-1", "device-well-2"])
        let text = Field.verified
        #expect(text.isEmpty == false)
        var named = try EngineBench(
            Small.catalogue(Small.tables + "indicators:\n" + level),
            Field.configuration(
                """
                gateway: kdr-test-01
                sites: { sumber: { gauge: well-2 } }
                buses: { field: { tcp: 127.0.0.1:502 } }
                devices:
                \(devices)
                destinations: { city: { mqtt: mqtts://b.example, username: kdr-test-01, \
                password_file: credential:city } }

                """
            )
        )
        named.append("well-1", at("21 10:00"), .good("level", "9"))
        named.append("well-2", at("21 10:00"), .good("level", "1.5"))
        #expect(try named.figure("water-level", "site-sumber", .hour, at("21 10:00")).text == "1.5")
        #expect(named.plan.assignments.count { $0.scope == "gateway" } == 0)
    }

    /// Vehicles at 30 and 60 km/h, twice as many slow ones: the harmonic mean is 36, the mean of the two 45.
    @Test func `of space weighs each speed by what was counted with it`() throws {
        let speed = Small.indicator(
            "speed",
            "measure: space_mean",
            "unit: L/s",
            "from: { measures: water, values: discharge, weight: volume }",
            "windows: [hour]",
            "scopes: [site]"
        )
        var bench = try Defined.bench(speed, devices: Defined.meter("a", 1))
        bench.append("a", at("21 10:00"), .good("discharge", "30"), .increase("volume", "20"))
        bench.append("a", at("21 10:01"), .good("discharge", "60"), .increase("volume", "10"))
        bench.append("a", at("21 10:02"), .good("discharge", "60"), .increase("volume", nil))
        #expect(try bench.figure("speed", "site-sumber", .hour, at("21 10:00")).text == "36")
    }
}

@Suite struct `An open window` {
    @Test(arguments: [
        ("21 10:02", "too_early"), ("21 10:04:59", "too_early"), ("21 10:05", nil),
    ]) func `tells a mean after a third of it`(now: String, reason: String?) throws {
        var bench = try EngineBench()
        for minute in 0..<5 {
            bench.append("flow-soyo", at("21 10:00") + .seconds(60 * minute), .good("discharge", "5"))
        }
        let json = try bench.payload("water-discharge", "site-sumber-soyo", .quarter, at("21 10:00"), asOf: at(now))
        #expect(json["reason"].string == reason)
        #expect(json["value"] == (reason == nil ? 5 : .null))
        #expect(json["quality"].string == reason.map { _ in "uncertain" })
    }

    @Test func `tells a day's mean after an hour, and none before three polls`() throws {
        var bench = try EngineBench()
        for minute in [0, 30] {
            bench.append("flow-soyo", at("21 00:00") + .seconds(60 * minute), .good("discharge", "5"))
        }
        func reason(_ now: String) throws -> String? {
            try bench.payload("water-discharge", "site-sumber-soyo", .day, at("21 00:00"), asOf: at(now))["reason"]
                .string
        }
        #expect(try reason("21 01:30") == "too_early")
        bench.append("flow-soyo", at("21 01:29"), .good("discharge", "5"))
        #expect(try reason("21 01:30") == "incomplete")
        #expect(try bench.figure("water-discharge", "site-sumber-soyo", .day, at("21 00:00")).text == "5")
    }

    @Test func `tells a sum at once, as provisional`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:01"), .increase("volume", "2", since: at("21 10:00")))
        let json = try bench.payload("water-volume", "site-sumber-soyo", .hour, at("21 10:00"), asOf: at("21 10:01"))
        #expect(json["value"] == 2)
        #expect(json["provisional"] == true)
    }
}

@Suite struct `What is expected` {
    private static let volume = Small.indicator(
        "water-volume",
        "measure: sum",
        "unit: m3",
        "from: { measures: water, increase: volume }",
        "windows: [day]",
        "scopes: [device, site]"
    )
    private static let availability = Small.indicator(
        "water-availability",
        "measure: availability",
        "unit: \"%\"",
        "from: { measures: water, values: discharge }",
        "windows: [day]",
        "scopes: [device]"
    )

    private static func expected(_ more: String) throws -> [Int] {
        var bench = try Defined.bench(volume, devices: Defined.meter("a", 1, more))
        return try ["20", "21", "22"].map {
            try bench.figure("water-volume", "device-a", .day, at("\($0) 10:00")).expected
        }
    }

    @Test(arguments: [
        ("installed: 2026-11-21, verified: { by: A, on: 2026-11-22 }", [0, 1_440, 1_440]),
        ("verified: { by: A, on: 2026-11-22 }", [0, 0, 1_440]), ("labels: {}", [0, 0, 0]),
        ("installed: 2026-11-22", [0, 0, 1_440]),
    ]) func `of a device begins with its installation, else its verification`(more: String, days: [Int]) throws {
        #expect(try Self.expected(more) == days)
    }

    @Test func `before a device existed is nothing: no row, and no 0 percent`() throws {
        var bench = try Defined.bench(
            Self.availability,
            devices: Defined.meter("a", 1, "verified: { by: A, on: 2026-11-21 }")
        )
        let now = at("24 00:00")
        let figures = bench.engine.figures(from: at("18 00:00"), to: at("23 00:00"), now: now, kinds: [.day])
        #expect(figures.map { wib.day(of: $0.window.from).description } == ["2026-11-21", "2026-11-22"])
        #expect(figures.allSatisfy { $0.text == "0" })
        let before = try bench.payload("water-availability", "device-a", .day, at("20 10:00"))
        #expect(before["reason"] == "no_data")
    }

    /// A device that sends ten times a minute once made up for a silent one.
    @Test func `of a device is the most that it counts`() throws {
        var bench = try Defined.bench(Self.volume, devices: Defined.meter("a", 1) + Defined.meter("b", 2))
        for second in stride(from: 0, to: 86_400, by: 30) {
            bench.append("a", at("21 00:00") + .seconds(second), .increase("volume", "0"))
        }
        let json = try bench.payload("water-volume", "site-sumber", .day, at("21 10:00"))
        #expect(json["expected"] == 2_880)
        #expect(json["received"] == 2_880)
        #expect(json["counted"] == 1_440)
        #expect(json["completeness"] == 0.5)
        #expect(json["reason"] == "incomplete")
    }

    @Test func `is counted in readings, not in points`() throws {
        var bench = try EngineBench()
        for minute in 0..<60 {
            let time = at("21 10:00") + .seconds(60 * minute)
            let points = (0...7).map { PointObservation.increase("count_\($0)", "1", since: time + .seconds(-60)) }
            bench.append(bench.observation("loops", EngineBench.stamp(time), nil, .reading(points)))
        }
        let json = try bench.payload("traffic-volume", "site-simpang-4", .hour, at("21 10:00"))
        #expect(json["expected"] == 60)
        #expect(json["received"] == 60)
        #expect(json["counted"] == 60)
    }
}

@Suite struct `Levels of service and thresholds` {
    private static func quarter(_ bench: inout EngineBench, _ cars: String) throws -> JSONNode {
        bench.append("loops", at("21 10:05"), .increase("count_0", cars))
        return try bench.payload("traffic-level", "site-simpang-4", .hour, at("21 10:00"))
    }

    /// 35, 40 and 25 of 50 such hours once fell to the next level, depending on the order in which a dictionary was
    /// summed.
    @Test(arguments: 1...50) func `at a bound are the level of the bound`(capacity: Int) throws {
        // Cars, with motorcycles and buses that weigh 0.5 and 1.3: together exactly 0.44 of the capacity.
        let field = Field.text().replacing(
            "simpang-4:\n    road: { capacity: 2900",
            with: "simpang-4:\n    road: { capacity: \(capacity * 50)"
        )
        var bench = try EngineBench(Small.catalogue(), Field.configuration(field))
        let units = capacity * 22
        let (motorcycles, buses) = (2 * (units / 4), 10 * (units / 40))
        let cars = Double(units) - Double(motorcycles) * 0.5 - Double(buses) * 1.3
        bench.append("loops", at("21 10:05"), .increase("count_0", "\(cars)"))
        bench.append("loops", at("21 10:05"), .increase("count_1", "\(motorcycles)"))
        bench.append("loops", at("21 10:05"), .increase("count_2", "\(buses)"))
        let json = try bench.payload("traffic-level", "site-simpang-4", .hour, at("21 10:00"))
        #expect(json["saturation"] == 0.44)
        #expect(json["value"] == "B")
    }

    @Test(arguments: [("9", "10", 0.9, nil as String?), ("8", "9", 0.8888, "incomplete")])
    func `compare the completeness that is published`(
        counted: String,
        expected: String,
        completeness: Double,
        reason: String?
    ) throws {
        let field = Field.text().replacing(
            "unit: 1, site: sumber-soyo, interval: 1min",
            with: "unit: 1, site: sumber-soyo, interval: \(expected == "10" ? "6min" : "400s")"
        )
        var bench = try EngineBench(Small.catalogue(), Field.configuration(field))
        for index in 0..<(Int(counted) ?? 0) {
            bench.append("flow-soyo", at("21 10:00") + .seconds(60 * index), .increase("volume", "1"))
        }
        let json = try bench.payload("water-volume", "site-sumber-soyo", .hour, at("21 10:00"))
        #expect(json["completeness"].double == completeness)
        #expect(json["reason"].string == reason)
    }

    private static let speeds = Small.tables.replacing(
        "levels:\n",
        with:
            "levels:\n  pm: { name: PM 96, source: this test, year: 2015, by: speed, "
            + "steps: { A: 80, B: 70, C: 60, D: 50, E: 10, F: ~ } }\n"
    )

    @Test(arguments: [("22.23", "A"), ("22.22", "B"), ("14", "D"), ("2.8", "E"), ("2.7", "F")])
    func `by speed go by the mean speed in km per hour`(metresPerSecond: String, level: String) throws {
        let indicator = Small.indicator(
            "level",
            "measure: level",
            "from: [{ measures: water, increase: volume }, { measures: water, speeds: velocity }]",
            "windows: [hour]",
            "scopes: [site]"
        )
        var bench = try Defined.bench(
            indicator,
            devices: Defined.meter("a", 1).replacing("site: sumber", with: "site: jalan"),
            sites: "  jalan: { road: { car_units: steps, levels: pm, target_level: C } }",
            tables: Self.speeds
        )
        bench.append("a", at("21 10:00"), .good("velocity", metresPerSecond), .increase("volume", "5"))
        bench.append("a", at("21 10:01"), .bad("velocity"), .increase("volume", "5"))
        let json = try bench.payload("level", "site-jalan", .hour, at("21 10:00"))
        #expect(json["value"].string == level)
        #expect(json["levels"] == "PM 96")
        #expect(json["levels_year"] == 2015)
        #expect(json["saturation"] == .absent)
        #expect(json["car_units"] == .absent)
    }
}

@Suite struct `A divided road` {
    private static let field = Field.text().replacing(
        "simpang-4:\n    road: { capacity: 2900, capacity_method: MKJI 1997,",
        with: "simpang-4:\n    road: { capacity_method: MKJI 1997, directions: { utara: { capacity: 1650, lanes: 1 }, "
            + "selatan: { capacity: 3300, lanes: 2 } },"
    ).replacing(
        "labels: { count_0.class: car, count_1.class: motorcycle, count_2.class: bus, direction: utara }",
        with: "labels: { count_0.class: car, count_0.direction: utara, count_1.class: car, count_1.direction: selatan, "
            + "count_2.class: motorcycle, count_2.direction: selatan }"
    )

    @Test func `is judged for each direction, and is as bad as the worse one`() throws {
        var bench = try EngineBench(Small.catalogue(), Field.configuration(Self.field))
        let points: [PointObservation] = [
            .increase("count_0", "1320"), .increase("count_1", "660"), .increase("count_2", "660"),
        ]
        bench.append(bench.observation("loops", EngineBench.stamp(at("21 10:05")), nil, .reading(points)))
        let saturation = try bench.payload("traffic-saturation", "site-simpang-4", .hour, at("21 10:00"))
        // 1320 / 1650; 660 + 660 x 0.5 of 3300: each direction's flow is below the step of 1800.
        #expect(saturation["value"] == 0.8)
        #expect(saturation["capacity"] == 1_650)
        #expect(saturation["directions"] == ["utara": ["saturation": 0.8], "selatan": ["saturation": 0.3]])
        let level = try bench.payload("traffic-level", "site-simpang-4", .hour, at("21 10:00"))
        #expect(level["value"] == "D")
        #expect(level["directions"]["selatan"]["level"] == "B")
        let flow = try bench.payload("traffic-flow", "site-simpang-4", .hour, at("21 10:00"))
        #expect(flow["value"] == 2_310)
        #expect(flow["by"]["direction"] == ["utara": 1_320, "selatan": 990])
        #expect(flow["by"]["class"] == ["car": 1_980, "motorcycle": 330])
    }

    @Test func `is not sure while nobody counts one direction`() throws {
        var bench = try EngineBench(Small.catalogue(), Field.configuration(Self.field))
        bench.append("loops", at("21 10:05"), .increase("count_0", "1320"))
        let json = try bench.payload("traffic-saturation", "site-simpang-4", .hour, at("21 10:00"))
        #expect(json["value"] == 0.8)
        #expect(json["reason"] == "missing_part")
        #expect(json["directions"] == ["utara": ["saturation": 0.8]])
    }

    @Test func `does not know whose road a vehicle without a direction fills`() throws {
        var bench = try EngineBench(Small.catalogue(), Field.configuration(Self.field))
        bench.append("loops", at("21 10:05"), .increase("count_0", "100"), .increase("count_3", "5"))
        let json = try bench.payload("traffic-saturation", "site-simpang-4", .hour, at("21 10:00"))
        #expect(json["value"] == .null)
        #expect(json["reason"] == "unclassified")
    }

    @Test func `takes its step by motor vehicles alone`() throws {
        let tables = Small.text.replacing("motorcycle: 0.5 }", with: "motorcycle: 0.5, bicycle: 0 }")
            .replacing("motorcycle: 0.35 }", with: "motorcycle: 0.35, bicycle: 0 }")
        let field = Field.text().replacing("count_2.class: bus", with: "count_2.class: bicycle")
        var bench = try EngineBench(Small.catalogue(tables), Field.configuration(field))
        let points: [PointObservation] = [.increase("count_1", "1000"), .increase("count_2", "2000")]
        bench.append(bench.observation("loops", EngineBench.stamp(at("21 10:05")), nil, .reading(points)))
        #expect(try bench.figure("traffic-flow", "site-simpang-4", .hour, at("21 10:00")).text == "500")
    }
}

@Suite struct `Compliance` {
    private static func bench(_ from: String) throws -> EngineBench {
        let indicator = Small.indicator(
            "quality",
            lines: ["measure: share", "by: parameter", "from:"] + from.split(separator: "\n").map { "  - \($0)" }
                + ["windows: [15min, hour, day, month]", "scopes: [device, site, gateway]"]
        )
        let devices =
            "  ph: { profile: sup-ph8001, bus: field, unit: 1, site: sumber, interval: 1min, \(Field.verified) }\n"
            + "  ntu: { profile: nx5111, bus: field, unit: 2, site: sumber, interval: 1min, \(Field.verified) }\n"
        return try Defined.bench(indicator, devices: devices)
    }

    private static let both = """
        { values: ph, limits: { at_least: 6.5, at_most: 8.5, unit: "[pH]" }, parameter: ph }
        { values: turbidity, limits: { below: 3, unit: "[NTU]" }, parameter: turbidity }
        """

    private static func read(_ bench: inout EngineBench, _ minutes: Range<Int>, ph: String?, ntu: String?) {
        for minute in minutes {
            let time = at("21 10:00") + .seconds(60 * minute)
            bench.append("ph", time, ph.map { .good("ph", $0) } ?? .bad("ph"))
            bench.append("ntu", time, ntu.map { .good("turbidity", $0) } ?? .bad("turbidity"))
        }
    }

    @Test func `is each parameter's, and the water's only where all hold`() throws {
        var bench = try Self.bench(Self.both)
        Self.read(&bench, 0..<30, ph: "7", ntu: "1")
        // In one quarter one condition is out for 6 minutes and the other for 3; nobody knows whether at the same time.
        Self.read(&bench, 30..<36, ph: "9", ntu: "1")
        Self.read(&bench, 36..<42, ph: "7", ntu: "1")
        Self.read(&bench, 42..<45, ph: "7", ntu: "5")
        Self.read(&bench, 45..<60, ph: "7", ntu: "1")
        Self.read(&bench, 60..<61, ph: nil, ntu: nil)
        let json = try bench.payload("quality", "site-sumber", .hour, at("21 10:00"))
        #expect(json["value"] == 85)
        #expect(json["by"]["parameter"] == ["ph": 90, "turbidity": 95])
        #expect(try bench.payload("quality", "site-sumber", .month, at("21 10:00"))["value"] == 85)
        #expect(try bench.payload("quality", "device-ph", .hour, at("21 10:00"))["value"] == 90)
    }

    @Test func `is not told of a time in which one parameter is not known, but for what is broken`() throws {
        var bench = try Self.bench(Self.both)
        Self.read(&bench, 0..<15, ph: "7", ntu: "1")
        Self.read(&bench, 15..<30, ph: "7", ntu: nil)
        Self.read(&bench, 30..<45, ph: "5", ntu: nil)
        Self.read(&bench, 45..<46, ph: nil, ntu: nil)
        #expect(try bench.payload("quality", "site-sumber", .hour, at("21 10:00"))["value"] == 50)
    }

    @Test(arguments: [
        ("{ below: 3 }", "3", 0), ("{ below: 3 }", "2.999", 100), ("{ at_most: 3 }", "3", 100),
        ("{ above: 3 }", "3", 0),
        ("{ at_least: 3 }", "3", 100), ("[3, 3]", "3", 100), ("[~, 3]", "3.001", 0),
    ]) func `tells less from at most`(limits: String, value: String, percent: Double) throws {
        var bench = try Self.bench("{ values: turbidity, limits: \(limits), parameter: turbidity }")
        bench.append("ntu", at("21 10:00"), .good("turbidity", value))
        bench.append("ntu", at("21 10:01"), .bad("turbidity"))
        #expect(try bench.payload("quality", "site-sumber", .hour, at("21 10:00"))["value"].double == percent)
    }

    @Test func `converts what is measured to the unit of its limits`() throws {
        let indicator = Small.indicator(
            "cool",
            "measure: share",
            "by: parameter",
            "from: { values: temperature, limits: { at_most: 77, unit: \"[degF]\" }, parameter: temperature }",
            "windows: [hour]",
            "scopes: [device]"
        )
        let device =
            "  ph: { profile: sup-ph8001, bus: field, unit: 1, site: sumber, interval: 1min, \(Field.verified) }\n"
        var bench = try Defined.bench(indicator, devices: device)
        for (minute, celsius) in ["25", "25.1", "25", "25"].enumerated() {
            bench.append("ph", at("21 10:0\(minute)"), .good("temperature", celsius))
        }
        bench.append("ph", at("21 10:04"), .bad("temperature"))
        #expect(try bench.payload("cool", "device-ph", .hour, at("21 10:00"))["value"] == 75)
    }

    @Test func `leaves out a point whose unit is no limit's, and says so`() throws {
        let log = ProblemLog()
        let text =
            Small.tables + "indicators:\n"
            + Small.indicator(
                "quality",
                "measure: share",
                "from: [{ values: ph, limits: { below: 3, unit: m3 } }, { values: turbidity, limits: { below: 3 } }]",
                "windows: [hour]",
                "scopes: [site]"
            )
        let plan = IndicatorPlan(
            catalogue: try Small.catalogue(text),
            configuration: try Field.configuration(),
            log: log
        )
        #expect(log.isEmpty)
        #expect(
            plan.leftOut == [
                "quality: point \"ph\" of device \"ph-soyo\" is in [pH], which cannot become m3; it is left out"
            ]
        )
    }
}

@Suite struct `Anomalies` {
    /// Half as much conductivity again, for two hours: the effect of detergent.
    @Test func `see half as much conductivity again, and name it`() throws {
        let indicator = Small.indicator(
            "anomaly",
            "measure: anomaly",
            "leap: { bins: 96 }",
            "from: [{ values: turbidity, leap: { factor: 1.3, step: 0.05, unit: \"[NTU]\" } }, "
                + "{ values: temperature }]",
            "windows: [15min, hour, day]",
            "scopes: [site]"
        )
        let device =
            "  ntu: { profile: nx5111, bus: field, unit: 2, site: sumber, interval: 15min, \(Field.verified) }\n"
        var bench = try Defined.bench(indicator, devices: device)
        for quarter in 0..<192 {
            let isHigh = (144..<152).contains(quarter)
            bench.append("ntu", at("20 00:00") + .seconds(900 * quarter), .good("turbidity", isHigh ? "0.75" : "0.5"))
        }
        let json = try bench.payload("anomaly", "site-sumber", .day, at("21 10:00"))
        #expect(json["value"] == 8)
        #expect(json["leaps"].elements?.first?["parameter"] == "turbidity")
        #expect(json["leaps"].elements?.first?["reference"] == 0.5)
        #expect(json["compared_with"]["turbidity"] == ["factor": 1.3, "step": 0.05, "unit": "[NTU]"])
    }
}

@Suite struct `An operator's scale` {
    private static func weighings(_ more: String, _ nets: [(Double, String)]) throws -> [String] {
        let device =
            "  scale: { profile: laumas-w100, bus: field, unit: 1, site: sumber, interval: 1s, "
            + "\(Field.verified)\(more) }\n"
        var bench = try Defined.bench(Small.waste, devices: device)
        for (second, net) in nets {
            bench.append("scale", at("21 10:00") + .milliseconds(Int64(second * 1_000)), .good("net", net))
        }
        return bench.weighings.compactMap { event in
            event.data.first { $0.key == "net" }.flatMap {
                if case .number(let value) = $0.value { "\(value)" } else { nil }
            }
        }
    }

    private static let load: [(Double, String)] = [(0, "0"), (1, "0.4"), (2, "0"), (3, "5"), (4, "5"), (5, "0")]

    @Test(arguments: [
        ("", ["0.4", "5"]), (", weighing: { minimum: 0.5 }", ["5"]), (", weighing: { stable: 1s }", ["5"]),
        (", weighing: { stable: 2s }", []), (", weighing: { tare: 0.3 }", ["0.1", "4.7"]),
        (", weighing: { minimum: 0.2, tare: 0.3 }", ["4.7"]),
    ]) func `has a least weight, a tare and a time to stand still`(more: String, found: [String]) throws {
        #expect(try Self.weighings(more, Self.load) == found)
    }
}
