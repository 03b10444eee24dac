import Domain
import Installation
import Profiles

extension Measure {
    /// Whether its value has the unit of its sources.
    var keepsUnit: Bool {
        switch self {
        case .sum, .mean, .spaceMean, .minimum, .maximum: true
        default: false
        }
    }

    /// Whether it needs the road.
    var needsRoad: Bool { self == .flow || self == .saturation || self == .level }
}

extension IndicatorCatalogue {
    /// An indicator with its rules for one profile.
    typealias Rules = (indicator: IndicatorDefinition, rules: [SourceRule])

    /// The indicators that devices of a profile feed.
    func rules(for profile: Profile) -> [Rules] {
        indicators.compactMap { indicator in
            let rules = indicator.rules.filter { $0.matches(profile) }
            return rules.isEmpty ? nil : (indicator, rules)
        }
    }
}

extension SourceRule {
    func matches(_ profile: Profile) -> Bool {
        Matching.takes(profile, measures: measures, profiles: profiles)
    }

    /// The suffix that keeps bins with this breakdown apart from others of the same point: `|class=car,direction`, with
    /// the rule's own words.
    func suffix(by names: [String]) -> String {
        guard !names.isEmpty else { return "" }
        let parts = names.map { name in
            switch by[name] {
            case .word(let word): "\(name)=\(word)"
            case .data(let member): "\(name)=data.\(member)"
            case nil: name
            }
        }
        return "|" + parts.joined(separator: ",")
    }

    /// The word for a name of the breakdown: the rule's word, otherwise the device's label for that point
    /// (`count_0.class`), otherwise the device's label (`class`).
    func word(_ name: String, of point: String?, _ device: Placement) -> String? {
        switch by[name] {
        case .word(let word): return word
        case .data: return nil
        case nil: break
        }
        let keys = [point.map { "\($0).\(name)" }, name].compactMap(\.self)
        return keys.lazy.compactMap { key in device.labels.first { $0.key == key }?.value }.first
    }
}

extension IndicatorDefinition {
    /// How several devices of a place combine. If the catalogue does not give it, flows add up and levels do not.
    var across: Measure.Across? {
        guard case .mean(_, let across) = measure else { return nil }
        if let across { return across }
        if let unit, let flow = Unit("m3/s"), unit.isConvertible(to: flow) { return .sum }
        if let unit, let length = Unit("m"), unit.isConvertible(to: length) { return .gauge }
        return .mean
    }
}

extension WeighingRule {

    func matches(_ device: Placement) -> Bool {
        Matching.takes(device.profile, measures: measures, profiles: profiles)
            && device.profile.points.contains { $0.name == net && !$0.isPrivate }
    }

    /// The rule with the operator's settings for this scale.
    func set(by weighing: Weighing?) -> WeighingRule {
        var rule = self
        if let minimum = weighing?.minimum.flatMap({ Fixed($0) }) { rule.minimum = minimum }
        if let tare = weighing?.tare.flatMap({ Fixed($0) }) { rule.tare = tare }
        if let stable = weighing?.stable { rule.stable = stable }
        return rule
    }
}

/// Says which devices a rule of the catalogue takes.
enum Matching {
    /// What a rule takes that names neither what is measured nor a profile: what the city's figures are made of. A
    /// device of another kind at a site changes no figure until the catalogue names it.
    static let unnamed: Set<Profile.Measures> = [.water, .waste, .traffic]

    static func takes(_ profile: Profile, measures: Profile.Measures?, profiles: [String]?) -> Bool {
        if measures == nil, profiles == nil { return unnamed.contains(profile.measures) }
        return (measures.map { $0 == profile.measures } ?? true) && (profiles.map { $0.contains(profile.id) } ?? true)
    }
}
