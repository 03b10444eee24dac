import Domain
import Foundation
import Installation
import TestSupport
import Testing

@testable import Indicators

@Suite struct `The engine` {
    private static let volume = "water-volume"
    private static let soyo = "site-sumber-soyo"

    /// Sixty readings of an hour, a minute apart, each an increase of 1 m3; the last increase comes with the reading
    /// after the hour.
    private static func hour(_ bench: inout EngineBench, minutes: Range<Int> = 0..<60) {
        for minute in minutes {
            let time = at("21 10:00") + .seconds(60 * minute)
            bench.append("flow-soyo", time, .increase("volume", "1", since: time + .seconds(-60)))
        }
        bench.append("flow-soyo", at("21 11:00"), .increase("volume", "1", since: at("21 10:59")))
    }

    // MARK: Completeness and quality

    @Test func `counts a whole hour as complete`() throws {
        var bench = try EngineBench()
        Self.hour(&bench)
        let json = try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:00"))
        #expect(json["value"] == 60)
        #expect(json["completeness"] == 1)
        #expect(json["expected"] == 60)
        #expect(json["received"] == 60)
        #expect(json["excluded"] == 0)
        #expect(json["quality"] == .absent)
        #expect(json["provisional"] == false)
        #expect(json["from"] == "2026-11-21T03:00:00.000Z")
        #expect(json["to"] == "2026-11-21T04:00:00.000Z")
        #expect(json["zone"] == "Asia/Jakarta")
        #expect(json["counted"] == 60)
        #expect(json["readings"] == [["epoch": "1-00000001", "from": 1, "to": 61]])
        #expect(json["method"] == "by-water-volume")
        #expect(json["baseline"] == ["year": 2023, "value": 900])
    }

    @Test(arguments: [(54, false), (53, true)]) func `calls less than the share that must count incomplete`(
        minutes: Int,
        isIncomplete: Bool
    ) throws {
        var bench = try EngineBench()
        Self.hour(&bench, minutes: 0..<minutes)
        let figure = try bench.figure(Self.volume, Self.soyo, .hour, at("21 10:00"))
        #expect(figure.doubt == (isIncomplete ? .incomplete : nil))
        // The increase of the first reading belongs to the hour before, that of the reading at 11:00 to this one.
        #expect(figure.text == "\(minutes)")
    }

    @Test func `expects of an open window what is due by now`() throws {
        var bench = try EngineBench()
        Self.hour(&bench, minutes: 0..<20)
        let json = try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:00"), asOf: at("21 10:20"))
        #expect(json["expected"] == 20)
        #expect(json["completeness"] == 1)
        #expect(json["provisional"] == true)
        #expect(json["revision"] == 20)
        #expect(json["quality"] == .absent)
    }

    @Test func `tells 0 from no data`() throws {
        var bench = try EngineBench()
        for minute in 10..<60 { bench.append("flow-soyo", at("21 10:\(minute)"), .increase("volume", "0")) }
        let zero = try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:00"))
        let none = try bench.payload(Self.volume, Self.soyo, .hour, at("21 11:00"))
        #expect(zero["value"] == 0)
        #expect(none["value"] == .null)
        #expect(none["quality"] == "bad")
        #expect(none["reason"] == "no_data")
        #expect(none["completeness"] == 0)
    }

    @Test func `takes a counter without an increase for no data, not for 0`() throws {
        var bench = try EngineBench()
        // Elsewhere the same indicator takes events, where a present device means 0.
        bench.append("loops", at("21 10:00"), .increase("count_0", nil))
        #expect(try bench.figure("traffic-volume", "site-simpang-4", .hour, at("21 10:00")).doubt == .noData)
    }

