import Contract
import Domain

/// A roster and the catalogue's rules, put in order once for many figures: they say who has devices for which figure.
struct Feeders: Sendable {
    /// One device that feeds an indicator.
    struct Device: Sendable {
        /// From when on its readings are expected.
        var from: Instant
        /// Milliseconds between its readings.
        var interval: Int64
    }

    let roster: Roster
    /// By indicator, scope and gateway.
    private var devices: [String: [Scope: [String: [Device]]]] = [:]
    private var sharedSites: [Scope: [CityFigure.SharedSite]] = [:]
    /// The sites in no kecamatan, by gateway.
    private var unplaced: [String: Set<String>] = [:]

    init(_ roster: Roster, _ feeding: Feeding) {
        self.roster = roster
        var gatewaysOfSite: [String: Set<String>] = [:]
        for (id, gateway) in roster.gateways {
            for device in gateway.devices {
                gatewaysOfSite[device.site, default: []].insert(id)
                if device.kecamatan == nil { unplaced[id, default: []].insert(device.site) }
                guard let from = device.expectedFrom, !device.isDuplicate else { continue }
                let interval = device.interval.wholeMilliseconds
                guard interval > 0 else { continue }
                for indicator in feeding.indicators(of: device) {
                    for scope in device.scopes {
                        devices[indicator, default: [:]][scope, default: [:]][id, default: []]
                            .append(Device(from: from, interval: interval))
                    }
                }
            }
        }
        let shared = gatewaysOfSite.filter { $0.value.count > 1 }
        guard !shared.isEmpty else { return }
        var sitesOfScope: [Scope: Set<String>] = [:]
        for device in roster.gateways.values.flatMap(\.devices) where shared[device.site] != nil {
            for scope in device.scopes { sitesOfScope[scope, default: []].insert(device.site) }
        }
        sharedSites = sitesOfScope.mapValues { sites in
            sites.sorted().map { .init(site: $0, gateways: (shared[$0] ?? []).sorted()) }
        }
    }

    /// The devices that feed an indicator in a scope, by gateway.
    func devices(for indicator: String, in scope: Scope) -> [String: [Device]] { devices[indicator]?[scope] ?? [:] }

    /// The sites of a scope that several gateways have devices at.
    func sharedSites(in scope: Scope) -> [CityFigure.SharedSite] { sharedSites[scope] ?? [] }

    /// The sites of these gateways that are in no kecamatan.
    func unplacedSites(of gateways: Set<String>) -> [String] {
        Set(unplaced.filter { gateways.contains($0.key) }.values.flatMap(\.self)).sorted()
    }
}
