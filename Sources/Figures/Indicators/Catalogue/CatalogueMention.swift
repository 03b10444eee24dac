public import Documents
import Domain
import Profiles

/// A name in the catalogue that is defined elsewhere, and where it appears. Only the profiles and the configuration
/// show whether it exists.
public struct CatalogueMention: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// An indicator's own name, where it is defined.
        case indicator
        case profile
        /// A point of the profiles that a rule applies to.
        case point(measures: String?, profiles: [String])
        case event
        /// The scope of a target, as it appears in topics.
        case scope
    }

    public var kind: Kind
    public var name: String
    /// The indicator whose definition contains it; nil for weighings.
    public var indicator: String?
    public var place: Place
}

/// Collects the names from the document; the reader has reported every problem of form before.
struct MentionCollector {
    private var mentions: [CatalogueMention] = []

    static func collect(_ map: DocumentMap) -> [CatalogueMention] {
        var collector = MentionCollector()
        for node in map.optional("weighings")?.list() ?? [] {
            guard let rule = node.mapping() else { continue }
            collector.addRule(rule, points: ["net", "gross"], of: nil)
        }
        for (id, node) in map.optional("indicators")?.mapping()?.entries() ?? [] {
            collector.mentions.append(.init(kind: .indicator, name: id, indicator: id, place: node.located))
            guard let definition = node.mapping() else { continue }
            for rule in definition.optional("from")?.oneOrMore().compactMap({ $0.mapping() }) ?? [] {
                collector.addRule(rule, points: ["increase", "values", "speeds", "weight", "alive"], of: id)
            }
            for target in definition.optional("targets")?.oneOrMore().compactMap({ $0.mapping() }) ?? [] {
                collector.add(.scope, target.optional("scope"), of: id)
            }
        }
        return collector.mentions
    }

    private mutating func addRule(_ rule: DocumentMap, points keys: [String], of indicator: String?) {
        let profiles = rule.optional("profile")
        add(.profile, profiles, of: indicator)
        let point = CatalogueMention.Kind.point(
            measures: rule.optional("measures")?.string(),
            profiles: profiles?.oneOrMore().compactMap { $0.string() } ?? []
        )
        for key in keys { add(point, rule.optional(key), of: indicator) }
        add(.event, rule.optional("event"), of: indicator)
    }

    private mutating func add(_ kind: CatalogueMention.Kind, _ node: DocumentNode?, of indicator: String?) {
        for word in node?.oneOrMore() ?? [] {
            guard let name = word.string() else { continue }
            mentions.append(.init(kind: kind, name: name, indicator: indicator, place: word.located))
        }
    }
}

extension IndicatorCatalogue {
    /// Where an indicator names a point, otherwise where the indicator is defined.
    func place(of point: String, in indicator: String) -> Place {
        let named = mentions.first { mention in
            guard case .point = mention.kind else { return false }
            return mention.indicator == indicator && mention.name == point
        }
        let defined = mentions.first { $0.kind == .indicator && $0.name == indicator }
        return (named ?? defined)?.place
            ?? Place(file: "indicators.yaml", line: 1, column: 1, keyPath: "indicators.\(indicator)")
    }
}
