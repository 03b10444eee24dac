/// Where a device that sends text is heard: a serial port of this machine, or a TCP port such as a serial server's.
public enum StreamEndpoint: Hashable, Sendable, CustomStringConvertible {
    case serial(path: String, settings: SerialSettings)
    case tcp(host: String, port: Int)

    /// The path of the serial port; nil over the network.
    public var serialPath: String? {
        guard case .serial(let path, _) = self else { return nil }
        return path
    }

    /// The serial port's settings; nil over the network.
    public var serialSettings: SerialSettings? {
        guard case .serial(_, let settings) = self else { return nil }
        return settings
    }

    /// Returns the same port with other settings; over the network nothing changes.
    public func with(_ settings: SerialSettings) -> Self {
        guard let serialPath else { return self }
        return .serial(path: serialPath, settings: settings)
    }

    /// The path, or the host with its port, without the line's settings.
    public var place: String {
        switch self {
        case .serial(let path, _): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    public var description: String { serialSettings.map { "\(place) (\($0))" } ?? place }
}
