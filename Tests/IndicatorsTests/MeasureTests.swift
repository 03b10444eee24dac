import Domain
import TestSupport
import Testing

@testable import Indicators

@Suite struct `Measures` {
    @Test func `of a mean tell minimum, maximum and the night's minimum`() throws {
        var bench = try EngineBench()
        for (time, value) in [
            ("20 23:59", "0.1"), ("21 00:00", "10.1"), ("21 03:59:59", "9.7"), ("21 04:00", "1.5"),
            ("21 12:00", "12.3"),
        ] {
            bench.append("flow-soyo", at(time), .good("discharge", value))
        }
        let day = try bench.payload("water-discharge", "device-flow-soyo", .day, at("21 10:00"))
        // (10.1 x 150 s + 9.7 x 1 s + 1.5 x 150 s + 12.3 x 150 s) / 451 s: a value holds 2.5 intervals at most.
        #expect(day["value"] == 7.97051)
        #expect(day["minimum"] == 1.5)
        #expect(day["maximum"] == 12.3)
        #expect(day["night_minimum"] == 9.7)
        // The hour from 3 o'clock has 9.7 for one second; that from midnight has 10.1.
        #expect(day["night_minimum_hour"] == 9.7)
        let hour = try bench.payload("water-discharge", "device-flow-soyo", .hour, at("21 00:00"))
        #expect(hour["value"] == 10.1)
        #expect(hour["night_minimum"] == .absent)
    }

    @Test func `round a mean to the seven digits of a float32`() throws {
        var bench = try EngineBench()
        for (minute, value) in ["1", "1", "2"].enumerated() {
            bench.append("flow-soyo", at("21 10:0\(minute)"), .good("discharge", value))
        }
        bench.append("flow-soyo", at("21 10:03"), .bad("discharge"))
        #expect(try bench.figure("water-discharge", "gateway", .hour, at("21 10:00")).text == "1.333333")
    }

    @Test func `of extremes are in the indicator's unit`() throws {
        var bench = try EngineBench()
        for value in ["12.5", "10", "25"] { bench.append("flow-soyo", at("21 10:00"), .good("discharge", value)) }
        #expect(try bench.figure("water-lowest", "site-sumber-soyo", .hour, at("21 10:00")).text == "36")
        #expect(try bench.figure("water-highest", "site-sumber-soyo", .hour, at("21 10:00")).text == "25")
    }

    @Test func `of a share count the limits as within`() throws {
        var bench = try EngineBench()
        for (minute, value) in ["5.99", "6", "7", "9", "9.01", "7.5"].enumerated() {
            bench.append("ph-soyo", at("21 10:0\(minute)"), .good("ph", value))
        }
        bench.append("ph-soyo", at("21 10:06"), .bad("ph"))
        let json = try bench.payload("water-quality", "site-sumber-soyo", .hour, at("21 10:00"))
        #expect(json["value"] == 66.66667)
        #expect(json["by"] == ["parameter": ["ph": 66.66667]])
        #expect(json["excluded"] == 1)
    }

    @Test func `of availability know 0 percent from nothing expected`() throws {
        var bench = try EngineBench()
        for minute in 0..<45 {
            bench.append("flow-soyo", at("21 10:00") + .seconds(60 * minute), .good("discharge", "1"), .bad("ph"))
            bench.append("ph-soyo", at("21 10:00") + .seconds(60 * minute), .good("ph", "7"))
        }
        let json = try bench.payload("water-availability", "site-sumber-soyo", .hour, at("21 10:00"))
        #expect(json["value"] == 75)
        #expect(json["quality"] == .absent)
        #expect(json["expected"] == 120)
        let none = try bench.payload("water-availability", "site-sumber-soyo", .hour, at("21 11:00"))
        #expect(none["value"] == 0)
        #expect(none["quality"] == .absent)
    }

    private static func weigh(
        _ bench: inout EngineBench,
        _ device: String,
        _ point: String,
        _ net: String,
        _ time: Instant
    ) {
        bench.append(device, time, .good(point, net))
        bench.append(device, time + .seconds(30), .good(point, "0"))
    }

