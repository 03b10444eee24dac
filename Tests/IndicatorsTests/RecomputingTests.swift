import Domain
import Testing

@testable import Indicators

@Suite struct `Computing days again` {
    private static let volume = "water-volume"
    private static let soyo = "site-sumber-soyo"
    private static let day = wib.day(of: at("21 10:00"))

    /// Three readings in two bins, saved.
    private static func bench() throws -> EngineBench {
        var bench = try EngineBench()
        for (time, increase) in [("21 10:05", "5"), ("21 10:06", "2"), ("21 10:20", "1")] {
            bench.append("flow-soyo", at(time), .increase("volume", increase))
        }
        bench.save(now: at("21 10:30"))
        return bench
    }

    private static func scratch(_ bench: EngineBench, rows: ClosedRange<Int64>) -> IndicatorEngine {
        var scratch = bench.engine.scratch()
        for observation in bench.journal where rows.contains(observation.row) { _ = scratch.apply(observation) }
        return scratch
    }

    @Test func `changes nothing where all is as it was`() throws {
        var bench = try Self.bench()
        let scratch = Self.scratch(bench, rows: 1...3)
        let result = bench.engine.takeOver(scratch, days: Self.day...Self.day, now: at("21 11:00"))
        #expect(result.changed.isEmpty)
        #expect(result.refused.isEmpty)
        #expect(result.unchanged > 0)
    }

    @Test func `refuses a day whose readings are no longer all there`() throws {
        var bench = try Self.bench()
        let scratch = Self.scratch(bench, rows: 2...3)
        let result = bench.engine.takeOver(scratch, days: Self.day...Self.day, now: at("21 11:00"))
        #expect(result.changed.isEmpty)
        #expect(result.refused.contains { ($0.before, $0.after) == (3, 2) })
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00")).text == "8")
    }

    @Test func `puts right what the bins have lost, and says which windows it changed`() throws {
        var bench = try Self.bench()
        let key = try #require(bench.saved.all.keys.first { $0.hasPrefix(BinStore.prefix) && $0.contains("volume#") })
        let source = try #require(bench.plan.uses.keys.first { key.contains("\($0)/") })
        bench.engine.bins.replace(Bins(), [:], of: source, day: Self.day)
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00")).text == nil)
        let scratch = Self.scratch(bench, rows: 1...3)
        let result = bench.engine.takeOver(scratch, days: Self.day...Self.day, now: at("21 11:00"))
        #expect(result.changed.map(\.source) == ["\(source)"])
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00")).text == "8")
        #expect(try bench.figure(Self.volume, Self.soyo, .quarter, at("21 10:20")).text == "1")
    }

    @Test func `says which day's figures read differently now, and how`() throws {
        var bench = try Self.bench()
        let key = try #require(bench.saved.all.keys.first { $0.hasPrefix(BinStore.prefix) && $0.contains("volume#") })
        let source = try #require(bench.plan.uses.keys.first { key.contains("\($0)/") })
        bench.engine.bins.replace(Bins(), [:], of: source, day: Self.day)
        bench.append("flow-bulus", at("21 10:06"), .increase("volume", "4"))
        let scratch = Self.scratch(bench, rows: 1...4)
        let (result, changes) = bench.engine.takeOverComparing(
            scratch,
            days: Self.day...Self.day,
            now: at("21 11:00")
        )
        #expect(result.changed.map(\.source) == ["\(source)"])
        let window = Window(.day, containing: at("21 10:00"), in: wib)
        func change(_ scope: String, _ old: String?, _ new: String) -> FigureChange {
            FigureChange(indicator: Self.volume, scope: scope, window: window, old: old, new: new)
        }
        #expect(
            changes == [
                change("device-flow-soyo", nil, "8"), change(Self.soyo, nil, "8"), change("kelurahan-bawang", nil, "8"),
                change("kecamatan-pesantren", "4", "12"), change("gateway", "4", "12"),
            ]
        )
        #expect(try bench.figure(Self.volume, "gateway", .day, at("21 10:00")).text == "12")
    }

    /// Only the sum of such a day is left, and no bin shows how many readings were in it.
    @Test func `does not replace the sum of a day whose bins are gone by less`() throws {
        var bench = try Self.bench()
        let key = try #require(bench.saved.all.keys.first { $0.hasPrefix(BinStore.prefix) && $0.contains("volume#") })
        let source = try #require(bench.plan.uses.keys.first { key.contains("\($0)/") })
        bench.saved.save([(key, Bins().bytes)])
        bench.crash()
        let scratch = Self.scratch(bench, rows: 2...3)
        let result = bench.engine.takeOver(scratch, days: Self.day...Self.day, now: at("21 11:00"))
        #expect(result.refused.contains { $0.source == "\(source)" && ($0.before, $0.after) == (3, 2) })
        #expect(try bench.figure(Self.volume, Self.soyo, .day, at("21 10:00")).text == "8")
    }
}
