import Documents
import Domain
import Installation
import Profiles
import TestSupport
import Testing

@testable import Indicators

/// What figures mean where their arithmetic alone does not show it: each was wrong at some time.
@Suite struct `An increase` {
    private static let vehicles = "traffic-volume"
    private static let site = "site-simpang-4"

    private static func count(
        _ bench: inout EngineBench,
        _ amount: String,
        _ since: String,
        _ time: String
    ) {
        bench.append("loops", at(time), .increase("count_0", amount, since: at(since)))
    }

    private static func quarters(_ bench: inout EngineBench, _ times: String...) throws -> [String] {
        try times.map { time in
            let figure = try bench.figure(vehicles, site, .quarter, at(time))
            return (figure.text ?? "-") + (figure.doubt.map { " \($0.word)" } ?? "")
        }
    }

    @Test func `that ends with a window is all of that window's`() throws {
        var bench = try EngineBench()
        Self.count(&bench, "30", "21 07:14", "21 07:15:00.000")
        let values = try Self.quarters(&bench, "21 07:00", "21 07:15")
        #expect(values == ["30 incomplete", "- no_data"])
    }

    @Test(arguments: [
        // By hand: 10 over 30 minutes; floor(10 x 5/30) = 1, floor(10 x 20/30) = 6.
        ("10", "21 07:10", "21 07:40", ["1", "5", "4"]),
        // 2,000 in an hour's silence.
        ("2000", "21 07:00", "21 08:00", ["500", "500", "500", "500"]),
        ("7", "21 07:00", "21 08:00", ["1", "2", "2", "2"]), ("0", "21 07:10", "21 07:40", ["0", "0", "0"]),
    ]) func `over several windows is shared out in whole counts`(
        amount: String,
        since: String,
        time: String,
        parts: [String]
    ) throws {
        var bench = try EngineBench()
        Self.count(&bench, amount, since, time)
        for (index, part) in parts.enumerated() {
            let figure = try bench.figure(Self.vehicles, Self.site, .quarter, at("21 07:00") + .seconds(900 * index))
            #expect(figure.text == part)
            // One still counter of eight leaves the time of the others measured.
            #expect(figure.doubt == (amount == "0" && index != 1 ? .incomplete : .interpolated))
        }
        let hour = try bench.figure(Self.vehicles, Self.site, .hour, at("21 07:00"))
        #expect(hour.text == amount)
        #expect(hour.doubt == .incomplete)
    }

