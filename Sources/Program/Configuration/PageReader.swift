public import Documents
import Domain
public import Installation

/// Reads `page`: where the pages are, and who may see them.
public enum PageReader {
    /// What the page process needs of the files, whatever stands in the rest of them.
    public struct Alone: Sendable {
        public var page: PageSettings
        public var controlSocket: String
        public var timezone: String
    }

    /// - Returns: nil where the file cannot be read, or says something wrong about the pages; the log says what.
    public static func readAlone(file path: String, log: ProblemLog) -> Alone? {
        let files = ConfigurationReader.documents(file: path, log: log)
        guard !files.isEmpty else { return nil }
        let socket = files.lazy.compactMap { $0.optional("control")?.mapping()?.optional("socket")?.string() }.first
        let timezone = files.lazy.compactMap { $0.optional("timezone")?.string() }.first
        let map = files.lazy.compactMap { $0.optional("page") }.first?.mapping()
        let page = map.map(read) ?? usual
        guard log.isEmpty, let page else { return nil }
        return Alone(
            page: page,
            controlSocket: socket ?? ConfigurationReader.usualSocket,
            timezone: timezone ?? CommonReader.usualTimezone
        )
    }

    /// While the configuration says nothing: on this machine alone.
    private static var usual: PageSettings? {
        ListenAddress(PageSettings.usualListen).map { PageSettings(listen: $0) }
    }

    static func read(_ map: DocumentMap) -> PageSettings? {
        defer { map.finish() }
        let place = map.optional("listen")
        let text = place?.string() ?? PageSettings.usualListen
        let pin = map.optional("pin_file")?.string()
        let tiles = map.optional("tiles")
        let address = tiles?.string()
        if let address, !isTiles(address) {
            tiles?.fail("expected an address such as https://tile.example/{z}/{x}/{y}.png, found \"\(address)\"")
        }
        let credit = map.optional("tiles_credit")?.string()
        let outline = map.optional("outline")?.string()
        guard let listen = ListenAddress(text) else {
            place?.fail(
                "expected an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080, found \"\(text)\""
            )
            return nil
        }
        if !listen.isLoopback, pin == nil {
            place?.fail("other machines can reach this address: name a file with a PIN in \"pin_file\"")
        }
        return PageSettings(
            listen: listen,
            pinFile: pin,
            tiles: address,
            tilesCredit: credit ?? "",
            outline: outline
        )
    }

    private static func isTiles(_ address: String) -> Bool {
        ["http://", "https://"].contains { address.hasPrefix($0) }
            && ["{z}", "{x}", "{y}"].allSatisfy { address.contains($0) } && !address.contains(" ")
            && !address.contains(";")
    }
}
