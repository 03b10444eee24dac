/// A broker: one logical broker behind several addresses.
public struct Broker: Sendable, Hashable {
    public struct Address: Sendable, Hashable, CustomStringConvertible {
        public var host: String
        public var port: Int
        public var tls: Bool

        public var description: String {
            "\(tls ? "mqtts" : "mqtt")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }

        /// Whether it is this machine.
        public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

        package init(
            host: String,
            port: Int,
            tls: Bool
        ) {
            self.host = host
            self.port = port
            self.tls = tls
        }
    }

    public enum Version: String, Sendable, CaseIterable {
        case v5 = "5"
        case v311 = "3.1.1"
    }

    public var addresses: [Address]
    public var version: Version
    public var username: String?
    /// A file's path, or `credential:NAME` of systemd.
    public var passwordFile: String?
    public var caFile: String?
    public var certificateFile: String?
    public var keyFile: String?
    /// The size in bytes of the largest message accepted from a field broker, 1 KiB to 16 MiB.
    public var largestPayload = 256 << 10
    /// The user under which `gateway probe` connects; nil: the gateway's own.
    public var probe: User?

    public struct User: Sendable, Hashable {
        public var name: String
        public var passwordFile: String?

        package init(
            name: String,
            passwordFile: String? = nil
        ) {
            self.name = name
            self.passwordFile = passwordFile
        }
    }

    /// The same broker for `gateway probe`, which must not take over the gateway's connection where a user has only
    /// one.
    public var forProbe: Broker {
        guard let probe else { return self }
        var broker = self
        broker.username = probe.name
        broker.passwordFile = probe.passwordFile
        return broker
    }

    package init(
        addresses: [Address],
        version: Version,
        username: String? = nil,
        passwordFile: String? = nil,
        caFile: String? = nil,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        largestPayload: Int = 256 << 10,
        probe: User? = nil
    ) {
        self.addresses = addresses
        self.version = version
        self.username = username
        self.passwordFile = passwordFile
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.largestPayload = largestPayload
        self.probe = probe
    }
}