    @Test func `of no whole counts is shared out in billionths`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 07:20"), .increase("volume", "1", since: at("21 07:05")))
        let parts = try ["21 07:00", "21 07:15"].map {
            try bench.figure("water-volume", "site-sumber-soyo", .quarter, at($0)).text
        }
        #expect(parts == ["0.666666666", "0.333333334"])
    }

    /// The increase of an hour's silence, in one quarter, once was the day's peak: 2,000, factor 0.294, good.
    @Test func `of an hour's silence is no peak`() throws {
        var bench = try EngineBench()
        for minute in 1...60 {
            let time = at("21 06:00") + .seconds(60 * minute)
            let others = (1...7).map { PointObservation.increase("count_\($0)", "0", since: time + .seconds(-60)) }
            let points = [.increase("count_0", "25", since: time + .seconds(-60))] + others
            bench.append(bench.observation("loops", EngineBench.stamp(time), nil, .reading(points)))
        }
        Self.count(&bench, "3000", "21 07:00", "21 08:30")
        let peak = try bench.payload("traffic-peak", Self.site, .day, at("21 07:00"))
        #expect(peak["value"] == 2_000)
        #expect(peak["reason"] == "interpolated")
        #expect(peak["peak_hour_factor"] == .absent)
    }

    @Test func `of days of silence is each day's part`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("23 12:00"), .increase("volume", "480", since: at("21 12:00")))
        let days = try ["21", "22", "23"].map { day in
            let figure = try bench.figure("water-volume", "site-sumber-soyo", .day, at("\(day) 10:00"))
            return "\(figure.text ?? "-") \(figure.doubt?.word ?? "good")"
        }
        #expect(days == ["120 interpolated", "240 interpolated", "120 interpolated"])
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .month, at("21 10:00")).text == "480")
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .hour, at("22 03:00")).text == "10")
    }

    @Test func `told late changes closed windows, which are told again`() throws {
        var bench = try EngineBench()
        #expect(bench.engine.nextFinals(for: "city", now: at("21 07:00")) == nil)
        while let batch = bench.engine.nextFinals(for: "city", now: at("21 07:50")) {
            bench.engine.delivered(batch, to: "city")
        }
        Self.count(&bench, "400", "21 07:00", "21 08:00")
        let late = try bench.offer("city", at("21 08:01"))
        let told = late.figures.filter { $0.indicator.id == Self.vehicles && $0.scope == Self.site }
        #expect(
            told.map { "\($0.window.from.description.dropFirst(11).prefix(5)) \($0.text ?? "-")" }.sorted() == [
                "00:00 100", "00:15 100", "00:30 100",
            ]
        )
    }

    // MARK: What is lost

    /// A counter that fell makes its quarter, hour and day uncertain, whatever else was read.
    @Test(arguments: ["counter_gap", "counter_reset", "device_clock"])
    func `that was lost makes its windows uncertain`(reason: String) throws {
        var bench = try EngineBench()
        for minute in 0..<1_440 {
            let time = at("21 00:00") + .seconds(60 * minute)
            var volume = PointObservation.increase("volume", "1", since: time + .seconds(-60))
            if minute == 600 {
                volume = PointObservation(
                    name: "volume",
                    value: .zero,
                    quality: .uncertain,
                    increase: nil,
                    since: nil,
                    reason: Reason(word: reason)
                )
            }
            bench.append("flow-soyo", time, volume)
        }
        for kind in [WindowKind.quarter, .hour, .day] {
            let json = try bench.payload("water-volume", "site-sumber-soyo", kind, at("21 09:59"))
            #expect(json["reason"].string == reason)
            #expect(json["unknown"] == ["times": 1, "seconds": 60])
        }
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .hour, at("21 10:00")).doubt == nil)
        // One quarter is less than a tenth of a month.
        let month = try bench.payload("water-volume", "site-sumber-soyo", .month, at("21 10:00"))
        #expect(month["reason"] == "incomplete")
        #expect(month["unknown"] == ["times": 1, "seconds": 60])
    }

    @Test func `that was lost for more than a tenth of a month makes it uncertain`() throws {
        var bench = try EngineBench()
        func lost(_ time: Instant) -> PointObservation {
            PointObservation(
                name: "volume",
                value: .zero,
                quality: .uncertain,
                increase: nil,
                since: nil,
                reason: .counterGap
            )
        }
        bench.append("flow-soyo", at("10 00:00"), .increase("volume", "1", since: at("09 23:59")))
        bench.append("flow-soyo", at("12 23:00"), lost(at("12 23:00")))
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .month, at("21 10:00")).doubt == .incomplete)
        bench.append("flow-soyo", at("13 23:00"), lost(at("13 23:00")))
        let month = try bench.figure("water-volume", "site-sumber-soyo", .month, at("21 10:00"))
        #expect(month.doubt == .unknown(.counterGap))
        #expect(month.unknown.times == 2)
        #expect(month.unknown.quarters == 380)
    }

    @Test func `over a bad total at a window's edge is shared out`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 07:58"), .increase("volume", "1", since: at("21 07:57")))
        for minute in ["07:59", "08:00"] { bench.append("flow-soyo", at("21 \(minute)"), .bad("volume")) }
        bench.append("flow-soyo", at("21 08:02"), .increase("volume", "4", since: at("21 07:58")))
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .hour, at("21 07:00")).text == "3")
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .hour, at("21 08:00")).text == "2")
    }
}

/// Devices that send their own time: the order of arrival does not matter.
@Suite struct `Readings with a time of their own` {
    private static func volume(_ total: Int, increase: Int? = nil, since: Instant? = nil) -> PointObservation {
        PointObservation(
            name: "volume",
            value: Fixed(total),
            quality: .good,
            increase: increase.map { Fixed($0) },
            since: since
        )
    }

    private static func hour(_ bench: inout EngineBench, _ time: String) throws -> String? {
        try bench.figure("water-volume", "site-sumber-soyo", .hour, at(time)).text
    }

