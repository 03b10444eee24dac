public import Documents
import Domain
import Glibc
public import Installation
import Profiles

/// Reads the settings of a broker, for a bus or a destination.
public enum BrokerReader {
    /// - Returns: nil where the map has no `mqtt`; the log says what is wrong with the rest.
    public static func read(_ map: DocumentMap) -> Broker? {
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
            var destination = Destination(
                id: id,
                broker: broker ?? Broker(addresses: [], version: .v5),
                backfillRate: map.optional("backfill_rate")?.integer(in: 1...100_000) ?? 200,
                backfillWithoutSubscriber: map.optional("backfill_without_subscriber")?
                    .word(Destination.WithoutSubscriber.self) ?? .wait,
                sameBox: map.optional("same_box")?.bool() ?? loopback,
                keepalive: UplinkReader.keepalive(map),
                budget: UplinkReader.budget(map),
                indicators: UplinkReader.indicators(map),
                resend: map.optional("resend")?.bool() ?? false
            )
            (destination.pack, destination.state) = PackReader.read(map)
            map.finish()
            return broker == nil ? nil : destination
        }
    }
}
