import Documents
import Domain
import Testing

@testable import Indicators

/// A catalogue with one line of text replaced, and the problems that must be reported.
struct WrongCatalogue: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var line: String
    var replacement: String
    var problems: [String]

    init(_ name: String, _ line: String, _ replacement: String, _ problems: String...) {
        testDescription = name
        self.line = line
        self.replacement = replacement
        self.problems = problems
    }

    static let good = """
        grace: 2min
        weighings:
          - { profile: laumas-w100, net: net, minimum: 0.1 }
        car_units:
          steps: { name: Steps, source: this test, flow_of: lane, steps: [{ below: 5, units: { car: 1 } }, \
        { units: { car: 1 } }] }
        levels:
          bands: { name: Bands, source: this test, steps: { A: 0.2, F: ~ } }
        indicators:
          ph-share:
            name: { id: Mutu, en: Quality }
            theme: environment
            dimension: environment
            unit: "%"
            method: { name: share, source: this test }
            measure: share
            by: [parameter]
            from: [{ measures: water, values: [ph], limits: [6, 9], parameter: ph }]
            windows: [day]
            scopes: [site]
            complete_above: 0.8
            baseline: { year: 2023, value: 80 }
            targets: [{ window: day, at_least: { 2026: 90 } }]

        """

    func told() -> [String] {
        guard Self.good.contains(line) else { return ["the case's line is not in the text"] }
        let log = ProblemLog()
        let text = Self.good.replacing(line, with: replacement)
        let catalogue = IndicatorCatalogue.read(text: text, file: "i.yaml", log: log)
        if catalogue != nil, !log.isEmpty { return ["a catalogue came of it all the same"] }
        return log.problems.map { String($0.description.dropFirst("i.yaml".count)) }
    }
}

@Suite struct `A wrong catalogue` {
    @Test func `is made from a good one`() {
        #expect(WrongCatalogue("good", "grace", "grace").told() == [])
    }

    @Test(arguments: top + indicators + sources + targets) func `is told with place and remedy`(wrong: WrongCatalogue) {
        #expect(wrong.told() == wrong.problems)
    }

    static let top = [
        WrongCatalogue(
            "unknown key with a near word",
            "grace: 2min",
            "gracee: 2min",
            ":1:1: gracee: unknown key; did you mean \"grace\"?"
        ),
        WrongCatalogue(
            "grace beyond a day",
            "grace: 2min",
            "grace: 25h",
            ":1:8: grace: 25h is outside 0ms to 1d"
        ),
        WrongCatalogue(
            "published more than once a minute",
            "grace: 2min",
            "provisional_every: 10s",
            ":1:20: provisional_every: 10s is outside 1min to 1h"
        ),
        WrongCatalogue(
            "weighing without a point",
            "net: net, minimum: 0.1",
            "minimum: 0.1",
            ":3:5: weighings.0: \"net\" is missing"
        ),
        WrongCatalogue(
            "weighing with a word for a weight",
            "minimum: 0.1",
            "minimum: some",
            ":3:48: weighings.0.minimum: expected a number, found \"some\""
        ),
        WrongCatalogue(
            "weight beyond all weights",
            "minimum: 0.1",
            "minimum: 1e30",
            ":3:48: weighings.0.minimum: 1e+30 is too large"
        ),
        WrongCatalogue(
            "table of car units without steps",
            "steps: [{ below: 5, units: { car: 1 } }, { units: { car: 1 } }]",
            "stepps: 1",
            ":5:10: car_units.steps: \"steps\" is missing",
            ":5:59: car_units.steps.stepps: unknown key; did you mean \"steps\"?"
        ),
        WrongCatalogue(
            "flow of something else",
            "flow_of: lane",
            "flow_of: lanes",
            ":5:53: car_units.steps.flow_of: unknown word \"lanes\"; did you mean \"lane\"?"
        ),
        WrongCatalogue(
            "level that is no number",
            "A: 0.2",
            "A: best",
            ":7:56: levels.bands.steps.A: expected a number, found \"best\""
        ),
    ]