    /// The present came first, and the backlog after it: much of it was once counted twice.
    @Test func `that come after the present find their place`() throws {
        var bench = try EngineBench()
        let times = (1...60).map { at("21 10:00") + .seconds(60 * $0) }
        bench.append("flow-soyo", at("21 12:00"), source: times[59], Self.volume(600))
        for index in 0..<59 {
            bench.append("flow-soyo", at("21 12:00"), source: times[index], Self.volume(10 * (index + 1)))
        }
        #expect(try Self.hour(&bench, "21 10:00") == "590")
        let figure = try bench.figure("water-volume", "site-sumber-soyo", .hour, at("21 10:00"))
        #expect(figure.received == 59)
        #expect(figure.doubt == nil)
    }

    @Test func `split the increase that they fall into`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 09:30"), source: at("21 09:30"), Self.volume(0))
        let present = Self.volume(400, increase: 400, since: at("21 09:30"))
        bench.append("flow-soyo", at("21 10:30"), source: at("21 10:30"), present)
        #expect(try Self.hour(&bench, "21 09:00") == "200")
        bench.append("flow-soyo", at("21 10:31"), source: at("21 10:00"), Self.volume(350))
        #expect(try Self.hour(&bench, "21 09:00") == "350")
        #expect(try Self.hour(&bench, "21 10:00") == "50")
        bench.append("flow-soyo", at("21 10:32"), source: at("21 09:45"), Self.volume(10))
        let quarters = try ["09:30", "09:45", "10:00", "10:15"].map {
            try bench.figure("water-volume", "site-sumber-soyo", .quarter, at("21 \($0)")).text
        }
        #expect(quarters == ["10", "340", "25", "25"])
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .day, at("21 10:00")).text == "400")
    }

    @Test func `told twice count once, and the last word holds`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:00"), source: at("21 10:00"), Self.volume(0))
        for _ in 0..<3 {
            let second = Self.volume(100, increase: 100, since: at("21 10:00"))
            bench.append("flow-soyo", at("21 10:10"), source: at("21 10:10"), second)
        }
        let third = Self.volume(150, increase: 50, since: at("21 10:10"))
        bench.append("flow-soyo", at("21 10:20"), source: at("21 10:20"), third)
        #expect(try Self.hour(&bench, "21 10:00") == "150")
        bench.append("flow-soyo", at("21 10:21"), source: at("21 10:10"), Self.volume(120))
        #expect(try Self.hour(&bench, "21 10:00") == "150")
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .quarter, at("21 10:00")).text == "135")
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .hour, at("21 10:00")).received == 3)
    }

    @Test func `of a clock that was set back begin anew`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:00"), source: at("21 10:00"), Self.volume(0))
        let second = Self.volume(100, increase: 100, since: at("21 10:00"))
        bench.append("flow-soyo", at("21 10:10"), source: at("21 10:10"), second)
        var set = Self.volume(150)
        set.quality = .uncertain
        set.reason = .deviceClock
        bench.append("flow-soyo", at("21 10:20"), source: at("21 08:20"), set)
        let next = Self.volume(160, increase: 10, since: at("21 08:20"))
        bench.append("flow-soyo", at("21 10:30"), source: at("21 08:30"), next)
        let hour = try bench.figure("water-volume", "site-sumber-soyo", .hour, at("21 10:00"))
        #expect(hour.text == "100")
        #expect(try Self.hour(&bench, "21 08:00") == "10")
        // Values between the two clocks may come twice, or never.
        for time in ["21 08:20", "21 10:00"] {
            let unsure = try bench.figure("water-volume", "site-sumber-soyo", .quarter, at(time))
            #expect(unsure.doubt == .unknown(.deviceClock))
        }
        #expect(try bench.figure("water-volume", "site-sumber-soyo", .quarter, at("21 10:15")).doubt == .noData)
    }

    @Test func `of values hold until the next in their own order`() throws {
        var bench = try EngineBench()
        for (time, value) in [("10:00", "10"), ("10:02", "30"), ("10:03", "0")] {
            bench.append("flow-soyo", at("21 12:00"), source: at("21 \(time)"), .good("discharge", value))
        }
        bench.append("flow-soyo", at("21 12:01"), source: at("21 10:05"), .bad("discharge"))
        // (10 x 120 + 30 x 60 + 0 x 120) / 300.
        #expect(try bench.figure("water-discharge", "site-sumber-soyo", .hour, at("21 10:00")).text == "10")
        bench.append("flow-soyo", at("21 12:02"), source: at("21 10:01"), .good("discharge", "20"))
        // (10 x 60 + 20 x 60 + 30 x 60 + 0 x 120) / 300.
        #expect(try bench.figure("water-discharge", "site-sumber-soyo", .hour, at("21 10:00")).text == "12")
    }
}

