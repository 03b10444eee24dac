import Contract
public import Documents
import Domain
public import Installation
public import Profiles

/// Compares the names in the catalogue with everything that they could mean.
///
/// A name that nothing has, but that is close to one that something has, is a typing error. Another name that nothing
/// has may belong to a profile or a site of another gateway: that is no fault.
public struct CatalogueCheck: Sendable {
    /// Typing errors. They do not stop the gateway: what is named wrongly is left out.
    public private(set) var slips: [Problem] = []
    /// Names that nothing here has, as sentences for a person.
    public private(set) var notes: [Message] = []

    private let profiles: [Profile]
    private let profileNames: Set<String>
    private let scopes: Set<String>
    private var strangers: [Message: Set<String>] = [:]

    public init(catalogue: IndicatorCatalogue, configuration: Configuration, profiles: ProfileCatalogue) {
        self.profiles = profiles.all
        profileNames = Set(profiles.all.map(\.id)).union(profiles.broken)
        scopes = Self.scopes(of: configuration)
        for mention in catalogue.mentions { check(mention) }
        notes = strangers.sorted { $0.key.description < $1.key.description }.map { what, names in
            "the catalogue names \(what): \(names.sorted().joined(separator: ", "))"
        }
    }

    /// The scopes that this configuration's devices can have, as they appear in topics.
    private static func scopes(of configuration: Configuration) -> Set<String> {
        var scopes: Set<String> = ["gateway"]
        for device in configuration.devices {
            scopes.insert("device-" + device.id)
            scopes.insert("site-" + device.site.id)
            if let kelurahan = device.site.kelurahan { scopes.insert("kelurahan-" + IndicatorPlan.slug(kelurahan)) }
            if let kecamatan = device.site.kecamatan { scopes.insert("kecamatan-" + IndicatorPlan.slug(kecamatan)) }
        }
        return scopes
    }

    private mutating func check(_ mention: CatalogueMention) {
        switch mention.kind {
        case .indicator: break
        case .profile: look(for: mention, among: profileNames, "no profile is named", "profiles that are not here")
        case .point(let measures, let names): checkPoint(mention, measures, names)
        case .event:
            let events = Set(profiles.flatMap { $0.events.map(\.name) }).union([EventName.weighing.rawValue])
            look(for: mention, among: events, "no profile has an event", "events that no profile has")
        case .scope:
            guard !scopes.contains(mention.name) else { return }
            // Gateways can share a catalogue, which then names all their sites: `simpang-3` is no typing error for
            // `simpang-4`.
            let letters = mention.name.filter { !$0.isNumber }
            let others = scopes.filter { scope in scope.filter { !$0.isNumber } != letters }
            look(for: mention, among: others, "this gateway has no scope", "scopes that this gateway does not have")
        }
    }

    private mutating func checkPoint(_ mention: CatalogueMention, _ measures: String?, _ names: [String]) {
        let meant = profiles.filter { profile in
            (measures.map { $0 == profile.measures.rawValue } ?? true)
                && (names.isEmpty || names.contains(profile.id))
        }
        // Without the profile nothing is known about its points.
        guard names.isEmpty || !meant.isEmpty else { return }
        let points = Set(meant.flatMap { profile in profile.publicPoints.map { profile.points[$0].name } })
        let ids = meant.map { "\"\($0.id)\"" }.joined(separator: ", ")
        let denial: Message =
            if !names.isEmpty {
                "profile \(ids) has no point"
            } else if let measures {
                "no profile that measures \(measures) has a point"
            } else {
                "no profile has a point"
            }
        look(for: mention, among: points, denial, "points that no profile has")
    }

    private mutating func look(
        for mention: CatalogueMention,
        among known: Set<String>,
        _ denial: Message,
        _ strange: Message
    ) {
        guard !known.contains(mention.name) else { return }
        if let nearest = NearestWord.to(mention.name, in: known) {
            slips.append(mention.place.problem("\(denial) \"\(mention.name)\"; did you mean \"\(nearest)\"?"))
        } else {
            strangers[strange, default: []].insert(mention.name)
        }
    }
}
