import Glibc

/// Where a broker listens.
public struct MQTTAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or a number; with TLS the certificate must be issued for it.
    public var host: String
    /// 1 to 65535.
    public var port: Int
    public var tls: Bool

    public init(host: String, port: Int, tls: Bool = false) {
        self.host = host
        self.port = port
        self.tls = tls
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether the host is an IP address, so that no resolver is asked.
    var isNumeric: Bool {
        var sixth = in6_addr()
        var fourth = in_addr()
        return inet_pton(AF_INET, host, &fourth) == 1 || inet_pton(AF_INET6, host, &sixth) == 1
    }
}

/// The version of the protocol.
public enum MQTTVersion: Sendable {
    /// MQTT 5: a PUBACK reports the outcome of the message.
    case v5
    /// MQTT 3.1.1: a refused message looks accepted, a takeover looks like a lost connection.
    case v311
}

/// All that one session needs: one logical broker, and the session's time limits.
public struct MQTTSettings: Sendable {
    /// One logical broker's addresses, tried in order; at least one.
    public var addresses: [MQTTAddress]
    /// The identity; a second client with the same one takes the connection over.
    public var clientID: String
    public var username: String?
    /// Read again for each attempt to connect, so that a changed secret needs no restart; used only with a `username`.
    public var password: @Sendable () throws -> String?
    public var version: MQTTVersion
    /// Longest silence towards the broker; whole seconds, 5 to 65535 (libmosquitto refuses less).
    public var keepalive: Duration
    /// PEM file of trusted certificates; nil trusts the system's store, `/etc/ssl/certs`. Verification is always on.
    public var caFile: String?
    /// PEM file of this client's certificate, where the broker requires one; `keyFile` is then required too.
    public var certificateFile: String?
    /// PEM file of the certificate's key, not encrypted: no person is there to type its password.
    public var keyFile: String?
    /// Most messages in flight, 1 to 65535; the broker's Receive Maximum may lower it.
    public var maximumWindow: Int
    /// From the start of an attempt to the CONNACK, without the time of name resolution.
    public var connectTimeout: Duration
    /// The longest that the oldest message in flight may wait for its PUBACK before the session connects again.
    public var stallTimeout: Duration
    /// First and longest pause after all addresses failed. The limit doubles, and each pause is random between zero and
    /// the limit.
    public var backoff: ClosedRange<Duration>
    /// Topic filters, subscribed with QoS 1 at each connection.
    public var subscriptions: [String]
    /// Those of the filters that the session does without where the broker refuses them. Every other refusal ends the
    /// connection.
    public var refusable: Set<String> = []
    /// For a filter with `+`, those that together are enough: used where a message on one topic of it must be left out.
    public var narrower: [String: [String]] = [:]
    /// Size in bytes of the largest accepted message; the header of a larger one ends the connection.
    public var largestPayload: Int
    /// How long the broker keeps the session, with what comes meanwhile, after a connection ended; nil for a clean
    /// start. MQTT 3.1.1 knows no time: there the broker decides.
    public var keptSession: Duration?
    /// Messages that the broker may send before the first is answered (Receive Maximum), 1 to 65535; nil for the
    /// library's 20. MQTT 3.1.1 has none: there the broker decides.
    public var receiveMaximum: Int?

    public init(
        addresses: [MQTTAddress],
        clientID: String,
        username: String? = nil,
        password: @escaping @Sendable () throws -> String? = { nil },
        version: MQTTVersion = .v5,
        keepalive: Duration = .seconds(15),
        caFile: String? = nil,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        maximumWindow: Int = 100,
        connectTimeout: Duration = .seconds(10),
        stallTimeout: Duration = .seconds(30),
        backoff: ClosedRange<Duration> = .seconds(1) ... .seconds(20),
        subscriptions: [String] = [],
        largestPayload: Int = 256 * 1_024
    ) {
        self.addresses = addresses
        self.clientID = clientID
        self.username = username
        self.password = password
        self.version = version
        self.keepalive = keepalive
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.maximumWindow = maximumWindow
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.backoff = backoff
        self.subscriptions = subscriptions
        self.largestPayload = largestPayload
    }

    /// Bytes of a packet's body: a message with its topic and properties.
    var largestPacket: Int { min(largestPayload + 4_096, Self.greatestPacket) }

    /// Bytes of the largest packet that MQTT knows.
    public static let greatestPacket = 268_435_455
}
