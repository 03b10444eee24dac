import Documents
import Domain
import Profiles

/// Reads `indicators.yaml`.
struct CatalogueReader {
    let log: ProblemLog

    func read(_ map: DocumentMap) -> IndicatorCatalogue? {
        var catalogue = IndicatorCatalogue.empty
        catalogue.hash = map.contentHash
        catalogue.grace = map.optional("grace")?.duration(in: .zero ... .seconds(86_400)) ?? catalogue.grace
        catalogue.provisionalEvery =
            map.optional("provisional_every")?.duration(in: .seconds(60) ... .seconds(3_600))
            ?? catalogue.provisionalEvery
        for (name, node) in map.optional("car_units")?.mapping()?.entries() ?? [] {
            catalogue.carUnits[name] = node.mapping().flatMap(TableReader.carUnits)
        }
        for (name, node) in map.optional("levels")?.mapping()?.entries() ?? [] {
            catalogue.levels[name] = node.mapping().flatMap(TableReader.levels)
        }
        for node in map.optional("weighings")?.list() ?? [] {
            if let rule = node.mapping().flatMap(weighing) { catalogue.weighings.append(rule) }
        }
        for (id, node) in map.required("indicators")?.mapping()?.entries() ?? [] {
            if !Identifier.isID(id) {
                node.failName("\"\(id)\" is not an id: lower-case letters, digits and \"-\", at most 48")
            }
            if let definition = node.mapping().flatMap({ definition(id, $0) }) {
                catalogue.indicators.append(definition)
            }
        }
        map.finish()
        return log.isEmpty ? catalogue : nil
    }

    private func definition(_ id: String, _ map: DocumentMap) -> IndicatorDefinition? {
        let names = map.required("name")?.mapping()
        let name = (names?.required("id")?.string(), names?.required("en")?.string())
        names?.finish()
        let theme = map.required("theme")?.word(IndicatorDefinition.Theme.self)
        let dimension = map.required("dimension")?.word(IndicatorDefinition.Dimension.self)
        let unit = map.optional("unit")?.unit()
        let methods = map.required("method")?.mapping()
        let method = (methods?.required("name")?.string(), methods?.required("source")?.string())
        methods?.finish()
        let measure = measure(map)
        let by = map.optional("by")?.oneOrMore().compactMap { $0.string() } ?? []
        let rules = map.required("from")?.oneOrMore().compactMap { node in
            node.mapping().flatMap { rule($0, by: by) }
        }
        let windows = map.required("windows")?.oneOrMore().compactMap { $0.word(WindowKind.self) } ?? []
        let scopes = map.required("scopes")?.oneOrMore().compactMap { $0.word(IndicatorDefinition.Scope.self) } ?? []
        let share = map.optional("complete_above")
        let completeAbove = share?.number()?.double ?? 0.9
        if !(0...1).contains(completeAbove) { share?.fail("outside 0 to 1: it is a share, not a percentage") }
        let baseline = map.optional("baseline")?.mapping().flatMap(baseline)
        let targets = map.optional("targets")?.oneOrMore().compactMap { $0.mapping().flatMap(target) } ?? []
        map.finish()
        guard let first = name.0, let second = name.1, let theme, let dimension, let methodName = method.0,
            let source = method.1, let measure, let rules, !rules.isEmpty
        else { return nil }
        return IndicatorDefinition(
            id: id,
            name: (first, second),
            theme: theme,
            dimension: dimension,
            unit: unit,
            method: .init(name: methodName, source: source),
            measure: measure,
            rules: rules,
            by: by,
            windows: windows.sorted(),
            scopes: scopes,
            completeAbove: completeAbove,
            baseline: baseline,
            targets: targets
        )
    }

    private func measure(_ map: DocumentMap) -> Measure? {
        let words = [
            "sum", "count", "mean", "minimum", "maximum", "share", "availability", "distinct", "flow", "saturation",
            "level", "peak_hour", "anomaly",
        ]
        let night = map.optional("night").flatMap(hours)
        let registered = map.optional("registered")?.integer(in: 1...1_000_000)
        let leap = map.optional("leap")?.mapping()
        let anomaly = leap.flatMap { leap -> Measure.Anomaly? in
            defer { leap.finish() }
            guard let factor = leap.required("factor")?.fixed(), let step = leap.required("step")?.fixed(),
                let bins = leap.required("bins")?.integer(in: 4...96)
            else { return nil }
            return Measure.Anomaly(factor: factor, step: step, bins: bins)
        }
        guard let node = map.required("measure"),
            let word = node.word(of: Dictionary(uniqueKeysWithValues: words.map { ($0, $0) }))
        else { return nil }
        switch word {
        case "sum": return .sum
        case "count": return .count
        case "mean": return .mean(night: night)
        case "minimum": return .minimum
        case "maximum": return .maximum
        case "share": return .share
        case "availability": return .availability
        case "distinct": return .distinct(registered: registered)
        case "flow": return .flow
        case "saturation": return .saturation
        case "level": return .level
        case "peak_hour": return .peakHour
        default:
            guard let anomaly else {
                if leap == nil { node.fail("an anomaly needs \"leap: { factor, step, bins }\"") }
                return nil
            }
            return .anomaly(anomaly)
        }
    }

    /// Hours of the day, `[0, 4]` from midnight until four.
    private func hours(_ node: DocumentNode) -> Range<Int>? {
        guard let list = node.list(), list.count == 2, let first = list[0].integer(in: 0...23),
            let last = list[1].integer(in: 1...24), first < last
        else {
            node.fail("expected two hours of the day such as [0, 4]")
            return nil
        }
        return first..<last
    }

