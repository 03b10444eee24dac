import Contract
import Documents
import Domain
import Indicators
import TestSupport
import Testing

@testable import Merging

@Suite struct `A silent gateway` {
    /// Three gateways with a meter each; the third is silent since nine in the morning.
    private static func roster(_ metas: [DeviceMeta] = all, silent: [String] = ["c"]) -> Roster {
        Roster(metas: metas, silent: silent.reduce(into: [:]) { $0[$1] = at("09:00") }, zone: wib)
    }

    private static let all = ["a", "b", "c"].map { Made.meter($0) }

    private static func feeding() throws -> Feeding {
        let log = ProblemLog()
        let catalogue = IndicatorCatalogue.read(file: Repository.root + "/config/indicators.yaml", log: log)
        return Feeding(try #require(catalogue))
    }

    /// What gateways said at nine, an hour before the figure is merged.
    private static let nine = [
        Made.sum("a", "10", revision: 600), Made.sum("b", "10", revision: 600),
        Made.sum("c", "10", revision: 540, expected: 540),
    ]

    @Test func `still counts, and owes readings until now`() throws {
        let figure = try Made.city(Self.nine, roster: Self.roster())
        #expect(figure.text == "30")
        #expect(figure.sources.gateways == 3)
        #expect(figure.sources.silent == ["c"])
        #expect(figure.outcome.account.expected == 1_800)
        #expect(figure.outcome.account.counted == 1_740)
        #expect(figure.outcome.completeness?.description == "0.9666")
        #expect(figure.outcome.doubt == nil)
    }

    @Test func `owes no more than the window has`() throws {
        let figure = try Made.city(Self.nine, now: at("23:00") + .seconds(7_200), roster: Self.roster())
        #expect(figure.outcome.account.expected == 600 + 600 + 1_440)
    }

    @Test func `owes what it said when it said it at the window's beginning`() throws {
        let figure = try Made.city([Made.sum("c", "0", revision: 0, expected: 7)], roster: Self.roster())
        #expect(figure.outcome.account.expected == 7)
    }

    @Test func `makes the figure incomplete in the end`() throws {
        let early = [Made.sum("a", "10"), Made.sum("c", "10", revision: 60, expected: 60)]
        let figure = try Made.city(early, roster: Self.roster(Self.all.filter { $0.gateway != "b" }))
        #expect(figure.outcome.completeness?.description == "0.55")
        #expect(figure.reason == "incomplete")
    }

    @Test func `that sent nothing of the window owes what its devices are read for`() throws {
        let figure = try Made.city(Array(Self.nine.prefix(2)), roster: Self.roster(), feeding: Self.feeding())
        #expect(figure.sources.gateways == 3)
        #expect(figure.sources.silent == ["c"])
        #expect(figure.outcome.account.expected == 1_800)
        #expect(figure.outcome.completeness?.description == "0.6666")
        #expect(figure.reason == "missing_part")
    }

    @Test func `is not named when it has said its last word on the window`() throws {
        let finals = ["a", "b", "c"].map { Made.sum($0, "10", revision: 1_442, isFinal: true, expected: 1_440) }
        let figure = try Made.city(finals, now: at("23:00") + .seconds(7_200), roster: Self.roster())
        #expect(figure.sources.silent == [])
        #expect(!figure.isProvisional)
        #expect(figure.outcome.account.expected == 4_320)
    }

    @Test func `keeps a closed window provisional for thirty days`() throws {
        let messages = [
            Made.sum("a", "10", revision: 1_442, isFinal: true, expected: 1_440),
            Made.sum("c", "10", revision: 540, expected: 540),
        ]
        let end = at("00:00") + .seconds(86_400)
        let roster = Self.roster(Self.all.filter { $0.gateway != "b" })
        let waiting = try Made.city(messages, now: end + .seconds(30 * 86_400 - 1), roster: roster)
        #expect(waiting.isProvisional)
        let closed = try Made.city(messages, now: end + .seconds(30 * 86_400), roster: roster)
        #expect(!closed.isProvisional)
        #expect(closed.outcome.doubt == .init(quality: .uncertain, reason: "missing_part"))
        #expect(closed.sources.silent == ["c"])
    }

    @Test func `of many is named with the first hundred`() throws {
        let gateways = (0..<150).map { "g-\(100 + $0)" }
        let roster = Self.roster(gateways.map { Made.meter($0) }, silent: gateways)
        let figure = try Made.city([Made.sum("a", "1")], roster: roster, feeding: Self.feeding())
        #expect(figure.sources.silent.count == 100)
        #expect(figure.sources.silent.first == "g-100")
        #expect(figure.sources.silentCount == 150)
        #expect(figure.sources.gateways == 151)
    }

    @Test(arguments: [
        ("a device without a verification", Made.meter("c", verified: nil)),
        ("a device that is verified later", Made.meter("c", verified: "2026-11-22")),
        ("a device that measures something else", Made.meter("c", measures: "waste", points: ["net"])),
        ("a device without the point", Made.meter("c", points: ["level"])),
        ("a second device for the same water", Made.meter("c", labels: [.init("duplicate_of", .string("flow"))])),
    ]) func `is not waited for with`(what: String, meta: DeviceMeta) throws {
        let roster = Self.roster(Self.all.filter { $0.gateway != "c" } + [meta])
        let figure = try Made.city(Array(Self.nine.prefix(2)), roster: roster, feeding: Self.feeding())
        #expect(figure.sources.gateways == 2, "\(what)")
        #expect(figure.sources.silent == [], "\(what)")
    }

    @Test func `is not waited for in a window that is shorter than its interval`() throws {
        let roster = Self.roster(["a", "c"].map { Made.meter($0, interval: .seconds(7_200)) })
        var hour = Made.figure("a", window: .hour, at: at("09:00"), revision: 60)
        hour.isProvisional = false
        let figure = try Made.city([hour], roster: roster, feeding: Self.feeding())
        #expect(figure.sources.gateways == 1)
        #expect(!figure.isProvisional)
    }

    @Test func `is not waited for in a window before it was heard of`() throws {
        var roster = Self.roster()
        roster.gateways["c"]?.since = at("00:00") + .seconds(86_400)
        let figure = try Made.city(Array(Self.nine.prefix(2)), roster: roster, feeding: Self.feeding())
        #expect(figure.sources.gateways == 2)
    }

    @Test func `is waited for in its own kelurahan only`() throws {
        let metas = [Made.meter("a"), Made.meter("c", kelurahan: "Tosaren")]
        let messages = ["gateway", "kelurahan-bawang"].map { Made.sum("a", "1", scope: $0) }
        let figures = Made.merged(messages, roster: Self.roster(metas), feeding: try Self.feeding())
        #expect(figures.map(\.sources.gateways) == [2, 1])
    }
}

@Suite struct `A gateway that is there` {
    @Test func `and has not sent its last word keeps the figure provisional`() throws {
        let roster = Roster(metas: [Made.meter("a"), Made.meter("b")], zone: wib)
        let messages = [
            Made.sum("a", "10", revision: 1_442, isFinal: true, expected: 1_440),
            Made.sum("b", "10", revision: 1_439, expected: 1_439),
        ]
        let figure = try Made.city(messages, now: at("00:00") + .seconds(86_400 + 120), roster: roster)
        #expect(figure.isProvisional)
        #expect(figure.sources.silent == [])
        #expect(figure.outcome.account.expected == 1_440 + 1_439)
    }

