import Contract
import Domain
import Indicators
import Testing

@testable import Merging

@Suite struct `The city's figures` {
    private static let roster = Roster(metas: [Made.meter("a"), Made.meter("b")], zone: wib)

    private static func figures() -> CityFigures { CityFigures(city: "kediri", zone: wib, feeding: .unknown) }

    @Test func `are made of what has come, and only when it changes them`() {
        var figures = Self.figures()
        figures.take(Made.sum("a", "1"), at: at("10:00"))
        #expect(figures.round(now: at("10:00"), roster: Self.roster).map(\.text) == ["1"])
        #expect(figures.round(now: at("10:01"), roster: Self.roster).map(\.text) == [])
        figures.take(Made.sum("b", "2"), at: at("10:02"))
        #expect(figures.round(now: at("10:02"), roster: Self.roster).map(\.text) == ["3"])
    }

    @Test func `count on what a silent gateway owes from minute to minute`() {
        var figures = Self.figures()
        figures.take(Made.sum("a", "1"), at: at("10:00"))
        _ = figures.round(now: at("10:00"), roster: Self.roster)
        var roster = Self.roster
        roster.gateways["a"]?.silentSince = at("10:00")
        let expected = [10, 20].map { minute in
            figures.round(now: at("10:00") + .seconds(60 * minute), roster: roster).map(\.outcome.account.expected)
        }
        #expect(expected == [[610], [620]])
    }

    @Test func `close a window when the last gateway does, and again when a late one changes it`() {
        var figures = Self.figures()
        let end = at("00:00") + .seconds(86_400)
        func final(_ gateway: String, _ sum: String, _ revision: Int) -> FigureMessage {
            Made.sum(gateway, sum, revision: revision, isFinal: true, expected: 1_440)
        }
        figures.take(final("a", "1", 1_442), at: end)
        figures.take(Made.sum("b", "2"), at: end)
        let now = end + .seconds(120)
        #expect(figures.round(now: now, roster: Self.roster).map(\.isProvisional) == [true])
        figures.take(final("b", "2", 1_442), at: now)
        let closed = figures.round(now: now + .seconds(60), roster: Self.roster)
        #expect(closed.map(\.isProvisional) == [false])
        figures.take(final("b", "2.5", 2_000), at: now)
        let late = figures.round(now: now + .seconds(120), roster: Self.roster)
        #expect(late.map(\.text) == ["3.5"])
        #expect(late.map(\.isProvisional) == [false])
        #expect((late.first?.revision ?? 0) > (closed.first?.revision ?? 0))
    }

    @Test func `close a window after thirty days by themselves`() {
        var figures = Self.figures()
        let end = at("00:00") + .seconds(86_400)
        figures.take(Made.sum("a", "1"), at: at("10:00"))
        #expect(figures.round(now: end, roster: Self.roster).map(\.isProvisional) == [true])
        #expect(figures.round(now: end + .seconds(29 * 86_400), roster: Self.roster).map(\.isProvisional) == [])
        let closed = figures.round(now: end + Merge.patience, roster: Self.roster)
        #expect(closed.map(\.isProvisional) == [false])
        #expect(closed.map(\.reason) == ["missing_part"])
        #expect(figures.round(now: end + Merge.patience + .seconds(60), roster: Self.roster).isEmpty)
    }

    @Test func `go on after a start with what was stored`() throws {
        var before = Self.figures()
        let taken = before.take(Made.sum("a", "1"), at: at("10:00"))
        guard case .begun(let part) = taken else {
            Issue.record("the first message begins a lineage")
            return
        }
        let published = before.round(now: at("10:00"), roster: Self.roster)
        var after = Self.figures()
        after.restore([part], published: published)
        #expect(after.round(now: at("10:01"), roster: Self.roster).isEmpty)
        after.take(Made.sum("b", "2"), at: at("10:02"))
        #expect(after.round(now: at("10:02"), roster: Self.roster).map(\.text) == ["3"])
    }

    @Test func `have the peak hour of the quarters that have come`() {
        var figures = Self.figures()
        for (gateway, value) in [("a", "5"), ("b", "7")] {
            for index in 0..<4 {
                figures.take(
                    Made.figure(
                        gateway,
                        "traffic-volume",
                        window: .quarter,
                        at: at("07:00") + .seconds(900 * Int64(index)),
                        isFinal: true,
                        value: value,
                        parts: .init(merging: .sum, count: 1, sum: number(value))
                    ),
                    at: at("08:02")
                )
            }
        }
        let peak = figures.round(now: at("08:02"), roster: Self.roster).first { $0.indicator == "traffic-peak-hour" }
        #expect(peak?.text == "48")
        #expect(peak?.name == "environment/traffic-peak-hour/kota/day")
    }
}
