import Documents
import Domain
import Installation
import Profiles

/// Lines of text: a serial port or a TCP port, such as that of a serial server.
extension BusReader {
    static func stream(_ map: DocumentMap) -> Configuration.Bus.Kind? {
        if let node = map.optional("serial") {
            if map.has("tcp") { map.fail("has serial and tcp; keep one") }
            guard let path = node.string() else { return nil }
            if !path.hasPrefix("/") {
                node.fail("expected a path such as /dev/serial/by-id/usb-FTDI_A1, found \"\(path)\"")
            }
            return SerialSettingsReader.read(map, finish: false).map { .stream(.serial(path: path, settings: $0)) }
        }
        guard let node = map.optional("tcp") else {
            map.fail("one of serial or tcp is missing")
            return nil
        }
        guard let text = node.string() else { return nil }
        // Serial servers have no port in common: the one of Modbus would be a wrong guess.
        guard let (host, port) = HostPort.parse(text, defaultPort: 0) else {
            node.fail("expected HOST:PORT, such as 192.168.1.20:4001, found \"\(text)\"")
            return nil
        }
        return .stream(.tcp(host: host, port: port))
    }

    /// The place of a line, and the path of its serial port; nil for a broker.
    static func place(_ kind: Configuration.Bus.Kind) -> (place: String, path: String?)? {
        switch kind {
        case .modbus(let endpoint): (endpoint.place, endpoint.serialPath)
        case .stream(let endpoint): (endpoint.place, endpoint.serialPath)
        case .mqtt: nil
        }
    }
}
