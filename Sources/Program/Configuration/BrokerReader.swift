import Documents
import Domain
import Glibc
import Installation
import Profiles

/// Reads the settings of a broker, for a bus or a destination.
enum BrokerReader {
    static func read(_ map: DocumentMap) -> Broker? {
        let node = map.optional("mqtt")
        let addresses = node?.oneOrMore().compactMap(address) ?? []
        let version = map.optional("version")?.word(Broker.Version.self) ?? .v5
        let broker = Broker(
            addresses: addresses,
            version: version,
            username: map.optional("username")?.string(),
            passwordFile: map.optional("password_file")?.string(),
            caFile: map.optional("ca_file")?.string(),
            certificateFile: map.optional("certificate_file")?.string(),
            keyFile: map.optional("key_file")?.string()
        )
        if let password = map.optional("password") {
            password.fail("secrets are not written here: put it in a file and name that with password_file")
        }
        if broker.passwordFile != nil, broker.username == nil {
            map.optional("password_file")?.fail("a password needs a \"username\"")
        }
        guard let node else { return nil }
        let anyTLS = addresses.contains { $0.tls }
        for key in ["ca_file", "certificate_file", "key_file"] where map.has(key) && !anyTLS && !addresses.isEmpty {
            map.optional(key)?.fail("is for TLS, but no address begins with mqtts://")
        }
        if (broker.certificateFile == nil) != (broker.keyFile == nil) {
            map.fail("certificate_file and key_file go together; one is missing")
        }
        if addresses.isEmpty, node.isList, node.list()?.isEmpty ?? false { node.fail("names no address") }
        return broker
    }

    private static func address(_ node: DocumentNode) -> Broker.Address? {
        guard let text = node.string() else { return nil }
        func fail(_ what: Message) -> Broker.Address? {
            node.fail("\(what); expected mqtt://HOST[:1883] or mqtts://HOST[:8883]")
            return nil
        }
        let tls = text.hasPrefix("mqtts://")
        guard tls || text.hasPrefix("mqtt://") else {
            return fail("\"\(text)\" is no broker's address")
        }
        let rest = text.dropFirst(tls ? 8 : 7)
        if rest.contains("@") { return fail("user and password do not stand in the address") }
        guard let (host, port) = HostPort.parse(rest, defaultPort: tls ? 8_883 : 1_883) else {
            return fail("\"\(text)\" is no broker's address")
        }
        return Broker.Address(host: host, port: port, tls: tls)
    }
}

/// `host`, `host:port`, `[v6]:port`.
public enum HostPort {
    public static func parse(_ text: some StringProtocol, defaultPort: Int) -> (host: String, port: Int)? {
        var host = String(text)
        var port: String?
        if host.hasPrefix("[") {
            guard let close = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : String(rest.dropFirst())
            host = String(host[host.index(after: host.startIndex)..<close])
        } else if let colon = host.lastIndex(of: ":") {
            guard host.firstIndex(of: ":") == colon else { return nil }
            port = String(host[host.index(after: colon)...])
            host = String(host[..<colon])
        }
        // Int would accept a sign.
        let number = port.map { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) ?? 0 : 0 } ?? defaultPort
        let allowed = host.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") }
        guard !host.isEmpty, allowed, (1...65_535).contains(number) else { return nil }
        return (host, number)
    }
}

/// Reads `buses`.
enum BusReader {
    /// - Parameter streams: the buses whose devices send text.
    static func read(
        _ entries: [(name: String, node: DocumentNode)],
        streams: Set<String> = []
    ) -> [String: Configuration.Bus] {
        var buses: [String: Configuration.Bus] = [:]
        var places: [String: String] = [:]
        var ports: [String: String] = [:]
        for (id, node) in entries {
            guard let map = node.mapping() else { continue }
            let kind = streams.contains(id) && !map.has("mqtt") ? stream(map) : kind(map)
            // A serial line carries one request at a time.
            let atOnce = map.has("tcp") ? map.optional("requests_at_once") : nil
            let requestsAtOnce = atOnce?.integer(in: 1...16) ?? 1
            let pace = map.has("tcp") || map.has("serial") ? PaceReader.read(map) : AskingPace()
            map.finish()
            guard let kind else { continue }
            if let (place, path) = place(kind) {
                if let other = places[place] {
                    node.failName("\(place) is bus \"\(other)\" already; put the devices on that one")
                }
                if places[place] == nil, let path, let port = port(path) {
                    if let other = ports[port] {
                        node.failCheckName("is the port of bus \"\(other)\", \(port); put the devices on that one")
                    }
                    ports[port] = id
                }
                places[place] = id
            }
            buses[id] = Configuration.Bus(id: id, kind: kind, requestsAtOnce: requestsAtOnce, pace: pace)
        }
        return buses
    }