    @Test func `of weighings are by category, and know who was active`() throws {
        var bench = try EngineBench()
        Self.weigh(&bench, "scale-1", "net", "12.05", at("21 10:00"))
        Self.weigh(&bench, "scale-1", "net", "3.5", at("21 11:00"))
        Self.weigh(&bench, "scale-2", "weight", "7", at("21 12:00"))
        Self.weigh(&bench, "scale-2", "weight", "1", at("22 12:00"))
        let collected = try bench.payload("waste-collected", "gateway", .day, at("21 10:00"))
        #expect(collected["value"] == 22.55)
        #expect(collected["by"] == ["category": ["kertas": 7, "plastik": 15.55]])
        let deposits = try bench.payload("waste-deposits", "kelurahan-tosaren", .month, at("21 10:00"))
        #expect(deposits["value"] == 4)
        #expect(deposits["by"] == ["category": ["kertas": 2, "plastik": 2]])
        let active = try bench.payload("waste-units", "gateway", .day, at("22 10:00"))
        #expect(active["value"] == 1)
        #expect(active["registered"] == 134)
        #expect(active["share"] == 0.7462687)
        // The number of registered sites is known for the whole city only.
        let village = try bench.payload("waste-units", "kelurahan-tosaren", .day, at("21 10:00"))
        // Two scales of one waste bank are one unit.
        #expect(village["value"] == 1)
        #expect(village["registered"] == .absent)
    }

    @Test func `of events are 0 while their device is heard, and nothing when it is not`() throws {
        var bench = try EngineBench()
        bench.append("scale-1", at("21 10:00"), .good("net", "0"))
        #expect(try bench.figure("waste-collected", "device-scale-1", .day, at("21 10:00")).text == "0")
        #expect(try bench.figure("waste-deposits", "device-scale-1", .day, at("21 10:00")).text == "0")
        #expect(try bench.figure("waste-units", "gateway", .day, at("21 10:00")).text == "0")
        #expect(try bench.figure("waste-deposits", "device-scale-1", .day, at("22 10:00")).doubt == .noData)
        bench.append("scale-1", at("23 10:00"), .bad("net"))
        #expect(try bench.figure("waste-deposits", "device-scale-1", .day, at("23 10:00")).doubt == .noData)
    }

    @Test func `of anomalies say what leapt above what`() throws {
        var bench = try EngineBench()
        // Two hours at 2 and 4 NTU, a mean of 3; then a leap to 7, then 6 (not twice as much), then 8.
        for quarter in 0..<8 {
            bench.append(
                "turbidity-soyo",
                at("21 08:00") + .seconds(900 * quarter),
                .good("turbidity", quarter % 2 == 0 ? "2" : "4")
            )
        }
        for (quarter, value) in ["7", "6", "8"].enumerated() {
            bench.append("turbidity-soyo", at("21 10:00") + .seconds(900 * quarter), .good("turbidity", value))
        }
        let json = try bench.payload("water-anomaly", "site-sumber-soyo", .hour, at("21 10:00"))
        #expect(json["value"] == 2)
        #expect(json["compared_with"] == ["mean_of_bins_before": 8, "turbidity": ["factor": 2, "step": 1]])
        #expect(
            json["leaps"] == [
                ["from": "2026-11-21T03:00:00.000Z", "parameter": "turbidity", "mean": 7, "reference": 3],
                // (2 + 4 + 2 + 4 + 2 + 4 + 7 + 6) / 8 is 3.875.
                ["from": "2026-11-21T03:30:00.000Z", "parameter": "turbidity", "mean": 8, "reference": 3.875],
            ]
        )
        // An hour later everything is as before; a day later there is nothing to compare with.
        bench.append("turbidity-soyo", at("21 11:00"), .good("turbidity", "4"))
        #expect(try bench.figure("water-anomaly", "site-sumber-soyo", .hour, at("21 11:00")).text == "0")
        bench.append("turbidity-soyo", at("22 11:00"), .good("turbidity", "40"))
        #expect(try bench.figure("water-anomaly", "site-sumber-soyo", .hour, at("22 11:00")).doubt == .noData)
    }

    @Test func `of anomalies look over midnight`() throws {
        var bench = try EngineBench()
        for quarter in 0..<8 {
            bench.append("turbidity-soyo", at("20 22:00") + .seconds(900 * quarter), .good("turbidity", "1"))
        }
        bench.append("turbidity-soyo", at("21 00:00"), .good("turbidity", "2.1"))
        #expect(try bench.figure("water-anomaly", "site-sumber-soyo", .hour, at("21 00:00")).text == "1")
    }
}

@Suite struct `Traffic measures` {
    /// The vehicles of an hour by class, in its first quarter.
    private static func pass(_ bench: inout EngineBench, _ device: String, _ time: Instant, _ counts: String...) {
        for (index, count) in counts.enumerated() {
            bench.append(device, time, .increase("count_\(index)", count))
        }
    }

    /// A quarter of an hour that was read each minute; all vehicles came with its first reading.
    private static func quarter(_ bench: inout EngineBench, _ time: Instant, _ cars: String) {
        for minute in 0..<15 {
            let others = (1...7).map { PointObservation.increase("count_\($0)", "0") }
            let points = [.increase("count_0", minute == 0 ? cars : "0")] + others
            let stamp = EngineBench.stamp(time + .seconds(60 * minute))
            bench.append(bench.observation("loops", stamp, nil, .reading(points)))
        }
    }

