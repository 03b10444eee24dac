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
        let completeAbove = share?.fixed() ?? Fixed(billionths: 900_000_000)
        if !(Fixed.zero...Fixed(1)).contains(completeAbove) {
            share?.fail("outside 0 to 1: it is a share, not a percentage")
        }
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
            "sum", "count", "mean", "space_mean", "minimum", "maximum", "share", "availability", "distinct", "flow",
            "saturation", "level", "peak_hour", "anomaly",
        ]
        let night = map.optional("night").flatMap(hours)
        let registered = map.optional("registered")?.integer(in: 1...1_000_000)
        let across = map.optional("across")?.word(Measure.Across.self)
        let leap = map.optional("leap")?.mapping()
        let anomaly = leap.flatMap { leap -> Measure.Anomaly? in
            // Where the sources define a leap themselves, only the bins are given here.
            let isWhole = leap.has("factor") || leap.has("step")
            let bins = leap.required("bins")?.integer(in: 4...96)
            let rule = isWhole ? self.leap(leap) : nil
            leap.finish()
            guard let bins, !isWhole || rule != nil else { return nil }
            return Measure.Anomaly(leap: rule, bins: bins)
        }
        guard let node = map.required("measure"),
            let word = node.word(of: Dictionary(uniqueKeysWithValues: words.map { ($0, $0) }))
        else { return nil }
        switch word {
        case "sum": return .sum
        case "count": return .count
        case "mean": return .mean(night: night, across: across)
        case "space_mean": return .spaceMean
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

    private func leap(_ map: DocumentMap) -> Measure.Leap? {
        let factor = map.required("factor")?.fixed()
        let step = map.required("step")?.fixed()
        let unit = map.optional("unit")?.unit()
        guard let factor, let step else { return nil }
        return Measure.Leap(factor: factor, step: step, unit: unit)
    }

    /// Hours of the day; `[0, 4]` is from midnight until four.
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
        let speeds = map.optional("speeds")?.oneOrMore().compactMap { $0.string() }
        let event = map.optional("event")?.string()
        let amount = map.optional("amount")?.string()
        let alive = map.optional("alive")?.oneOrMore().compactMap { $0.string() } ?? []
        let limits = map.optional("limits").flatMap(limits)
        let weight = map.optional("weight")?.string()
        let leap = map.optional("leap")?.mapping().flatMap { map in
            defer { map.finish() }
            return self.leap(map)
        }
        var origins: [String: SourceRule.Origin] = [:]
        for name in names {
            guard let text = map.optional(name)?.string() else { continue }
            origins[name] = text.hasPrefix("data.") ? .data(String(text.dropFirst(5))) : .word(text)
        }
        map.finish()
        let whats: [SourceRule.What?] = [
            increase.map { .increase($0) }, counters.map { .counters($0) }, values.map { .values($0) },
            speeds.map { .speeds($0) }, event.map { .events(name: $0, amount: amount) },
        ]
        guard let what = whats.compactMap(\.self).first, whats.compactMap(\.self).count == 1 else {
            map.fail("a source has one of \"increase\", \"counters\", \"values\", \"speeds\" and \"event\"")
            return nil
        }
        return SourceRule(
            measures: measures,
            profiles: profiles,
            what: what,
            alive: alive,
            limits: limits,
            weight: weight,
            leap: leap,
            by: origins
        )
    }

    /// Reads `[6, 9]`, where both are within and `~` is no limit on that side; or `{ at_least: 6, below: 9, unit:
    /// "[pH]" }`.
    private func limits(_ node: DocumentNode) -> SourceRule.Limits? {
        if node.isMapping { return node.mapping().flatMap { limits(node, $0) } }
        guard let list = node.list(), list.count == 2 else {
            node.fail("expected the lowest and the highest value such as [6, 9], ~ for none")
            return nil
        }
        let bounds = list.map { element in
            element.isNull ? nil : element.fixed().map { SourceRule.Limits.Bound(value: $0, isIncluded: true) }
        }
        return checked(SourceRule.Limits(lowest: bounds[0], highest: bounds[1]), node)
    }

    private func limits(_ node: DocumentNode, _ map: DocumentMap) -> SourceRule.Limits? {
        func bound(_ included: String, _ excluded: String) -> SourceRule.Limits.Bound? {
            let (first, second) = (map.optional(included), map.optional(excluded))
            if first != nil, second != nil { second?.fail("\"\(included)\" is given too; keep one") }
            if let value = first?.fixed() { return .init(value: value, isIncluded: true) }
            return second?.fixed().map { .init(value: $0, isIncluded: false) }
        }
        var limits = SourceRule.Limits(lowest: bound("at_least", "above"), highest: bound("at_most", "below"))
        limits.unit = map.optional("unit")?.unit()
        map.finish()
        if limits.lowest == nil, limits.highest == nil {
            node.fail("names no limit: at_least, above, at_most or below")
        }
        return checked(limits, node)
    }

    private func checked(_ limits: SourceRule.Limits, _ node: DocumentNode) -> SourceRule.Limits {
        if let lowest = limits.lowest?.value, let highest = limits.highest?.value, lowest > highest {
            node.fail("the lowest value is above the highest")
        }
        return limits
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
        let isUnsourced = map.optional("unsourced")?.bool() ?? false
        let perLane = map.optional("flow_of")?.word(of: ["road": false, "lane": true]) ?? false
        let isOfDirections = map.optional("each_direction")?.bool() ?? false
        let steps = map.required("steps")?.oneOrMore().compactMap { node -> CarUnitTable.Step? in
            guard let step = node.mapping() else { return nil }
            defer { step.finish() }
            var units: [String: Fixed] = [:]
            for (name, node) in step.required("units")?.mapping()?.entries() ?? [] { units[name] = node.fixed() }
            return CarUnitTable.Step(below: step.optional("below")?.fixed(), units: units)
        }
        map.finish()
        guard let name, let source, let steps, !steps.isEmpty else { return nil }
        return CarUnitTable(
            name: name,
            source: source,
            isUnsourced: isUnsourced,
            perLane: perLane,
            isOfDirections: isOfDirections,
            steps: steps
        )
    }

    static func levels(_ map: DocumentMap) -> LevelTable? {
        let name = map.required("name")?.string()
        let source = map.required("source")?.string()
        let year = map.optional("year")?.integer(in: 1900...2100)
        let isUnsourced = map.optional("unsourced")?.bool() ?? false
        let kind = map.optional("by")?.word(LevelTable.Kind.self) ?? .saturation
        let steps = map.required("steps")?.mapping()?.entries().map { level, node in
            LevelTable.Step(level: level, bound: node.isNull ? nil : node.fixed())
        }
        map.finish()
        guard let name, let source, let steps, !steps.isEmpty else { return nil }
        return LevelTable(
            name: name,
            source: source,
            year: year,
            isUnsourced: isUnsourced,
            kind: kind,
            steps: steps
        )
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