    @Test func `with two journals gives what both counted, and is expected once`() throws {
        let figure = try Made.city([
            Made.sum("a", "9", revision: 540, expected: 540, epochs: ["7-0000000a"]),
            Made.sum("a", "1", revision: 600, expected: 600, epochs: ["1-0000000b"]),
        ])
        #expect(figure.text == "10")
        #expect(figure.sources.gateways == 1)
        #expect(figure.outcome.account.expected == 600)
        #expect(figure.outcome.account.counted == 600)
    }

    @Test func `with two journals is final with the newer one`() throws {
        let figure = try Made.city(
            [
                Made.sum("a", "9", revision: 540, expected: 540, epochs: ["7-0000000a"]),
                Made.sum("a", "1", revision: 1_442, isFinal: true, expected: 1_440, epochs: ["1-0000000b"]),
            ],
            now: at("00:00") + .seconds(86_400 + 120)
        )
        #expect(figure.text == "10")
        #expect(!figure.isProvisional)
    }

    @Test func `with two journals cannot say how many sites both of them saw`() throws {
        func units(_ devices: Int, _ revision: Int, _ epoch: String) -> FigureMessage {
            Made.figure(
                "a",
                "waste-units-active",
                revision: revision,
                parts: .init(merging: .distinct, devices: devices),
                epochs: [epoch]
            )
        }
        let figure = try Made.city([units(3, 540, "7-0000000a"), units(2, 600, "1-0000000b")])
        #expect(figure.text == "3")
        #expect(figure.reason == "missing_part")
    }
}
