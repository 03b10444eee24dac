public import Contract
public import Domain
import Indicators

/// Makes figures of the city, its kecamatan and kelurahan from the parts of its gateways: pure, for one moment.
///
/// The city's figure is made of each gateway's own (`gateway`), which has sites without a kecamatan too. From a gateway
/// that sends none of that scope its kecamatan count instead.
public struct Merge: Sendable {
    public var city: String
    public var zone: Zone
    public var now: Instant
    public var roster: Roster
    public var feeding: Feeding

    /// How long after its end a window is closed with what is there.
    public static let patience = Duration.seconds(30 * 86_400)

    public init(city: String, zone: Zone, now: Instant, roster: Roster, feeding: Feeding) {
        self.city = city
        self.zone = zone
        self.now = now
        self.roster = roster
        self.feeding = feeding
    }

    /// The figures of one window, the city's first; none where no gateway has sent a part.
    ///
    /// Their revision is the number of whole minutes from the window's beginning; `MergedBook` makes it grow.
    ///
    /// - Parameter parts: all parts of one window of one indicator.
    public func figures(of parts: [Part]) -> [CityFigure] {
        let scopes = Set(parts.compactMap { Scope(ofGateway: $0.message.scope) })
        let hasCity = parts.contains { $0.message.scope.hasPrefix("kecamatan-") }
        return scopes.union(hasCity ? [.city] : []).sorted().compactMap { figure(of: parts, in: $0) }
    }

    private func figure(of parts: [Part], in scope: Scope) -> CityFigure? {
        let shares = Dictionary(grouping: parts, by: \.message.gateway).sorted { $0.key < $1.key }
            .compactMap { gateway, parts -> Share? in
                let own = Self.counting(parts, in: scope)
                return own.isEmpty ? nil : Share(gateway: gateway, parts: own)
            }
        guard let first = shares.first?.newest.first?.message else { return nil }
        let gathering = Gathering(merge: self, scope: scope, shares: shares, like: first)
        return gathering.figure()
    }

    /// The parts of one gateway that count in a scope.
    private static func counting(_ parts: [Part], in scope: Scope) -> [Part] {
        guard scope == .city else { return parts.filter { $0.message.scope == scope.name } }
        let own = parts.filter { $0.message.scope == Scope.wholeGateway }
        return own.isEmpty ? parts.filter { $0.message.scope.hasPrefix("kecamatan-") } : own
    }
}
