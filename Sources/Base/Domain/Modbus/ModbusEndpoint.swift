/// Where a Modbus bus is, and how to talk to it: what carries the bytes, how they are framed, and whether units take
/// turns.
///
/// Only combinations that exist can be made: each has a function here, such as `serialLine`. Code that needs one of the
/// facts asks for that fact, so a new combination needs no change there.
public struct ModbusEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// What carries the bytes.
    public enum Transport: Hashable, Sendable {
        case serial(path: String, settings: SerialSettings)
        case tcp(host: String, port: Int)
    }

    public let transport: Transport
    public let framing: ModbusFraming
    /// Whether several units take turns on one wire. Then one unit is asked at a time, the line rests after a failure,
    /// and a late reply can meet another unit's request.
    public let isShared: Bool
    /// The settings of the wire behind a serial server; nil elsewhere.
    public let farSettings: SerialSettings?
    /// The files of a secured connection (Modbus/TCP Security); nil for a plain one and on a serial line.
    public let security: TLSFiles?

    private init(
        _ transport: Transport,
        framing: ModbusFraming,
        isShared: Bool,
        farSettings: SerialSettings? = nil,
        security: TLSFiles? = nil
    ) {
        self.transport = transport
        self.framing = framing
        self.isShared = isShared
        self.farSettings = farSettings
        self.security = security
    }

    /// RTU or ASCII on a serial port of this machine.
    ///
    /// - Parameter framing: `rtu` or `ascii`.
    public static func serialLine(
        path: String,
        settings: SerialSettings,
        framing: ModbusFraming = .rtu
    ) -> Self {
        precondition(framing.isOfLines, "a serial line carries RTU or ASCII")
        return Self(.serial(path: path, settings: settings), framing: framing, isShared: true)
    }

    /// A Modbus TCP device, or a gateway that presents the units behind it as one.
    ///
    /// - Parameter security: for Modbus/TCP Security, which is Modbus TCP inside TLS.
    public static func modbusTCP(host: String, port: Int, security: TLSFiles? = nil) -> Self {
        Self(.tcp(host: host, port: port), framing: .mbap, isShared: false, security: security)
    }

    /// A serial server that passes the bytes of a line through: RTU or ASCII over TCP.
    ///
    /// - Parameters:
    ///   - framing: `rtu` or `ascii`.
    ///   - settings: those of the line behind the server: they say how long a frame takes there.
    public static func lineOverTCP(
        host: String,
        port: Int,
        framing: ModbusFraming = .rtu,
        settings: SerialSettings = SerialSettings()
    ) -> Self {
        precondition(framing.isOfLines, "a serial server passes RTU or ASCII through")
        return Self(.tcp(host: host, port: port), framing: framing, isShared: true, farSettings: settings)
    }

    /// The path of the serial port; nil over the network.
    public var serialPath: String? {
        guard case .serial(let path, _) = transport else { return nil }
        return path
    }

    /// The serial port's settings; nil over the network.
    public var serialSettings: SerialSettings? {
        guard case .serial(_, let settings) = transport else { return nil }
        return settings
    }

    /// The settings of the shared wire, here or behind a serial server; nil where there is none.
    public var lineSettings: SerialSettings? { serialSettings ?? farSettings }

    /// Returns the same port with other settings; over the network nothing changes.
    public func with(_ settings: SerialSettings) -> Self {
        guard let serialPath else { return self }
        return Self(.serial(path: serialPath, settings: settings), framing: framing, isShared: isShared)
    }

    /// Returns the same place with the framing that others of its kind have: a TCP port that was taken for Modbus TCP
    /// may be a serial server, and the reverse. Nil for a serial port and a secured connection.
    public var withOtherFraming: Self? {
        guard case .tcp(let host, let port) = transport, security == nil else { return nil }
        return isShared ? .modbusTCP(host: host, port: port) : .lineOverTCP(host: host, port: port)
    }

    /// The path, or the host with its port, without the line's settings.
    public var place: String {
        switch transport {
        case .serial(let path, _): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    public var description: String {
        var notes = lineSettings.map { ["\($0)"] } ?? []
        if framing == .ascii { notes.append("ASCII") }
        if framing == .rtu, serialPath == nil { notes.append("RTU") }
        if security != nil { notes.append("TLS") }
        return notes.isEmpty ? place : "\(place) (\(notes.joined(separator: ", ")))"
    }
}
