/// The pages of the box, as `page` in the configuration says: read by the page process alone.
public struct PageSettings: Hashable, Sendable {
    public var listen: ListenAddress
    /// A file or `credential:NAME` with the PIN or password.
    public var pinFile: String?
    /// The address of a server of map tiles, as Leaflet writes it: `https://tile.example/{z}/{x}/{y}.png`.
    public var tiles: String?
    /// The owner of the map, for the reader.
    public var tilesCredit: String
    /// A file of GeoJSON with an outline for the map.
    public var outline: String?

    package init(
        listen: ListenAddress,
        pinFile: String? = nil,
        tiles: String? = nil,
        tilesCredit: String = "",
        outline: String? = nil
    ) {
        self.listen = listen
        self.pinFile = pinFile
        self.tiles = tiles
        self.tilesCredit = tilesCredit
        self.outline = outline
    }

    /// Where the pages are while the configuration says nothing.
    public static let usualListen = "127.0.0.1:8080"
}