/// The rows of a camera or a counter, each for an interval.
@Suite struct `The row of an interval` {
    private static func bench(interval: String = "1h") throws -> EngineBench {
        let field = Field.text().replacing(
            "node: t1, site: jalan-doho, interval: 15min",
            with: "node: t1, site: jalan-doho, interval: \(interval)"
        )
        return try EngineBench(
            Shipped.indicators(),
            Field.configuration(
                field.replacing("car_units: steps", with: "car_units: mkji-2-2ud-narrow").replacing(
                    "levels: bands",
                    with: "levels: vc-bands"
                )
            )
        )
    }

    private static func row(_ bench: inout EngineBench, _ start: String, cars: String, arrival: String? = nil) {
        bench.append(
            "telraam-1",
            at(arrival ?? start) + .seconds(3_660),
            source: at(start),
            .good("car_lft", cars),
            .good("car_rgt", "0"),
            .good("heavy_lft", "0"),
            .good("heavy_rgt", "0"),
            .good("bike_lft", "0"),
            .good("bike_rgt", "0")
        )
    }

    private static let site = "device-telraam-1"

    /// Three deliveries of 300 cars were once 900.
    @Test func `told three times counts once`() throws {
        var bench = try Self.bench()
        for _ in 0..<3 { Self.row(&bench, "21 10:00", cars: "300") }
        let json = try bench.payload("traffic-volume", Self.site, .hour, at("21 10:00"))
        #expect(json["value"] == 300)
        #expect(json["quality"] == .absent)
        #expect(json["received"] == 1)
        #expect(json["completeness"] == 1)
    }

    /// A bridge that sends the time when it looked, not when the interval began.
    @Test func `told again a moment later is the same row, and the next interval's is another`() throws {
        var bench = try Self.bench()
        for start in ["21 10:00:00", "21 10:00:01", "21 10:29:00"] { Self.row(&bench, start, cars: "300") }
        #expect(try bench.figure("traffic-volume", Self.site, .day, at("21 10:00")).text == "300")
        Self.row(&bench, "21 11:00:00", cars: "100")
        #expect(try bench.figure("traffic-volume", Self.site, .day, at("21 10:00")).text == "400")
        #expect(try bench.figure("traffic-volume", Self.site, .day, at("21 10:00")).received == 2)
    }

    @Test func `told again with another number is revised`() throws {
        var bench = try Self.bench()
        for cars in ["300", "280", "280"] { Self.row(&bench, "21 10:00", cars: cars) }
        #expect(try bench.figure("traffic-volume", Self.site, .hour, at("21 10:00")).text == "280")
        #expect(try bench.figure("traffic-volume", Self.site, .day, at("21 10:00")).text == "280")
        bench.save(now: at("21 12:00"))
        bench.crash()
        Self.row(&bench, "21 10:00", cars: "290.5")
        #expect(try bench.figure("traffic-volume", Self.site, .day, at("21 10:00")).text == "290.5")
    }

    @Test func `of an hour makes no quarter, no peak hour, no saturation and no level`() throws {
        let bench = try Self.bench()
        let kinds = bench.plan.assignments.filter { $0.scope == Self.site }.map {
            "\($0.indicator.id) \($0.windows.map(\.rawValue))"
        }
        #expect(kinds.contains("traffic-volume [\"hour\", \"day\", \"month\", \"year\"]"))
        let quarterly = try Self.bench(interval: "15min")
        let own = quarterly.plan.assignments.first { $0.scope == Self.site && $0.indicator.id == "traffic-volume" }
        #expect(own?.windows.first == .quarter)
        // At the site, beside the camera, it feeds the flow of an hour.
        let flow = try #require(
            bench.plan.assignments.first { $0.scope == "site-jalan-doho" && $0.indicator.id == "traffic-flow-pcu" }
        )
        #expect(flow.members(for: .hour).map(\.device).sorted() == ["camera", "telraam-1"])
        #expect(flow.members(for: .quarter).map(\.device) == ["camera"])
        for id in ["traffic-saturation", "traffic-level-of-service"] {
            let figure = try #require(
                bench.plan.assignments.first { $0.scope == "site-jalan-doho" && $0.indicator.id == id }
            )
            #expect(figure.members(for: .hour).map(\.device) == ["camera"])
        }
    }
}
