import Documents
import Domain
import Installation
import TestSupport
import Testing

@testable import Indicators

/// A device that is removed, renamed or moved leaves its counts where they were made.
@Suite struct `A device that goes` {
    private static let catalogue =
        Small.tables + "indicators:\n"
        + Small.indicator(
            "volume",
            "measure: sum",
            "unit: m3",
            "from: { measures: water, increase: volume }",
            "windows: [15min, hour, day, month, year]",
            "scopes: [device, site, gateway]"
        )
        + Small.indicator(
            "heard",
            "measure: availability",
            "from: { measures: water, values: discharge }",
            "windows: [hour, day]",
            "scopes: [site]"
        )
    private static let soyo = "site-sumber"
    private static let other = "site-other"

    private static func field(_ devices: String) throws -> Configuration {
        try Field.configuration(
            """
            gateway: kdr-test-01
            timezone: Asia/Jakarta
            sites:
              sumber: { name: Sumber }
              other: { name: Other }
            buses:
              field: { tcp: 127.0.0.1:502 }
            devices:
            \(devices)
            destinations:
              city: { mqtt: mqtts://broker.example, username: kdr-test-01, password_file: credential:city }
            storage: { path: /tmp, limit: 64MB }

            """
        )
    }

    private static func meter(_ id: String, _ unit: Int, at site: String = "sumber") -> String {
        "  \(id): { profile: tuf-2000m, bus: field, unit: \(unit), site: \(site), interval: 1min, \(Field.verified) }\n"
    }

    /// Meters a and b at Sumber, 5 and 7 m3 by half past ten.
    private static func bench() throws -> EngineBench {
        var bench = try EngineBench(Small.catalogue(catalogue), field(meter("a", 1) + meter("b", 2)))
        try bench.reconfigure(field(meter("a", 1) + meter("b", 2)), at: at("21 10:00"))
        for (device, time, increase) in [("a", "21 10:10", "5"), ("b", "21 10:20", "7")] {
            bench.append(device, at(time), .increase("volume", increase))
        }
        return bench
    }

    private func expectSums(_ bench: inout EngineBench, soyo: String, other: String?) throws {
        for kind in [WindowKind.hour, .day, .month, .year] {
            #expect(try bench.figure("volume", Self.soyo, kind, at("21 10:00")).text == soyo, "\(kind)")
            if let other {
                #expect(try bench.figure("volume", Self.other, kind, at("21 10:00")).text == other, "\(kind)")
            }
        }
    }