    @Test func `takes bad and uncertain readings for missing`() throws {
        var bench = try EngineBench()
        for minute in 0..<60 {
            let time = at("21 10:\(minute < 10 ? "0" : "")\(minute)")
            switch minute {
            case 0..<2: bench.append("flow-soyo", time, .bad("discharge"))
            case 2..<5: bench.append("flow-soyo", time, .uncertain("discharge", "1000"))
            default: bench.append("flow-soyo", time, .good("discharge", "12.5"))
            }
        }
        let json = try bench.payload("water-discharge", "device-flow-soyo", .hour, at("21 10:00"))
        #expect(json["value"] == 12.5)
        #expect(json["maximum"] == 12.5)
        #expect(json["received"] == 60)
        #expect(json["counted"] == 55)
        #expect(json["excluded"] == 5)
        #expect(json["unverified"] == .absent)
        // Rounded down.
        #expect(json["completeness"] == 0.9166)
    }

    @Test func `excludes devices that are not verified and shows them`() throws {
        var bench = try EngineBench()
        for minute in 10..<60 {
            bench.append("flow-bulus", at("21 10:\(minute)"), .increase("volume", "1"))
            bench.append("flow-new", at("21 10:\(minute)"), .increase("volume", "1000"))
        }
        let site = try bench.payload(Self.volume, "site-sumber-bulus", .hour, at("21 10:00"))
        #expect(site["value"] == 50)
        #expect(site["received"] == 100)
        #expect(site["excluded"] == 50)
        #expect(site["unverified"] == 50)
        let alone = try bench.payload(Self.volume, "device-flow-new", .hour, at("21 10:00"))
        #expect(alone["value"] == .null)
        #expect(alone["reason"] == "no_data")
        #expect(alone["received"] == 50)
    }

    // MARK: Counters

