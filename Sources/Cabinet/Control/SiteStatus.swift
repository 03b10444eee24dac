/// A place of the configuration.
public struct SiteStatus: Codable, Hashable, Sendable {
    public var id: String
    public var name: String
    public var kelurahan: String?
    public var kecamatan: String?
    /// Degrees, WGS 84; nil where the configuration does not say.
    public var latitude: Double?
    public var longitude: Double?

    public init(
        id: String,
        name: String,
        kelurahan: String?,
        kecamatan: String?,
        latitude: Double?,
        longitude: Double?
    ) {
        self.id = id
        self.name = name
        self.kelurahan = kelurahan
        self.kecamatan = kecamatan
        self.latitude = latitude
        self.longitude = longitude
    }
}
