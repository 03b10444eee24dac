import Contract
import Domain
import Testing

@testable import Merging

@Suite struct `A merged figure` {
    private static let end = at("00:00") + .seconds(86_400 + 120)

    private func part(
        _ gateway: String,
        value: String? = "10",
        _ reason: String?,
        counted: Int = 600
    ) -> FigureMessage {
        Made.figure(
            gateway,
            value: value,
            parts: .init(merging: .sum, count: 1, sum: number(value ?? "0")),
            reason: reason,
            account: (600, counted, counted, 0)
        )
    }

    @Test func `has no data when no part has any`() throws {
        let figure = try Made.city(["a", "b"].map { part($0, value: nil, "no_data", counted: 0) })
        #expect(figure.outcome.doubt == .init(quality: .bad, reason: "no_data"))
        #expect(figure.text == nil)
    }

    @Test func `has the data of the part that has some`() throws {
        let figure = try Made.city([part("a", value: nil, "no_data", counted: 0), part("b", nil)])
        #expect(figure.text == "10")
        #expect(figure.reason == "incomplete")
    }

    @Test(arguments: ["interpolated", "counter_gap", "counter_reset", "device_clock", "missing_part"])
    func `has the reason of a part`(reason: String) throws {
        #expect(try Made.city([part("a", nil), part("b", reason)]).reason == reason)
    }

    @Test func `has the first of several reasons`() throws {
        let parts = [part("a", "interpolated"), part("b", "counter_gap"), part("c", nil, counted: 0)]
        #expect(try Made.city(parts).reason == "counter_gap")
    }

    @Test func `is complete or not anew`() throws {
        let parts = [part("a", "incomplete", counted: 500), part("b", nil), part("c", nil)]
        let figure = try Made.city(parts)
        #expect(figure.outcome.completeness?.description == "0.9444")
        #expect(figure.outcome.doubt == nil)
    }

    @Test func `needs the completeness that its parts name`() throws {
        var parts = [part("a", nil, counted: 590), part("b", nil)]
        for index in parts.indices { parts[index].parts?.completeAbove = number("0.995") }
        #expect(try Made.city(parts).reason == "incomplete")
    }

    @Test func `is too early as long as every part is`() throws {
        func mean(_ gateway: String, _ reason: String?) -> FigureMessage {
            Made.figure(
                gateway,
                value: reason == nil ? "5" : nil,
                parts: .init(merging: .mean, integral: number("50"), milliseconds: 10_000),
                reason: reason
            )
        }
        let early = try Made.city([mean("a", "too_early"), mean("b", "too_early")])
        #expect(early.reason == "too_early")
        #expect(early.text == nil)
        let known = try Made.city([mean("a", "too_early"), mean("b", nil)])
        #expect(known.text == "5")
        #expect(known.reason == nil)
    }

    @Test func `has the losses of all parts`() throws {
        var parts = [part("a", nil), part("b", nil)]
        parts[0].unknown = .init(times: 1, milliseconds: 60_000)
        parts[1].unknown = .init(times: 2, milliseconds: 500)
        #expect(try Made.city(parts).outcome.unknown == .init(times: 3, milliseconds: 60_500))
    }

    @Test(arguments: [
        ("at_least", "20", "met", "met"), ("at_least", "19", "met", "met"), ("at_most", "19", "missed", "missed"),
        ("at_least", "21", "open", "missed"), ("at_most", "20", "open", "met"),
    ]) func `is compared with the target anew`(sense: String, wanted: String, open: String, closed: String) throws {
        let target = FigureMessage.Target(year: 2026, value: number(wanted), sense: sense, standing: "unknown")
        func parts(isFinal: Bool) -> [FigureMessage] {
            ["a", "b"].map {
                Made.figure($0, revision: isFinal ? 1_442 : 600, isFinal: isFinal, target: target)
            }
        }
        let before = try Made.city(parts(isFinal: false)).target
        // What was reached stays reached: a sum only grows.
        #expect(before?.standing == open)
        #expect(before?.value == target.value)
        #expect(try Made.city(parts(isFinal: true), now: Self.end).target?.standing == closed)
        #expect(try Made.city(parts(isFinal: true), now: Self.end).baseline?.value == number("980"))
    }

    @Test func `does not take a kecamatan's target for the city's`() throws {
        let target = FigureMessage.Target(year: 2026, value: number("5"), sense: "at_least", standing: "met")
        let figures = Made.merged([Made.figure("a", scope: "kecamatan-pesantren", target: target)])
        #expect(figures.map(\.target) == [nil, target])
    }
}

@Suite struct `A revision of a merged figure` {
    private static let first = Made.merged([Made.sum("a", "1")])[0]

    @Test func `counts the minutes since the window began`() {
        var book = MergedBook()
        #expect(book.issue(Self.first)?.revision == 600)
    }

    @Test func `is not issued when nothing has changed`() {
        var book = MergedBook()
        _ = book.issue(Self.first)
        var later = Self.first
        later.revision = 601
        #expect(book.issue(later) == nil)
    }

    @Test func `grows with every issue, also within a minute`() {
        var book = MergedBook()
        _ = book.issue(Self.first)
        let second = Made.merged([Made.sum("a", "2")])[0]
        #expect(book.issue(second)?.revision == 601)
        #expect(book.issue(Self.first)?.revision == 602)
    }

    @Test func `grows after a start that knows what was published`() {
        var before = MergedBook()
        _ = before.issue(Self.first)
        let published = before.issue(Made.merged([Made.sum("a", "2")])[0])
        var after = MergedBook()
        if let published { after.restore(published) }
        #expect(after.issue(Made.merged([Made.sum("a", "2")])[0]) == nil)
        #expect(after.issue(Made.merged([Made.sum("a", "3")])[0])?.revision == 602)
    }

    @Test func `of a closed window does not open it again`() {
        var book = MergedBook()
        var closed = Self.first
        closed.isProvisional = false
        _ = book.issue(closed)
        let late = book.issue(Made.merged([Made.sum("a", "2")])[0])
        #expect(late?.isProvisional == false)
        #expect(late?.revision == 601)
    }
}