    @Test(arguments: [
        // 1420 vehicles: 600 + 800 x 0.5 + 20 x 1.3.
        ("below the step", ["600", "800", "20"], 1_026.0),
        // 1799 and 1800 motorcycles: the step is below 1800.
        ("just below the step", ["0", "1799", "0"], 899.5), ("at the step", ["0", "1800", "0"], 630),
        // 2100 vehicles: 1000 + 1000 x 0.35 + 100 x 1.2.
        ("above the step", ["1000", "1000", "100"], 1_470),
    ]) func `weigh vehicles by the table's row for the flow`(_: String, counts: [String], flow: Double) throws {
        var bench = try EngineBench()
        for (index, count) in counts.enumerated() {
            bench.append("loops", at("21 10:05"), .increase("count_\(index)", count))
        }
        let json = try bench.payload("traffic-flow", "site-simpang-4", .hour, at("21 10:00"))
        #expect(json["value"].double == flow)
        #expect(json["car_units"] == "Two steps")
        let saturation = try bench.payload("traffic-saturation", "site-simpang-4", .hour, at("21 10:00"))
        #expect(saturation["value"].double.map { abs($0 - flow / 2_900) < 5e-8 } == true)
        #expect(saturation["capacity"] == 2_900)
        #expect(saturation["capacity_method"] == "MKJI 1997")
    }

    @Test func `make a quarter's count a flow per hour`() throws {
        var bench = try EngineBench()
        Self.pass(&bench, "loops", at("21 10:05"), "100", "40")
        let json = try bench.payload("traffic-flow", "site-simpang-4", .quarter, at("21 10:05"))
        #expect(json["value"] == 480)
        #expect(json["by"]["class"] == ["car": 400, "motorcycle": 80])
        // An open window uses the time that has passed, once there are three polls.
        let early = try bench.payload("traffic-flow", "site-simpang-4", .quarter, at("21 10:05"), asOf: at("21 10:10"))
        #expect(early["value"] == .null)
        #expect(early["reason"] == "too_early")
        Self.pass(&bench, "loops", at("21 10:06"), "0")
        Self.pass(&bench, "loops", at("21 10:07"), "0")
        let open = try bench.payload("traffic-flow", "site-simpang-4", .quarter, at("21 10:05"), asOf: at("21 10:10"))
        #expect(open["value"] == 720)
    }

    @Test func `take per lane what the table says per lane`() throws {
        let text = Small.text.replacing(
            "    source: this test\n    steps:",
            with: "    source: this test\n    flow_of: lane\n    steps:"
        )
        let field = Field.text().replacing(
            "levels: bands, target_level: C }",
            with: "levels: bands, target_level: C, lanes: 2 }"
        )
        var bench = try EngineBench(Small.catalogue(text), Field.configuration(field))
        Self.pass(&bench, "loops", at("21 10:05"), "0", "3000")
        #expect(try bench.figure("traffic-flow", "site-simpang-4", .hour, at("21 10:00")).text == "1500")
    }

    @Test func `of no class need the site's mix`() throws {
        var bench = try EngineBench()
        Self.pass(&bench, "plain-loops", at("21 10:05"), "1000")
        Self.pass(&bench, "mixed-loops", at("21 10:05"), "1000")
        // 1000 x (0.7 x 0.5 + 0.3 x 1).
        #expect(try bench.figure("traffic-flow", "site-simpang-2", .hour, at("21 10:00")).text == "650")
        let json = try bench.payload("traffic-flow", "site-simpang-3", .hour, at("21 10:00"))
        #expect(json["value"] == .null)
        #expect(json["quality"] == "uncertain")
        #expect(json["reason"] == "unclassified")
        #expect(try bench.figure("traffic-volume", "site-simpang-3", .hour, at("21 10:00")).text == "1000")
    }

    @Test(arguments: [
        ("580", "A"), ("581", "B"), ("1276", "B"), ("1277", "C"), ("2146", "C"), ("2147", "D"), ("2900", "E"),
        ("2901", "F"),
    ]) func `name the level that a saturation stands for`(cars: String, level: String) throws {
        var bench = try EngineBench()
        Self.pass(&bench, "loops", at("21 10:05"), cars)
        let json = try bench.payload("traffic-level", "site-simpang-4", .hour, at("21 10:00"))
        #expect(json["value"].string == level)
        #expect(json["levels"] == "Bands")
        #expect(json["target_level"] == "C")
        #expect(json["unit"] == .absent)
    }

