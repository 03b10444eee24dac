import Foundation

/// A real mosquitto with the files of the package; folder, ports and certificate are the test's own.
public final class ShippedBroker {
    public let process: BrokerProcess
    private let ports: [Int: Int]
    private static let source = Repository.root + "/config/mosquitto/"

    /// The broker on the box.
    public static func box(devices: [String], listeners: [String]) throws -> ShippedBroker {
        try ShippedBroker("box.conf") { folder in
            for (file, names) in [("box-devices", devices), ("box-listeners", listeners)] {
                let list = "\(folder)/\(file).passwd"
                try Data().write(to: URL(fileURLWithPath: list))
                try FileManager.default.copyItem(atPath: "\(source)\(file).acl", toPath: "\(folder)/\(file).acl")
                for name in names { try run("/usr/bin/mosquitto_passwd", "-b", list, name, secret(of: name)) }
            }
        }
    }

    /// The city's broker.
    public static func city(
        gateways: [String],
        programs: [String],
        collectors: [String] = []
    ) throws -> ShippedBroker {
        let broker = try ShippedBroker("city.conf") { folder in
            let certificates = folder + "/certs"
            try FileManager.default.createDirectory(atPath: certificates, withIntermediateDirectories: true)
            let made = try BrokerCertificates(folder: certificates)
            try FileManager.default.moveItem(atPath: made.certificate, toPath: certificates + "/server.pem")
            try FileManager.default.moveItem(atPath: made.key, toPath: certificates + "/server.key")
            let list = folder + "/gateway-city.json"
            try run("/usr/bin/mosquitto_ctrl", "dynsec", "init", list, "admin", secret(of: "admin"))
        }
        let folder = broker.process.folder
        try String(contentsOfFile: source + "city-admin", encoding: .utf8)
            .replacing("broker.example", with: "127.0.0.1").replacing("8883", with: "\(broker.port(8_883))")
            .replacing("/etc/mosquitto", with: folder).replacing("the-password-of-admin", with: secret(of: "admin"))
            .write(toFile: folder + "/mosquitto_ctrl", atomically: true, encoding: .utf8)
        for (kind, names) in [("gateway", gateways), ("program", programs), ("collector", collectors)] {
            for name in names {
                let typed = "\(secret(of: name))\\n"
                let command = "\(source)city-user \(kind) \(name)"
                try run("/bin/sh", "-c", "printf '\(typed)\(typed)' | XDG_CONFIG_HOME=\(folder) \(command)")
            }
        }
        return broker
    }

    private init(_ file: String, prepare: (String) throws -> Void) throws {
        let text = try String(contentsOfFile: Self.source + file, encoding: .utf8)
        var ports: [Int: Int] = [:]
        let lines = try text.split(separator: "\n").map(String.init).map { line in
            guard line.hasPrefix("listener ") else {
                return line.replacing("/etc/mosquitto/", with: "{folder}/")
                    .replacing("/var/lib/mosquitto/", with: "{folder}/")
            }
            // Debian's broker listens on the network; a test does not.
            let shipped = Int(line.split(separator: " ")[1]) ?? 0
            let port = try freePort()
            ports[shipped] = port
            return "listener \(port) 127.0.0.1"
        }
        self.ports = ports
        process = try BrokerProcess(
            configuration: lines + ["persistence_location {folder}/"],
            port: ports.values.first ?? 0,
            prepare: prepare
        )
    }

    public static func secret(of name: String) -> String { "secret-of-\(name)" }

    /// The authority that signed the certificate of the city's broker.
    public var authority: String { process.folder + "/certs/ca.pem" }

    /// The port in this test for the listener with that port in the shipped file.
    public func port(_ shipped: Int) -> Int { ports[shipped] ?? 0 }

    /// The options with which mosquitto's own clients connect.
    ///
    /// - Parameters:
    ///   - listener: its port in the shipped file.
    ///   - user: nil for a stranger.
    ///   - id: the client id that it uses; nil for the user's name.
    public func entrance(_ listener: Int, as user: String?, secret: String? = nil, id: String? = nil) -> [String] {
        var words = ["-V", "5", "-h", "127.0.0.1", "-p", "\(port(listener))", "-q", "1"]
        if FileManager.default.fileExists(atPath: authority) { words += ["--cafile", authority] }
        if let user { words += ["-u", user, "-P", secret ?? Self.secret(of: user)] }
        return words + ((id ?? user).map { ["-i", $0] } ?? [])
    }

    /// Publishes one message and waits for the answer.
    ///
    /// - Returns: whether the broker accepted the client and the message.
    @discardableResult
    public func publish(_ message: String, to topic: String, by entrance: [String]) throws -> Bool {
        let words = entrance + ["-t", topic, "-m", message]
        let (status, lines) = try ChildProcess.run("/usr/bin/mosquitto_pub", words)
        return status == 0 && !lines.contains { $0.contains("failed") }
    }

    /// Listens with mosquitto's own client, which prints `TOPIC MESSAGE` and what it does; returns once it has the
    /// broker's answer to its subscription.
    public func listen(to topics: [String], by entrance: [String], _ more: [String] = []) throws -> ChildProcess {
        let words = entrance + more + topics.flatMap { ["-t", $0] } + ["-d", "-F", "%t %p"]
        let child = try ChildProcess("/usr/bin/stdbuf", ["-oL", "/usr/bin/mosquitto_sub"] + words)
        guard child.line(with: "Subscribed") != nil else {
            throw BrokerFailure(words: child.lines.joined(separator: "\n"))
        }
        return child
    }

    private static func run(_ program: String, _ arguments: String...) throws {
        let (status, lines) = try ChildProcess.run(program, arguments)
        if status != 0 { throw BrokerFailure(words: "\(program): " + lines.joined(separator: "\n")) }
    }
}
