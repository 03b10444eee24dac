import Domain
import TestSupport
import Testing

@testable import Indicators

@Suite struct `After a restart` {
    @Test(arguments: [nil, 0, 1, 7, 19, 20]) func `nothing is lost or counted twice`(saved: Int?) throws {
        var bench = try EngineBench()
        for index in 0..<20 {
            if index == saved { bench.save(now: at("21 10:00")) }
            bench.append("flow-soyo", at("\(20 + index % 2) 10:\(index + 10)"), .increase("volume", "1.5"))
        }
        if saved == 20 { bench.save(now: at("21 10:00")) }
        for _ in 0..<3 { bench.crash() }
        #expect(try bench.figure("water-volume", "gateway", .month, at("21 10:00")).text == "30")
        #expect(try bench.figure("water-volume", "gateway", .day, at("20 10:00")).text == "15")
        #expect(try bench.figure("water-volume", "gateway", .hour, at("21 10:00")).received == 10)
    }

    @Test func `bins that were let go are found again`() throws {
        var bench = try EngineBench()
        for day in 10...20 {
            bench.append("flow-soyo", at("\(day) 10:05"), .increase("volume", "1"))
            bench.save(now: at("\(day) 10:06"))
        }
        // A late reading of a day that is no longer in memory.
        bench.append("flow-soyo", at("10 10:06"), .increase("volume", "1"))
        bench.save(now: at("20 10:06"))
        #expect(try bench.figure("water-volume", "gateway", .hour, at("10 10:00")).text == "2")
        #expect(try bench.figure("water-volume", "gateway", .month, at("10 10:00")).text == "12")
        bench.crash()
        #expect(try bench.figure("water-volume", "gateway", .year, at("10 10:00")).text == "12")
        #expect(bench.engine.unreadable == [])
    }

    @Test func `what cannot be read is told by its key`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "1"))
        bench.save(now: at("21 10:06"))
        bench.saved.save([(key: "bins/flow-soyo/volume#increase/2026-11-21", value: [9, 9])])
        bench.crash()
        _ = try bench.figure("water-volume", "gateway", .hour, at("21 10:00"))
        #expect(bench.engine.unreadable == ["bins/flow-soyo/volume#increase/2026-11-21"])
        #expect(try bench.figure("water-volume", "gateway", .day, at("21 10:00")).text == "1")
    }

    @Test func `an event that is told twice counts once`() throws {
        var bench = try EngineBench()
        func passage(_ id: String, _ time: Instant) -> Event {
            Event(
                "passage",
                severity: .info,
                stamp: EngineBench.stamp(time),
                device: "camera",
                byDevice: true,
                data: [("event_id", .string(id)), ("class", .string("car"))]
            )
        }
        bench.append(passage("a", at("21 10:01")))
        bench.append(passage("a", at("21 10:02")))
        bench.save(now: at("21 10:03"))
        bench.crash()
        bench.append(passage("a", at("21 10:04")))
        bench.append(passage("b", at("21 10:05")))
        let json = try bench.payload("traffic-volume", "site-jalan-doho", .hour, at("21 10:00"))
        #expect(json["value"] == 2)
        #expect(json["by"] == ["class": ["car": 2]])
    }
}