    /// The place of a line, and the path of its serial port.
    private static func place(_ kind: Configuration.Bus.Kind) -> (place: String, path: String?)? {
        switch kind {
        case .modbus(let endpoint): (endpoint.place, endpoint.serialPath)
        case .stream(let endpoint): (endpoint.place, endpoint.serialPath)
        case .mqtt: nil
        }
    }

    /// The device behind a serial port's name, such as /dev/ttyUSB0 behind one in /dev/serial/by-id; nil where the port
    /// is not there.
    private static func port(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// A line of text: a serial port or a TCP port, such as that of a serial server.
    private static func stream(_ map: DocumentMap) -> Configuration.Bus.Kind? {
        if let node = map.optional("serial") {
            if map.has("tcp") { map.fail("has serial and tcp; keep one") }
            guard let path = serialPath(node),
                let settings = SerialSettingsReader.read(map, finish: false, takesSevenBits: true)
            else { return nil }
            return .stream(.serial(path: path, settings: settings))
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

    private static func serialPath(_ node: DocumentNode) -> String? {
        guard let path = node.string() else { return nil }
        if !path.hasPrefix("/") {
            node.fail("expected a path such as /dev/serial/by-id/usb-FTDI_A1, found \"\(path)\"")
        }
        return path
    }

    private static func kind(_ map: DocumentMap) -> Configuration.Bus.Kind? {
        for reserved in ["rtu_over_tcp", "ascii"] where map.has(reserved) {
            map.optional(reserved)?.fail("is reserved for later; use serial, tcp or mqtt")
            return nil
        }
        let given = ["serial", "tcp", "mqtt"].filter { map.has($0) }
        guard given.count == 1 else {
            map.fail(
                given.isEmpty
                    ? "one of serial, tcp or mqtt is missing" : "has \(given.joined(separator: " and ")); keep one"
            )
            return nil
        }
        if let node = map.optional("serial") {
            guard let path = serialPath(node) else { return nil }
            guard let settings = SerialSettingsReader.read(map, finish: false) else { return nil }
            return .modbus(.serialLine(path: path, settings: settings))
        }
        if let node = map.optional("tcp") {
            guard let text = node.string() else { return nil }
            guard let (host, port) = HostPort.parse(text, defaultPort: 502) else {
                node.fail("expected HOST[:502], found \"\(text)\"")
                return nil
            }
            return .modbus(.modbusTCP(host: host, port: port))
        }
        let probe = probe(map)
        guard var broker = BrokerReader.read(map) else { return nil }
        if let probe, probe.name == broker.username {
            map.optional("probe_username")?.fail(
                "is the gateway's own user here: the probe needs another, or neither key"
            )
        }
        broker.probe = probe
        if let most = map.optional("max_payload")?.size(in: 1 << 10...16 << 20) { broker.largestPayload = Int(most) }
        return .mqtt(broker)
    }

    /// The probe's user, for a broker that gives each user one connection.
    private static func probe(_ map: DocumentMap) -> Broker.User? {
        let name = map.optional("probe_username")?.string()
        let passwordFile = map.optional("probe_password_file")?.string()
        if passwordFile != nil, !map.has("probe_username") {
            map.optional("probe_password_file")?.fail("a password needs a \"probe_username\"")
        }
        return name.map { Broker.User(name: $0, passwordFile: passwordFile) }
    }
}

/// Reads `destinations`.
enum DestinationReader {
    static func read(_ entries: [(name: String, node: DocumentNode)], gateway: String?) -> [Destination] {
        entries.compactMap { id, node in
            guard let map = node.mapping() else { return nil }
            let broker = BrokerReader.read(map)
            if broker == nil {
                map.fail("\"mqtt\" is missing: the broker's address, such as mqtts://broker.example:8883")
            }
            if let username = broker?.username, let gateway, username != gateway {
                map.optional("username")?.fail(
                    "must be the gateway's id \"\(gateway)\", so that the broker can hold it to its own topics"
                )
            }
            let loopback = broker?.addresses.allSatisfy(\.isLoopback) ?? false
            let destination = Destination(
                id: id,
                broker: broker ?? Broker(addresses: [], version: .v5),
                backfillRate: map.optional("backfill_rate")?.integer(in: 1...100_000) ?? 200,
                backfillWithoutSubscriber: map.optional("backfill_without_subscriber")?
                    .word(Destination.WithoutSubscriber.self) ?? .wait,
                sameBox: map.optional("same_box")?.bool() ?? loopback
            )
            map.finish()
            return broker == nil ? nil : destination
        }
    }
}
