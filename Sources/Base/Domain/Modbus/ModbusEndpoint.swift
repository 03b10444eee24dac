/// Where a Modbus bus is, and how to talk to it: what carries the bytes, how they are framed, and whether units take
/// turns.
///
/// Only combinations that exist can be made: each has a function here, such as `serialLine`. Code that needs one of the
/// three facts asks for that fact, so a new combination needs no change there.
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

    private init(_ transport: Transport, framing: ModbusFraming, isShared: Bool) {
        self.transport = transport
        self.framing = framing
        self.isShared = isShared
    }

    /// RTU on a serial port of this machine.
    public static func serialLine(path: String, settings: SerialSettings) -> Self {
        Self(.serial(path: path, settings: settings), framing: .rtu, isShared: true)
    }

    /// A Modbus TCP device, or a gateway that presents the units behind it as one.
    public static func modbusTCP(host: String, port: Int) -> Self {
        Self(.tcp(host: host, port: port), framing: .mbap, isShared: false)
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

    /// Returns the same port with other settings; over the network nothing changes.
    public func with(_ settings: SerialSettings) -> Self {
        guard let serialPath else { return self }
        return Self(.serial(path: serialPath, settings: settings), framing: framing, isShared: isShared)
    }

    /// The path, or the host with its port, without the line's settings.
    public var place: String {
        switch transport {
        case .serial(let path, _): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    public var description: String { serialSettings.map { "\(place) (\($0))" } ?? place }
}