    @Test func `of a day tell the peak hour's level and the share of bins at the target`() throws {
        var bench = try EngineBench()
        for quarter in 0..<4 { Self.quarter(&bench, at("21 07:00") + .seconds(900 * quarter), "700") }
        for quarter in 0..<2 { Self.quarter(&bench, at("21 10:00") + .seconds(900 * quarter), "100") }
        // A quarter with few readings gets no level.
        Self.pass(&bench, "loops", at("21 12:00"), "1")
        let json = try bench.payload("traffic-level", "site-simpang-4", .day, at("21 10:00"))
        // 2800 / 2900.
        #expect(json["value"] == "E")
        #expect(json["saturation"] == 0.9655172)
        #expect(json["share_at_target"] == 33.33333)
    }

    @Test func `do not take a bin without good readings for an empty road`() throws {
        var bench = try EngineBench()
        Self.quarter(&bench, at("21 07:00"), "700")
        bench.append("loops", at("21 08:00"), .bad("count_0"))
        #expect(try bench.payload("traffic-level", "site-simpang-4", .day, at("21 10:00"))["share_at_target"] == 0)
    }

    @Test func `of a camera that is heard take no passage for an empty road`() throws {
        var bench = try EngineBench()
        bench.append("camera", at("21 02:00"), .good("detection_rate", "5"))
        #expect(try bench.figure("traffic-flow", "site-jalan-doho", .hour, at("21 02:00")).text == "0")
        #expect(try bench.figure("traffic-saturation", "site-jalan-doho", .hour, at("21 02:00")).text == "0")
        #expect(try bench.figure("traffic-level", "site-jalan-doho", .hour, at("21 02:00")).text == "A")
        #expect(try bench.figure("traffic-volume", "site-jalan-doho", .hour, at("21 02:00")).text == "0")
        #expect(try bench.figure("traffic-flow", "site-jalan-doho", .hour, at("21 03:00")).doubt == .noData)
        let day = try bench.payload("traffic-level", "site-jalan-doho", .day, at("21 02:00"))
        #expect(day["value"] == "A")
        #expect(day["share_at_target"] == 100)
        let peak = try bench.payload("traffic-peak", "site-jalan-doho", .day, at("21 02:00"))
        #expect(peak["value"] == 0)
        #expect(peak["peak_hour_factor"] == .absent)
    }

    /// Three hours' vehicles, read at once after an outage, once made a peak hour with good quality.
    @Test func `of which an outage's vehicles are part are not sure`() throws {
        var bench = try EngineBench()
        for quarter in 0..<4 { Self.quarter(&bench, at("21 07:00") + .seconds(900 * quarter), "700") }
        bench.append("loops", at("21 12:00"), .increase("count_0", "5000", since: at("21 09:00")))
        let peak = try bench.payload("traffic-peak", "site-simpang-4", .day, at("21 10:00"))
        // 12 quarters of 416 and 417 are less than the hour from 7.
        #expect(peak["value"] == 2_800)
        #expect(peak["peak_from"] == "2026-11-21T00:00:00.000Z")
        let level = try bench.payload("traffic-level", "site-simpang-4", .day, at("21 10:00"))
        // The quarters of the outage get no level; the four others were over the target.
        #expect(level["share_at_target"] == 0)
        let outage = try bench.payload("traffic-volume", "site-simpang-4", .quarter, at("21 10:00"))
        #expect(outage["value"] == 417)
        #expect(outage["reason"] == "interpolated")
    }

    @Test func `find the peak hour and its factor`() throws {
        var bench = try EngineBench()
        // By hand: 06:45 to 07:45 is 120 + 150 + 130 + 110 = 510, more than 06:30 (480) and 07:00 (490); 510 / (4 x
        // 150) = 0.85.
        for (quarter, count) in ["60", "80", "120", "150", "130", "110", "100", "90"].enumerated() {
            Self.quarter(&bench, at("21 06:15") + .seconds(900 * quarter), count)
        }
        let json = try bench.payload("traffic-peak", "site-simpang-4", .day, at("21 10:00"))
        #expect(json["value"] == 510)
        #expect(json["peak_from"] == "2026-11-20T23:45:00.000Z")
        #expect(json["peak_to"] == "2026-11-21T00:45:00.000Z")
        #expect(json["peak_hour_factor"] == 0.85)
    }

    @Test func `find the first of equal peak hours, within the day only`() throws {
        var bench = try EngineBench()
        for time in ["21 08:00", "21 15:00"] { Self.pass(&bench, "loops", at(time), "50") }
        for time in ["20 23:45", "22 00:00"] { Self.pass(&bench, "loops", at(time), "500") }
        let json = try bench.payload("traffic-peak", "site-simpang-4", .day, at("21 10:00"))
        #expect(json["value"] == 50)
        // The earliest four bins that contain the first.
        #expect(json["peak_from"] == "2026-11-21T00:15:00.000Z")
        // One reading is no complete quarter.
        #expect(json["peak_hour_factor"] == .absent)
    }
}
