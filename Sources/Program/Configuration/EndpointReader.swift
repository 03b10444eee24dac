import Documents
import Domain
import Profiles

/// Reads where a Modbus bus is and how its frames are put around: the keys `serial` or `tcp`, `framing`, the line's
/// settings and `tls`.
enum EndpointReader {
    static func serial(_ node: DocumentNode, _ map: DocumentMap) -> ModbusEndpoint? {
        guard let path = node.string() else { return nil }
        if !path.hasPrefix("/") {
            node.fail("expected a path such as /dev/serial/by-id/usb-FTDI_A1, found \"\(path)\"")
        }
        let framing = map.has("framing") ? map.optional("framing")?.word(Framing.self) : .rtu
        if framing == .mbap {
            map.optional("framing")?.fail("mbap is the framing of Modbus TCP; a serial line carries rtu or ascii")
            return nil
        }
        guard let framing,
            let settings = SerialSettingsReader.read(map, framing: framing.modbus, finish: false)
        else { return nil }
        return .serialLine(path: path, settings: settings, framing: framing.modbus)
    }

    static func tcp(_ node: DocumentNode, _ map: DocumentMap) -> ModbusEndpoint? {
        let security = map.optional("tls")?.mapping().map(tls)
        let framing = map.has("framing") ? map.optional("framing")?.word(Framing.self) : .mbap
        guard let text = node.string(), let framing else { return nil }
        guard let (host, port) = HostPort.parse(text, defaultPort: security == nil ? 502 : 802) else {
            node.fail("expected HOST[:502], found \"\(text)\"")
            return nil
        }
        if framing == .mbap {
            if case .some(.none) = security { return nil }
            return .modbusTCP(host: host, port: port, security: security.flatMap { $0 })
        }
        if map.has("tls") {
            map.optional("tls")?.fail("only Modbus TCP is secured; a serial server's line is not")
            return nil
        }
        guard let settings = SerialSettingsReader.read(map, framing: framing.modbus, finish: false) else { return nil }
        return .lineOverTCP(host: host, port: port, framing: framing.modbus, settings: settings)
    }

    /// The words of the file.
    private enum Framing: String, CaseIterable {
        case rtu
        case ascii
        case mbap

        var modbus: ModbusFraming {
            switch self {
            case .rtu: .rtu
            case .ascii: .ascii
            case .mbap: .mbap
            }
        }
    }

    /// Returns nil where a file's name is missing.
    private static func tls(_ map: DocumentMap) -> TLSFiles? {
        let caFile = map.required("ca_file")?.string()
        let certificateFile = map.optional("certificate_file")?.string()
        let keyFile = map.optional("key_file")?.string()
        if (certificateFile == nil) != (keyFile == nil) {
            map.fail("certificate_file and key_file go together; one is missing")
        }
        map.finish()
        return caFile.map { TLSFiles(caFile: $0, certificateFile: certificateFile, keyFile: keyFile) }
    }
}
