public import Contract
public import Domain
import Indicators

/// The gateways, their devices, and which of them are silent.
public struct Roster: Sendable {
    /// What is known of a device from its meta message, as far as figures need it.
    public struct Device: Hashable, Sendable {
        public var site: String
        /// The names as topics have them.
        public var kelurahan: String?
        public var kecamatan: String?
        /// The word of what its profile measures, and the profile's id.
        public var measures: String
        public var profile: String
        public var points: Set<String>
        /// The UCUM codes of its counters.
        public var counterUnits: Set<String>
        public var interval: Duration
        /// From when on readings are expected; nil for a device that is not verified, which counts for nothing.
        public var expectedFrom: Instant?
        /// Whether another device counts the same: it is in no sum.
        public var isDuplicate: Bool

        public init(_ meta: DeviceMeta, zone: Zone) {
            site = meta.site.id
            kelurahan = meta.site.kelurahan.map(IndicatorPlan.slug)
            kecamatan = meta.site.kecamatan.map(IndicatorPlan.slug)
            measures = meta.measures
            profile = meta.profile
            points = Set(meta.points.map(\.name))
            counterUnits = Set(meta.points.filter(\.isCounter).compactMap(\.unit))
            interval = meta.interval
            expectedFrom = meta.verified.flatMap { Day($0.on) }.map { zone.start(of: $0) }
            isDuplicate = meta.labels.contains { $0.key == "duplicate_of" }
        }

        /// The scopes that its readings belong to.
        var scopes: [Scope] {
            [.city] + [kecamatan.map(Scope.kecamatan), kelurahan.map(Scope.kelurahan)].compactMap(\.self)
        }
    }

    /// What is known of a gateway.
    public struct Gateway: Hashable, Sendable {
        public var devices: [Device]
        /// When it was heard for the first time; nil for longer than anybody remembers.
        public var since: Instant?
        /// From when on nothing has been heard of it; nil while it is there.
        public var silentSince: Instant?

        public init(devices: [Device], since: Instant? = nil, silentSince: Instant? = nil) {
            self.devices = devices
            self.since = since
            self.silentSince = silentSince
        }
    }

    public var gateways: [String: Gateway]

    public init(gateways: [String: Gateway] = [:]) { self.gateways = gateways }

    /// - Parameters:
    ///   - metas: the retained meta messages of all gateways.
    ///   - since: when each gateway was heard for the first time, where that is known.
    ///   - silent: the silent gateways, and since when they are.
    public init(metas: [DeviceMeta], since: [String: Instant] = [:], silent: [String: Instant] = [:], zone: Zone) {
        let devices = Dictionary(grouping: metas, by: \.gateway)
        gateways = devices.mapValues { $0.map { Device($0, zone: zone) } }.reduce(into: [:]) { gateways, entry in
            gateways[entry.key] = Gateway(
                devices: entry.value,
                since: since[entry.key],
                silentSince: silent[entry.key]
            )
        }
    }

    /// The ids of the silent gateways.
    public var silent: Set<String> { Set(gateways.filter { $0.value.silentSince != nil }.keys) }
}
