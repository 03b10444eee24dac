import Domain
import Installation
import Profiles

/// A device at its present or an earlier place: what it counts there belongs to the place, also after it leaves.
struct Placement: Sendable {
    /// What the figures of a place need about it.
    struct Spot: Sendable {
        var site: String
        var kelurahan: String?
        var kecamatan: String?
        var road: Road?
        /// The device whose level is the site's.
        var gauge: String?
    }

    /// The device's id.
    var device: String
    /// The key of its bins: the device's id, with `~2`, `~3` after it once it has been elsewhere.
    var key: String
    var spot: Spot
    var profile: Profile
    var interval: Duration
    var isVerified: Bool
    /// The day from which its readings are expected; nil if the configuration does not give it.
    var expectedFrom: Day?
    var labels: [(key: String, value: String)]
    var weighing: Weighing?
    /// The bus, unit and node: the same address shows that a device only got another name.
    var address: String
    /// When it was first read here; nil for devices that were always there.
    var added: Instant?
    /// When it came here from elsewhere, or got its name: its readings are expected from then.
    var since: Instant?
    /// When it left; nil while it is here.
    var until: Instant?

    init(_ device: Device) {
        self.device = device.id
        key = device.id
        spot = Spot(device.site)
        profile = device.profile
        interval = device.interval
        isVerified = device.verified != nil
        expectedFrom = device.expectedFrom.flatMap { Day($0) }
        labels = device.labels
        weighing = device.weighing
        address = "\(device.bus) \(device.unit) \(device.node)"
    }
}

extension Placement.Spot {
    init(_ site: Site) {
        self.init(
            site: site.id,
            kelurahan: site.kelurahan,
            kecamatan: site.kecamatan,
            road: site.road,
            gauge: site.gauge
        )
    }
}