    @Test(arguments: [
        // 6 of 65 m3 belong to the hour: 30 s of 5 min.
        ("60", "21 09:55:30", "65", nil as Figure.Doubt?),
        // 8 of 67 are more than a tenth.
        ("80", "21 09:55:30", "67", .interpolated),
    ]) func `shares out an increase from before the window`(
        increase: String,
        since: String,
        sum: String,
        doubt: Figure.Doubt?
    ) throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:00:30"), .increase("volume", increase, since: at(since)))
        for minute in 1..<60 {
            let time = at("21 10:00:30") + .seconds(60 * minute)
            bench.append("flow-soyo", time, .increase("volume", "1", since: time + .seconds(-60)))
        }
        let figure = try bench.figure(Self.volume, Self.soyo, .hour, at("21 10:00"))
        #expect(figure.text == sum)
        #expect(figure.doubt == doubt)
        let before = try bench.figure(Self.volume, Self.soyo, .hour, at("21 09:00"))
        #expect(before.text == (increase == "60" ? "54" : "72"))
        #expect(before.doubt == .interpolated)
        // For the day it is an increase like any other.
        let day = try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00"))
        #expect(day.doubt == .incomplete)
        #expect(day.text == (increase == "60" ? "119" : "139"))
    }

    @Test func `sums a counter over its wrap, and leaves out what a reset cannot tell`() throws {
        var bench = try EngineBench()
        // 4294967290 -> 10: the normalizer has reported 16; then a reset with the increase since; then a gap without an
        // increase.
        bench.append("loops", at("21 10:14"), .increase("count_0", "16", since: at("21 10:13")))
        bench.append("loops", at("21 10:20"), .increase("count_0", "7", since: at("21 10:19"), quality: .uncertain))
        bench.append("loops", at("21 10:21"), .increase("count_0", nil, quality: .uncertain))
        bench.append("loops", at("21 10:22"), .increase("count_0", "3", since: at("21 10:21")))
        let hour = try bench.payload("traffic-volume", "site-simpang-4", .hour, at("21 10:00"))
        #expect(hour["value"] == 19)
        #expect(hour["excluded"] == 2)
        let second = try bench.payload("traffic-volume", "site-simpang-4", .quarter, at("21 10:15"))
        #expect(second["value"] == 3)
    }

    @Test func `puts an increase that ends at midnight into the day before`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 23:59"), .increase("volume", "1", since: at("21 23:58")))
        bench.append("flow-soyo", at("22 00:00"), .increase("volume", "1", since: at("21 23:59")))
        bench.append("flow-soyo", at("22 00:01"), .increase("volume", "1", since: at("22 00:00")))
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 12:00")).text == "2")
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("22 12:00")).text == "1")
        #expect(try bench.figure(Self.volume, Self.soyo, .month, at("22 12:00")).text == "3")
        #expect(try bench.figure(Self.volume, Self.soyo, .year, at("22 12:00")).text == "3")
    }

    // MARK: Time

    @Test func `puts a reading into the window of its source time`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 12:30"), source: at("21 10:05"), .increase("volume", "4"))
        #expect(try bench.figure(Self.volume, Self.soyo, .hour, at("21 10:00")).text == "4")
        #expect(try bench.figure(Self.volume, Self.soyo, .hour, at("21 12:00")).text == nil)
    }

    @Test(arguments: [
        ("an hour ahead", moment("2026-11-21T04:05:00Z"), true),
        ("more than an hour ahead", moment("2026-11-21T04:05:00.001Z"), false),
        ("400 days back", moment("2025-10-17T03:05:00Z"), true),
        ("more than 400 days back", moment("2025-10-17T03:04:59Z"), false),
        ("1970", moment("1970-01-01T00:00:10Z"), false),
    ]) func `does not believe a source time that cannot be`(_: String, source: Instant, isBelieved: Bool) throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:05"), source: source, .increase("volume", "4"))
        #expect(try bench.figure(Self.volume, Self.soyo, .day, source).text == (isBelieved ? "4" : nil))
        let arrival = try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:05"))
        #expect(arrival["excluded"] == (isBelieved ? 0 : 1))
        #expect(arrival["unverified"] == .absent)
    }

    @Test func `does not call an event unverified whose source time cannot be`() throws {
        var bench = try EngineBench()
        let event = Event(
            "passage",
            severity: .info,
            stamp: EngineBench.stamp(at("21 10:00")),
            device: "camera",
            sourceTime: moment("1970-01-01T00:00:00Z"),
            byDevice: true,
            data: [("event_id", .string("1")), ("class", .string("car"))]
        )
        bench.append(event)
        let key = try #require(bench.plan.feeds["camera"]?.last?.eventTaps["passage"]?.first?.key)
        let tally = bench.engine.bins.days(of: key, month: wib.day(of: at("01 00:00")))[
            wib.day(of: at("21 10:00")).number
        ]
        #expect(tally.whole.excluded == 1)
        #expect(tally.whole.unverified == 0)
    }

    /// A stamp from a boot whose clock was wrong by years.
    private static func unsynchronised(uptime: Int64, boot: String = "boot-2") -> Stamp {
        EngineBench.stamp(
            Instant(millisecondsSince1970: 1_000_000 + uptime),
            boot: boot,
            synchronised: false,
            uptime: uptime
        )
    }

    private static func clockEvent(boot: String = "boot-2", bootTime: Instant) -> Event {
        Event(
            "clock",
            severity: .info,
            stamp: EngineBench.stamp(bootTime + .seconds(3_600)),
            data: [
                ("clock", .string("synchronised")), ("boot", .string(boot)),
                ("boot_time_ms", .integer(bootTime.millisecondsSince1970)),
            ]
        )
    }

    @Test(arguments: [false, true]) func `holds readings until their clock comes`(crash: Bool) throws {
        var bench = try EngineBench()
        let (first, second) = (Self.unsynchronised(uptime: 60_000), Self.unsynchronised(uptime: 120_000))
        bench.append("flow-soyo", first.time, stamp: first, .increase("volume", "5", since: at("21 09:00")))
        bench.append("flow-soyo", second.time, stamp: second, .increase("volume", "7", since: first.time))
        let other = Self.unsynchronised(uptime: 60_000, boot: "boot-0")
        bench.append("flow-soyo", other.time, stamp: other, .increase("volume", "1000"))
        if crash {
            bench.save(now: at("21 10:00"))
            bench.crash()
        }
        #expect(try bench.figure(Self.volume, Self.soyo, .hour, at("21 10:00")).doubt == .noData)
        bench.append(Self.clockEvent(bootTime: at("21 10:00")))
        let json = try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:00"))
        // The first increase began before this boot, by a clock that was right: the others' correction does not apply
        // to it. So 60 of its 61 minutes belong to the hour before.
        #expect(json["value"] == 7.081967214)
        #expect(json["received"] == 2)
        if crash { bench.crash() }
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00")).text == "12")
        // A second event releases nothing again.
        bench.append(Self.clockEvent(bootTime: at("21 10:00")))
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00")).text == "12")
    }

    @Test func `judges a source time by a clock that is right only`() throws {
        var bench = try EngineBench()
        let stamp = Self.unsynchronised(uptime: 60_000)
        bench.append("flow-soyo", stamp.time, source: at("21 10:00:59"), stamp: stamp, .increase("volume", "5"))
        bench.append(Self.clockEvent(bootTime: at("21 10:00")))
        let json = try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:00"))
        #expect(json["value"] == 5)
        #expect(json["excluded"] == 0)
    }

    @Test func `finds weighings of the time before the clock came`() throws {
        var bench = try EngineBench()
        for (index, net) in ["0", "9", "0"].enumerated() {
            let stamp = Self.unsynchronised(uptime: Int64(index) * 60_000)
            bench.append("scale-1", stamp.time, stamp: stamp, .good("net", net))
        }
        #expect(bench.weighings.isEmpty)
        bench.append(Self.clockEvent(bootTime: at("21 10:00")))
        #expect(try bench.figure("waste-collected", "gateway", .day, at("21 10:00")).text == "9")
        #expect(bench.weighings.first?.stamp.time == at("21 10:02"))
        #expect(bench.weighings.first?.stamp.clock == .synchronised)
    }

    // MARK: Targets

    @Test(arguments: [
        ("99", true, "open"), ("99", false, "missed"), ("100", true, "met"), ("100", false, "met"),
    ]) func `tells how a sum stands to its target`(sum: String, isOpen: Bool, standing: String) throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:00"), .increase("volume", sum))
        let now = isOpen ? at("21 12:00") : nil
        let json = try bench.payload(Self.volume, Self.soyo, .day, at("21 10:00"), asOf: now)
        #expect(json["target"]["standing"].string == standing)
        #expect(json["target"]["year"] == 2026)
        #expect(json["target"]["value"] == 100)
        #expect(json["target"]["sense"] == "at_least")
        // It is the target of that scope and window only.
        #expect(try bench.payload(Self.volume, "gateway", .day, at("21 10:00"))["target"] == .absent)
        #expect(try bench.payload(Self.volume, Self.soyo, .hour, at("21 10:00"))["target"] == .absent)
    }

    @Test(arguments: [("21", true, "open"), ("21", false, "missed"), ("20", true, "open"), ("20", false, "met")])
    func `leaves open how a mean will stand until its window is over`(
        mean: String,
        isOpen: Bool,
        standing: String
    ) throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:00"), .good("discharge", mean))
        let now = isOpen ? at("21 10:30") : nil
        let json = try bench.payload("water-discharge", Self.soyo, .hour, at("21 10:00"), asOf: now)
        #expect(json["target"]["standing"].string == standing)
    }

    @Test func `does not know how a window without data stands`() throws {
        var bench = try EngineBench()
        let json = try bench.payload(Self.volume, Self.soyo, .day, at("21 10:00"))
        #expect(json["target"]["standing"] == "unknown")
    }
}
