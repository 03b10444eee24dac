import Documents
import Installation
import Profiles
import TestSupport
import Testing

@testable import Indicators

/// A small catalogue with one word replaced, and what is reported about it.
struct Misspelling: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var word: String
    var replacement: String
    var slips: [String]
    var notes: [String] = []

    static let text = """
        weighings:
          - { profile: laumas-w100, net: net, gross: gross, minimum: 0.1 }
        indicators:
          water-volume:
            name: { id: Volume, en: Volume }
            theme: environment
            dimension: environment
            unit: m3
            method: { name: sum, source: this test }
            measure: sum
            from: [{ measures: water, increase: [volume] }, { profile: telraam, values: [car_lft] }]
            windows: [day]
            scopes: [site]
            targets: [{ window: day, scope: site-sumber-soyo, at_least: { 2026: 90 } }]
          deposits:
            name: { id: Setoran, en: Deposits }
            theme: environment
            dimension: environment
            method: { name: count, source: this test }
            measure: count
            from: { event: weighing, amount: net, alive: [net, weight] }
            windows: [day]
            scopes: [site]

        """

    static let all = [
        Misspelling(
            testDescription: "a point",
            word: "[volume]",
            replacement: "[volumee]",
            slips: [
                "i.yaml:11:42: indicators.water-volume.from.0.increase.0: no profile that measures water has a point "
                    + "\"volumee\"; did you mean \"volume\"?"
            ]
        ),
        Misspelling(
            testDescription: "a point of a named profile",
            word: "car_lft",
            replacement: "car_left",
            slips: [
                "i.yaml:11:82: indicators.water-volume.from.1.values.0: profile \"telraam\" has no point \"car_left\"; "
                    + "did you mean \"car_lft\"?"
            ]
        ),
        Misspelling(
            testDescription: "a profile",
            word: "profile: telraam",
            replacement: "profile: telram",
            slips: [
                "i.yaml:11:64: indicators.water-volume.from.1.profile: no profile is named \"telram\"; "
                    + "did you mean \"telraam\"?"
            ]
        ),
        Misspelling(
            testDescription: "the net weight",
            word: "net: net",
            replacement: "net: nett",
            slips: [
                "i.yaml:2:34: weighings.0.net: profile \"laumas-w100\" has no point \"nett\"; did you mean \"net\"?"
            ]
        ),
        Misspelling(
            testDescription: "what tells that a device lives",
            word: "[net, weight]",
            replacement: "[net, wieght]",
            slips: [
                "i.yaml:21:56: indicators.deposits.from.alive.1: no profile has a point \"wieght\"; "
                    + "did you mean \"weight\"?"
            ]
        ),
        Misspelling(
            testDescription: "an event",
            word: "event: weighing",
            replacement: "event: weighng",
            slips: [
                "i.yaml:21:20: indicators.deposits.from.event: no profile has an event \"weighng\"; "
                    + "did you mean \"weighing\"?"
            ]
        ),
        Misspelling(
            testDescription: "a target's scope",
            word: "site-sumber-soyo",
            replacement: "site-sumber-sojo",
            slips: [
                "i.yaml:14:37: indicators.water-volume.targets.0.scope: this gateway has no scope "
                    + "\"site-sumber-sojo\"; did you mean \"site-sumber-soyo\"?"
            ]
        ),
        Misspelling(
            testDescription: "a point that some later profile may have",
            word: "[volume]",
            replacement: "[volume, potassium]",
            slips: [],
            notes: ["the catalogue names points that no profile has: potassium"]
        ),
        Misspelling(
            testDescription: "a point of a profile that is not here",
            word: "{ profile: telraam, values: [car_lft] }",
            replacement: "{ profile: radar-9000, values: [car_left] }",
            slips: [],
            notes: ["the catalogue names profiles that are not here: radar-9000"]
        ),
        // Gateways share a catalogue: a name that differs only in digits is another's site.
        Misspelling(
            testDescription: "another gateway's numbered site",
            word: "site-sumber-soyo",
            replacement: "site-simpang-9",
            slips: [],
            notes: ["the catalogue names scopes that this gateway does not have: site-simpang-9"]
        ),
    ]

    func checked() throws -> CatalogueCheck {
        try #require(Self.text.contains(word))
        let log = ProblemLog()
        let text = Self.text.replacing(word, with: replacement)
        let catalogue = try #require(IndicatorCatalogue.read(text: text, file: "i.yaml", log: log), "\(log.problems)")
        let configuration = try Field.configuration()
        return CatalogueCheck(catalogue: catalogue, configuration: configuration, profiles: Shipped.catalogue)
    }
}

@Suite struct `A name in the catalogue` {
    @Test func `that something has is neither slip nor note`() throws {
        let check = try Misspelling(testDescription: "none", word: "net", replacement: "net", slips: []).checked()
        #expect(check.slips.isEmpty && check.notes.isEmpty)
    }

    @Test(arguments: Misspelling.all) func `that nothing has is told`(wrong: Misspelling) throws {
        let check = try wrong.checked()
        #expect(check.slips.map(\.description) == wrong.slips)
        #expect(check.notes.map(\.description) == wrong.notes)
    }

    @Test func `of the shipped catalogue is no slip`() throws {
        let check = CatalogueCheck(
            catalogue: try Shipped.indicators(),
            configuration: try Field.configuration(),
            profiles: Shipped.catalogue
        )
        #expect(check.slips.isEmpty)
        #expect(
            check.notes.map(\.description) == [
                "the catalogue names points that no profile has: speed"
            ]
        )
    }
}
