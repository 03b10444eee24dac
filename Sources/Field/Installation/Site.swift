public import Domain

/// A place with everything that is known about it.
public struct Site: Sendable, Hashable {
    public var id: String
    public var name: String
    public var kelurahan: String?
    public var kecamatan: String?
    /// Degrees, as written.
    public var latitude: DecimalNumber?
    public var longitude: DecimalNumber?
    /// For a site on a road: what its traffic is compared with.
    public var road: Road?
    /// The device whose level is the site's.
    public var gauge: String?

    package init(
        id: String,
        name: String,
        kelurahan: String? = nil,
        kecamatan: String? = nil,
        latitude: DecimalNumber? = nil,
        longitude: DecimalNumber? = nil,
        road: Road? = nil,
        gauge: String? = nil
    ) {
        self.id = id
        self.name = name
        self.kelurahan = kelurahan
        self.kecamatan = kecamatan
        self.latitude = latitude
        self.longitude = longitude
        self.road = road
        self.gauge = gauge
    }
}