    private func rule(_ map: DocumentMap, by names: [String]) -> SourceRule? {
        let measures = map.optional("measures")?.word(Profile.Measures.self)
        let profiles = map.optional("profile")?.oneOrMore().compactMap { $0.string() }
        let increase = map.optional("increase")?.oneOrMore().compactMap { $0.string() }
        let counters = map.optional("counters")?.unit()
        let values = map.optional("values")?.oneOrMore().compactMap { $0.string() }
        let event = map.optional("event")?.string()
        let amount = map.optional("amount")?.string()
        let alive = map.optional("alive")?.oneOrMore().compactMap { $0.string() } ?? []
        let limits = map.optional("limits").flatMap(limits)
        var origins: [String: SourceRule.Origin] = [:]
        for name in names {
            guard let text = map.optional(name)?.string() else { continue }
            origins[name] = text.hasPrefix("data.") ? .data(String(text.dropFirst(5))) : .word(text)
        }
        map.finish()
        let whats: [SourceRule.What?] = [
            increase.map { .increase($0) }, counters.map { .counters($0) }, values.map { .values($0) },
            event.map { .events(name: $0, amount: amount) },
        ]
        guard let what = whats.compactMap(\.self).first, whats.compactMap(\.self).count == 1 else {
            map.fail("a source has one of \"increase\", \"counters\", \"values\" and \"event\"")
            return nil
        }
        return SourceRule(
            measures: measures,
            profiles: profiles,
            what: what,
            alive: alive,
            limits: limits,
            by: origins
        )
    }

    /// `[6, 9]`; `~` for no limit on that side.
    private func limits(_ node: DocumentNode) -> SourceRule.Limits? {
        guard let list = node.list(), list.count == 2 else {
            node.fail("expected the lowest and the highest value such as [6, 9], ~ for none")
            return nil
        }
        let bounds = list.map { $0.isNull ? nil : $0.fixed() }
        if let lowest = bounds[0], let highest = bounds[1], lowest > highest {
            node.fail("the lowest value is above the highest")
        }
        return SourceRule.Limits(lowest: bounds[0], highest: bounds[1])
    }

    private func weighing(_ map: DocumentMap) -> WeighingRule? {
        let measures = map.optional("measures")?.word(Profile.Measures.self)
        let profiles = map.optional("profile")?.oneOrMore().compactMap { $0.string() }
        let net = map.required("net")?.string()
        let gross = map.optional("gross")?.string()
        let minimum = map.required("minimum")?.fixed()
        map.finish()
        guard let net, let minimum else { return nil }
        return WeighingRule(measures: measures, profiles: profiles, net: net, gross: gross, minimum: minimum)
    }

    private func baseline(_ map: DocumentMap) -> IndicatorDefinition.Baseline? {
        let year = map.required("year")?.integer(in: 1990...2100)
        let value = map.required("value")?.fixed()
        map.finish()
        guard let year, let value else { return nil }
        return .init(year: year, value: value)
    }

    private func target(_ map: DocumentMap) -> IndicatorDefinition.Target? {
        let window = map.required("window")?.word(WindowKind.self)
        let scope = map.optional("scope")?.string()
        let senses = IndicatorDefinition.Target.Sense.allCases.map { ($0, map.optional($0.rawValue)) }
        map.finish()
        let given = senses.compactMap { sense, node in node.map { (sense, $0) } }
        guard given.count == 1, let window else {
            if given.count != 1 { map.fail("a target has either \"at_least\" or \"at_most\": years with their values") }
            return nil
        }
        var years: [Int: Fixed] = [:]
        for (name, node) in given[0].1.mapping()?.entries() ?? [] {
            guard let year = Int(name), (1990...2100).contains(year) else {
                node.failName("expected a year, found \"\(name)\"")
                continue
            }
            years[year] = node.fixed()
        }
        return .init(window: window, scope: scope, sense: given[0].0, years: years)
    }
}

/// Reads the named tables of traffic engineering.
enum TableReader {
    static func carUnits(_ map: DocumentMap) -> CarUnitTable? {
        let name = map.required("name")?.string()
        let source = map.required("source")?.string()
        let perLane = map.optional("flow_of")?.word(of: ["road": false, "lane": true]) ?? false
        let steps = map.required("steps")?.oneOrMore().compactMap { node -> CarUnitTable.Step? in
            guard let step = node.mapping() else { return nil }
            defer { step.finish() }
            var units: [String: Fixed] = [:]
            for (name, node) in step.required("units")?.mapping()?.entries() ?? [] { units[name] = node.fixed() }
            return CarUnitTable.Step(below: step.optional("below")?.fixed(), units: units)
        }
        map.finish()
        guard let name, let source, let steps, !steps.isEmpty else { return nil }
        return CarUnitTable(name: name, source: source, perLane: perLane, steps: steps)
    }

    static func levels(_ map: DocumentMap) -> LevelTable? {
        let name = map.required("name")?.string()
        let source = map.required("source")?.string()
        let steps = map.required("steps")?.mapping()?.entries().map { level, node in
            LevelTable.Step(level: level, upTo: node.isNull ? nil : node.fixed())
        }
        map.finish()
        guard let name, let source, let steps, !steps.isEmpty else { return nil }
        return LevelTable(name: name, source: source, steps: steps)
    }
}

extension DocumentNode {
    /// A number, to billionths.
    func fixed() -> Fixed? {
        guard let number = number() else { return nil }
        guard let fixed = Fixed(number) else {
            fail("\(number) is too large")
            return nil
        }
        return fixed
    }
}
