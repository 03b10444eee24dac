import Domain
import Installation
import Testing

@testable import Indicators

@Suite struct `Figures that a destination selects` {
    /// The closed windows that a destination acknowledges, as `scope/window hh:mm`, of the volume.
    private static func take(_ bench: inout EngineBench, _ now: Instant) -> Set<String> {
        var taken: Set<String> = []
        while let batch = bench.engine.nextFinals(for: "city", now: now) {
            for figure in batch.figures where figure.indicator.id == "water-volume" {
                let local = (figure.window.from + .seconds(7 * 3_600)).description
                taken.insert("\(figure.scope)/\(figure.window.kind.rawValue) \(local.dropFirst(11).prefix(5))")
            }
            bench.engine.delivered(batch, to: "city")
        }
        return taken
    }

    private static func serve(_ bench: inout EngineBench, _ selection: FigureSelection, _ now: Instant) {
        bench.engine.serve(["city"], selecting: ["city": selection], now: now)
    }

    @Test func `are the only closed ones that it gets`() throws {
        var bench = try EngineBench()
        Self.serve(&bench, FigureSelection(scopes: [.gateway], windows: [.hour]), at("21 10:00"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        #expect(Self.take(&bench, at("21 11:10")) == ["gateway/hour 10:00"])
    }

    @Test func `begin with the windows that end after the configuration allowed them`() throws {
        var bench = try EngineBench()
        Self.serve(&bench, FigureSelection(scopes: [.gateway], windows: [.hour]), at("21 10:00"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        // The destination was away: what it is owed from before is still what was selected then.
        Self.serve(&bench, FigureSelection(scopes: [.gateway]), at("21 11:20"))
        #expect(
            Self.take(&bench, at("21 11:50")) == ["gateway/hour 10:00", "gateway/15min 11:15", "gateway/15min 11:30"]
        )
        // A late reading changes windows of both times; only what was selected then is owed.
        bench.append("flow-soyo", at("21 10:40"), .increase("volume", "1"))
        #expect(Self.take(&bench, at("21 11:51")) == ["gateway/hour 10:00"])
    }

    @Test func `are owed as selected over a restart`() throws {
        var bench = try EngineBench()
        Self.serve(&bench, FigureSelection(windows: [.hour]), at("21 10:00"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        bench.save(now: at("21 10:18"))
        bench.crash()
        Self.serve(&bench, .everything, at("21 11:20"))
        let taken = Self.take(&bench, at("21 11:50"))
        #expect(taken.contains("gateway/hour 10:00") && taken.contains("gateway/15min 11:15"))
        #expect(!taken.contains { $0.hasSuffix("15min 10:00") || $0.hasSuffix("15min 11:00") })
    }

    @Test func `that are left out now are owed no more`() throws {
        var bench = try EngineBench()
        Self.serve(&bench, .everything, at("21 10:00"))
        _ = Self.take(&bench, at("21 11:10"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        Self.serve(&bench, FigureSelection(scopes: [.gateway], windows: [.hour]), at("21 11:20"))
        #expect(Self.take(&bench, at("21 11:25")) == ["gateway/hour 10:00"])
    }

    @Test func `are written so that they can be read again`() throws {
        for selection in [
            FigureSelection.everything, FigureSelection(scopes: [.site], windows: [.quarter, .year], open: .never),
            FigureSelection(scopes: [], windows: []),
        ] { #expect(FigureSelection("\(selection)") == selection) }
        #expect(FigureSelection("nonsense") == nil)
    }

    @Test func `hold for every scope by its kind`() {
        let selection = FigureSelection(scopes: [.site], open: .never)
        #expect(selection.takes(scope: "site-sumber-soyo", window: "day"))
        #expect(!selection.takes(scope: "device-site", window: "day"))
        #expect(!selection.takes(scope: "gateway", window: "day"))
        #expect(!selection.takesOpen(scope: "site-sumber-soyo", window: "day"))
    }

    @Test func `that are open go at their pace, the newest of each`() {
        func now(_ seconds: Int64) -> Uptime { Uptime(nanoseconds: seconds * 1_000_000_000) }
        var pace = OpenPace()
        func take(_ figures: [(String, [UInt8])], _ seconds: Int64) -> [String] {
            pace.take(figures, every: .seconds(300), now: now(seconds)).map { "\($0.topic) \($0.payload)" }
        }
        #expect(take([], 0) == [])
        #expect(take([("b", [1]), ("a", [1])], 60) == ["a [1]", "b [1]"])
        for minute in 2...5 { #expect(take([("a", [UInt8(minute)])], Int64(minute) * 60) == []) }
        // A round that comes a little early is its turn all the same.
        #expect(take([("c", [6])], 359) == ["a [5]", "c [6]"])
        #expect(take([("c", [7])], 420) == [])
    }
}
