import Documents
import Domain
import Glibc
import Installation
import Profiles

/// Reads `buses`.
enum BusReader {
    static func read(_ entries: [(name: String, node: DocumentNode)]) -> [String: Configuration.Bus] {
        var buses: [String: Configuration.Bus] = [:]
        var places: [String: String] = [:]
        var ports: [String: String] = [:]
        for (id, node) in entries {
            guard let map = node.mapping() else { continue }
            let kind = kind(map)
            var requestsAtOnce = 1
            if map.has("tcp") || map.has("serial"), let node = map.optional("requests_at_once") {
                if case .modbus(let endpoint)? = kind, endpoint.isShared {
                    node.fail("a line carries one request at a time; take the key away")
                } else {
                    requestsAtOnce = node.integer(in: 1...16) ?? 1
                }
            }
            let pace = map.has("tcp") || map.has("serial") ? PaceReader.read(map) : AskingPace()
            map.finish()
            guard let kind else { continue }
            if case .modbus(let endpoint) = kind {
                let place = endpoint.place
                if let other = places[place] {
                    node.failName("\(place) is bus \"\(other)\" already; put the devices on that one")
                }
                if places[place] == nil, let path = endpoint.serialPath, let port = port(path) {
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

    /// The device behind a serial port's name, such as /dev/ttyUSB0 behind one in /dev/serial/by-id; nil where the port
    /// is not there.
    private static func port(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func kind(_ map: DocumentMap) -> Configuration.Bus.Kind? {
        for older in ["rtu_over_tcp", "ascii"] where map.has(older) {
            map.optional(older)?.fail("is written as framing: rtu or framing: ascii beside tcp or serial")
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
        if let node = map.optional("serial") { return EndpointReader.serial(node, map).map { .modbus($0) } }
        if let node = map.optional("tcp") { return EndpointReader.tcp(node, map).map { .modbus($0) } }
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
