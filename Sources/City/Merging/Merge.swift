public import Contract
public import Domain
import Indicators

/// Makes figures of the city, its kecamatan and kelurahan from the parts of its gateways: pure, for one moment. It puts
/// the roster in order once, so make one for all windows of a round.
///
/// The city's figure is made of each gateway's own (`gateway`), which has sites without a kecamatan too. From a gateway
/// that sends none of that scope its kecamatan count instead.
public struct Merge: Sendable {
    public let city: String
    public let zone: Zone
    public let now: Instant
    let feeders: Feeders

    /// How long after its end a window is closed with what is there.
    public static let patience = Duration.seconds(30 * 86_400)

    public init(city: String, zone: Zone, now: Instant, roster: Roster, feeding: Feeding) {
        self.city = city
        self.zone = zone
        self.now = now
        feeders = Feeders(roster, feeding)
    }

    /// The figures of one window, the city's first; none where no gateway has sent a part.
    ///
    /// Their revision is the number of whole minutes from the window's beginning; `MergedBook` makes it grow.
    ///
    /// - Parameter parts: all parts of one window of one indicator.
    public func figures(of parts: [Part]) -> [CityFigure] {
        let byScope = Dictionary(grouping: parts) { Scope(ofGateway: $0.message.scope) }
        var found: [Scope: [Part]] = [:]
        for case (let scope?, let parts) in byScope where scope != .city { found[scope] = parts }
        let city = Self.ofCity(parts)
        if !city.isEmpty { found[.city] = city }
        return found.sorted { $0.key < $1.key }.compactMap { figure(of: $0.value, in: $0.key) }
    }

    private func figure(of parts: [Part], in scope: Scope) -> CityFigure? {
        let shares = Dictionary(grouping: parts, by: \.message.gateway).map { Share(gateway: $0, parts: $1) }
            .sorted { $0.gateway < $1.gateway }
        guard let first = shares.first?.newest.first?.message else { return nil }
        return Gathering(merge: self, scope: scope, shares: shares, like: first).figure()
    }

    /// The parts of which the city's figure is made.
    private static func ofCity(_ parts: [Part]) -> [Part] {
        let own = parts.filter { $0.message.scope == Scope.wholeGateway }
        let gateways = Set(own.map(\.message.gateway))
        return own + parts.filter { $0.message.scope.hasPrefix("kecamatan-") && !gateways.contains($0.message.gateway) }
    }
}