    static let indicators = [
        WrongCatalogue(
            "id with capitals",
            "  ph-share:",
            "  PH_share:",
            ":9:3: indicators.PH_share: \"PH_share\" is not an id: lower-case letters, digits and \"-\", at most 48"
        ),
        WrongCatalogue(
            "no English name",
            "{ id: Mutu, en: Quality }",
            "{ id: Mutu }",
            ":10:11: indicators.ph-share.name: \"en\" is missing"
        ),
        WrongCatalogue(
            "unknown theme",
            "theme: environment",
            "theme: environmnt",
            ":11:12: indicators.ph-share.theme: unknown word \"environmnt\"; did you mean \"environment\"?"
        ),
        WrongCatalogue(
            "unknown dimension",
            "dimension: environment",
            "dimension: lifing",
            ":12:16: indicators.ph-share.dimension: unknown word \"lifing\"; did you mean \"living\"?"
        ),
        WrongCatalogue(
            "unknown measure",
            "measure: share",
            "measure: shares",
            ":15:14: indicators.ph-share.measure: unknown word \"shares\"; did you mean \"share\"?"
        ),
        WrongCatalogue(
            "anomaly without its leap",
            "measure: share",
            "measure: anomaly",
            ":15:14: indicators.ph-share.measure: an anomaly needs \"leap: { factor, step, bins }\""
        ),
        WrongCatalogue(
            "leap over more than a day",
            "measure: share",
            "measure: anomaly\n    leap: { factor: 2, step: 1, bins: 97 }",
            ":16:39: indicators.ph-share.leap.bins: 97 is outside 4 to 96"
        ),
        WrongCatalogue(
            "night that ends before it begins",
            "measure: share",
            "measure: mean\n    night: [4, 0]",
            ":16:16: indicators.ph-share.night.1: 0 is outside 1 to 24",
            ":16:12: indicators.ph-share.night: expected two hours of the day such as [0, 4]"
        ),
        WrongCatalogue(
            "unknown window",
            "windows: [day]",
            "windows: [week]",
            ":18:15: indicators.ph-share.windows.0: unknown word \"week\"; known: 15min, day, hour, month, year"
        ),
        WrongCatalogue(
            "unknown scope",
            "scopes: [site]",
            "scopes: [sites]",
            ":19:14: indicators.ph-share.scopes.0: unknown word \"sites\"; did you mean \"site\"?"
        ),
        WrongCatalogue(
            "completeness in percent",
            "complete_above: 0.8",
            "complete_above: 80",
            ":20:21: indicators.ph-share.complete_above: outside 0 to 1: it is a share, not a percentage"
        ),
        WrongCatalogue(
            "baseline of a year long gone",
            "year: 2023",
            "year: 23",
            ":21:23: indicators.ph-share.baseline.year: 23 is outside 1990 to 2100"
        ),
    ]

    static let sources = [
        WrongCatalogue(
            "source of nothing",
            "values: [ph], limits: [6, 9]",
            "limits: [6, 9]",
            ":17:12: indicators.ph-share.from.0: "
                + "a source has one of \"increase\", \"counters\", \"values\", \"speeds\" and \"event\""
        ),
        WrongCatalogue(
            "source of two things",
            "values: [ph],",
            "values: [ph], increase: volume,",
            ":17:12: indicators.ph-share.from.0: "
                + "a source has one of \"increase\", \"counters\", \"values\", \"speeds\" and \"event\""
        ),
        WrongCatalogue(
            "breakdown that is not in by",
            "parameter: ph }",
            "parametre: ph }",
            ":17:61: indicators.ph-share.from.0.parametre: unknown key; did you mean \"parameter\"?"
        ),
        WrongCatalogue(
            "one limit",
            "limits: [6, 9]",
            "limits: 6",
            ":17:53: indicators.ph-share.from.0.limits: expected a list, found \"6\"",
            ":17:53: indicators.ph-share.from.0.limits: "
                + "expected the lowest and the highest value such as [6, 9], ~ for none"
        ),
        WrongCatalogue(
            "limits the wrong way round",
            "limits: [6, 9]",
            "limits: [9, 6]",
            ":17:53: indicators.ph-share.from.0.limits: the lowest value is above the highest"
        ),
        WrongCatalogue(
            "unknown kind of device",
            "measures: water",
            "measures: watr",
            ":17:24: indicators.ph-share.from.0.measures: unknown word \"watr\"; did you mean \"water\"?"
        ),
        WrongCatalogue(
            "unit that is not in the table",
            "values: [ph], limits: [6, 9]",
            "counters: cars",
            ":17:41: indicators.ph-share.from.0.counters: unknown unit \"cars\" (UCUM codes)",
            ":17:12: indicators.ph-share.from.0: "
                + "a source has one of \"increase\", \"counters\", \"values\", \"speeds\" and \"event\""
        ),
    ]

    static let targets = [
        WrongCatalogue(
            "target of both senses",
            "at_least: { 2026: 90 }",
            "at_least: { 2026: 90 }, at_most: { 2026: 91 }",
            ":22:15: indicators.ph-share.targets.0: "
                + "a target has either \"at_least\" or \"at_most\": years with their values"
        ),
        WrongCatalogue(
            "target of a year in words",
            "{ 2026: 90 }",
            "{ soon: 90 }",
            ":22:42: indicators.ph-share.targets.0.at_least.soon: expected a year, found \"soon\""
        ),
        WrongCatalogue(
            "target without a window",
            "window: day, at_least",
            "at_least",
            ":22:15: indicators.ph-share.targets.0: \"window\" is missing"
        ),
    ]

    @Test func `is told of every problem in one run`() {
        let text = WrongCatalogue.good.replacing("theme: environment", with: "theme: x")
            .replacing("windows: [day]", with: "windows: [x]").replacing("value: 80", with: "value: x")
        let log = ProblemLog()
        #expect(IndicatorCatalogue.read(text: text, log: log) == nil)
        #expect(log.problems.count == 3)
    }
}