    @Test func `leaves what it counted in the windows that are open, of each length`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("b", 2)), at: at("21 10:30"))
        bench.append("b", at("21 10:40"), .increase("volume", "1"))
        try expectSums(&bench, soyo: "13", other: nil)
    }

    @Test func `is expected until it was taken out, and no longer`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("b", 2)), at: at("21 10:30"))
        // 60 from b and 30 from a.
        #expect(try bench.figure("volume", Self.soyo, .hour, at("21 10:00")).expected == 90)
        #expect(try bench.figure("volume", Self.soyo, .hour, at("21 11:00")).expected == 60)
    }

    @Test func `is renamed, and what was counted by its old name and its new one is one sum`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("new-a", 1) + Self.meter("b", 2)), at: at("21 10:30"))
        bench.append("new-a", at("21 10:40"), .increase("volume", "2"))
        try expectSums(&bench, soyo: "14", other: nil)
        #expect(try bench.figure("volume", Self.soyo, .hour, at("21 10:00")).expected == 120)
    }

    @Test func `moves to another site, and its sums stay where they were counted`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("a", 1, at: "other") + Self.meter("b", 2)), at: at("21 10:30"))
        bench.append("a", at("21 10:40"), .increase("volume", "3"))
        try expectSums(&bench, soyo: "12", other: "3")
        #expect(
            try bench.figure("volume", "device-a", .day, at("21 10:00")).text == "8",
            "the device's own sum goes on"
        )
        #expect(try bench.figure("volume", "gateway", .day, at("21 10:00")).text == "15")
    }

    @Test func `moves there and back, and each site has its own`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("a", 1, at: "other") + Self.meter("b", 2)), at: at("21 10:30"))
        bench.append("a", at("21 10:40"), .increase("volume", "3"))
        try bench.reconfigure(Self.field(Self.meter("a", 1) + Self.meter("b", 2)), at: at("21 10:45"))
        bench.append("a", at("21 10:50"), .increase("volume", "4"))
        try expectSums(&bench, soyo: "16", other: "3")
    }

    @Test func `went while the gateway stood still, and is found out at its next start`() throws {
        var bench = try Self.bench()
        bench.save(now: at("21 10:30"))
        bench.restart()
        try bench.reconfigure(Self.field(Self.meter("b", 2)), at: at("21 10:35"))
        try expectSums(&bench, soyo: "12", other: nil)
        bench.save(now: at("21 10:40"))
        bench.restart()
        try bench.reconfigure(Self.field(Self.meter("b", 2)), at: at("21 10:45"))
        try expectSums(&bench, soyo: "12", other: nil)
        #expect(try bench.figure("volume", Self.soyo, .hour, at("21 10:00")).expected == 60 + 35)
    }

    @Test func `goes while nobody vouches for the clock, and until when it stood is known once somebody does`() throws {
        var bench = try Self.bench()
        let without = try Self.field(Self.meter("b", 2))
        try bench.reconfigure(without, at: moment("1970-01-01T07:00:00+07:00"), synchronised: false)
        #expect(bench.engine.knowsNotWhen)
        try bench.reconfigure(without, at: at("21 10:30"))
        #expect(!bench.engine.knowsNotWhen)
        try expectSums(&bench, soyo: "12", other: nil)
        #expect(try bench.figure("volume", Self.soyo, .hour, at("21 10:00")).expected == 90)
    }

    @Test func `has no figure of windows that began after it`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("b", 2)), at: at("21 10:30"))
        let names = bench.engine.plan.names(now: at("22 10:30"), zone: wib)
        #expect(!names.contains("environment/volume/device-a/day"))
        #expect(names.contains("environment/volume/device-a/month"))
        let figures = bench.engine.figures(from: at("21 00:00"), to: at("24 00:00"), now: at("25 00:00"), kinds: [.day])
        #expect(figures.filter { $0.scope == "device-a" }.map(\.window.from) == [at("21 00:00")])
    }

    @Test func `is computed again as it was`() throws {
        var bench = try Self.bench()
        try bench.reconfigure(Self.field(Self.meter("a", 1, at: "other")), at: at("21 10:30"))
        bench.append("a", at("21 10:40"), .increase("volume", "3"))
        var scratch = bench.engine.scratch()
        for observation in bench.journal { _ = scratch.apply(observation) }
        let day = wib.day(of: at("21 10:00"))
        let result = bench.engine.takeOver(scratch, days: day...day, now: at("21 11:00"))
        #expect(result.changed.isEmpty && result.refused.isEmpty)
        try expectSums(&bench, soyo: "12", other: "3")
    }

    @Test func `is left out of days by name, also when the journal has them no more, and taken back`() throws {
        var bench = try Self.bench()
        let day = wib.day(of: at("21 10:00"))
        bench.engine.leaveOut("a", on: day...day)
        let result = bench.engine.takeOver(bench.engine.scratch(), days: day...day, now: at("21 11:00"))
        #expect(result.changed.contains { $0.source.hasPrefix("a/") })
        try expectSums(&bench, soyo: "7", other: nil)
        #expect(try bench.figure("volume", Self.soyo, .hour, at("21 10:00")).expected == 60)
        bench.append("a", at("21 10:50"), .increase("volume", "1"))
        try expectSums(&bench, soyo: "7", other: nil)
        bench.engine.takeBack("a", on: day...day)
        var scratch = bench.engine.scratch()
        for observation in bench.journal { _ = scratch.apply(observation) }
        _ = bench.engine.takeOver(scratch, days: day...day, now: at("21 11:00"))
        try expectSums(&bench, soyo: "13", other: nil)
    }
}

/// How long all conditions of a place held, when one of them is removed.
@Suite struct `A share whose device goes` {
    private static let catalogue =
        Small.tables + "indicators:\n"
        + Small.indicator(
            "quality",
            "measure: share",
            "from: [{ values: discharge, limits: { below: 10, unit: m3/h } }]",
            "windows: [hour, day]",
            "scopes: [site]"
        )

    @Test func `keeps the time that was measured before`() throws {
        let one = try Defined.configuration(devices: Defined.meter("a", 1))
        var bench = try EngineBench(Small.catalogue(Self.catalogue), one)
        bench.engine.replace(plan: bench.plan, at: EngineBench.stamp(at("21 09:00")))
        for minute in 0...30 { bench.append("a", at("21 10:00") + .seconds(60 * minute), .good("discharge", "1")) }
        let before = try bench.figure("quality", "site-sumber", .hour, at("21 10:00"))
        try bench.reconfigure(Defined.configuration(devices: Defined.meter("b", 1)), at: at("21 10:31"))
        for minute in 31...59 { bench.append("b", at("21 10:00") + .seconds(60 * minute), .good("discharge", "20")) }
        let after = try bench.figure("quality", "site-sumber", .hour, at("21 10:00"))
        #expect(before.parts.milliseconds >= 30 * 60_000)
        #expect(after.parts.within >= 30 * 60_000)
        #expect(after.parts.milliseconds > 50 * 60_000)
    }
}
