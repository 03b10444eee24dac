package import Installation
package import Questions
package import Speech

/// What the page process was started with.
package struct ServingSettings: Sendable {
    /// Where to listen: an address of this machine and a port.
    package var listen: ListenAddress
    /// The PIN that reading over a network, and every question to a device, needs; nil: nobody may do either.
    package var pin: String?
    /// The daemon's asking socket; the reading one stands beside it.
    package var controlSocket: String
    /// Where the browser takes tiles of a map from, as Leaflet writes it; nil: no tiles.
    package var tiles: String?
    package var tilesCredit: String
    /// An outline for the map as GeoJSON text.
    package var outline: String?
    /// It asks devices for a person who gave the PIN; nil without one.
    package var questions: QuestionDesk?
    /// The language of readers who ask for neither.
    package var language: Language
    /// The folder of Debian's script libraries.
    package var libraries: String

    package init(
        listen: ListenAddress,
        pin: String?,
        controlSocket: String,
        tiles: String? = nil,
        tilesCredit: String = "",
        outline: String? = nil,
        questions: QuestionDesk? = nil,
        language: Language = .id,
        libraries: String = "/usr/share/javascript"
    ) {
        self.listen = listen
        self.pin = pin
        self.controlSocket = controlSocket
        self.tiles = tiles
        self.tilesCredit = tilesCredit
        self.outline = outline
        self.questions = questions
        self.language = language
        self.libraries = libraries
    }
}
