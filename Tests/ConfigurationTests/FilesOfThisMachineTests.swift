import Configuration
import Documents
import Foundation
import Installation
import Platform
import TestSupport
import Testing

/// What `gateway check` says about ports, files and folders, and what a start does with them.
@Suite struct `Files that a configuration names` {
    private let folder: ScratchFolder
    private static let device = "profile: tuf-2000m, unit: 1, site: s, interval: 5s"

    init() throws { folder = try ScratchFolder() }

    private func read(
        buses: String,
        destination: String = "mqtt: \"mqtt://127.0.0.1\"",
        storage: String = "/tmp"
    ) throws -> (configuration: Configuration?, log: ProblemLog) {
        let text = """
            gateway: g
            sites: { s: { name: S } }
            buses: { \(buses) }
            devices: { d: { bus: a, \(Self.device) } }
            destinations: { city: { \(destination) } }
            storage: { path: \(storage), limit: 64MB }
            """
        let log = ProblemLog()
        let found = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        return (found, log)
    }

    private func notes(
        _ buses: String,
        destination: String = "mqtt: \"mqtt://127.0.0.1\""
    ) throws -> [ConfigurationNote] {
        ConfigurationNote.of(try #require(try read(buses: buses, destination: destination).configuration))
    }

    @Test func `seven data bits fail a check and stop no start`() throws {
        let (configuration, log) = try read(buses: "a: { serial: /dev/ttyUSB0, data_bits: 7, parity: even }")
        #expect(configuration != nil)
        #expect(log.slips.map(\.keyPath) == ["buses.a.data_bits"])
        #expect(log.slips.first?.message.description.contains("Modbus ASCII") == true)
    }

    @Test func `one port under two names fails a check`() throws {
        try folder.write("", to: "port")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/by-id",
            withDestinationPath: folder.path + "/port"
        )
        let (configuration, log) = try read(
            buses: "a: { serial: \(folder.path)/port }, b: { serial: \(folder.path)/by-id }"
        )
        #expect(configuration != nil)
        #expect(log.slips.map(\.keyPath) == ["buses.b"])
        #expect(log.slips.first?.message.description.contains("is the port of bus \"a\"") == true)
    }

    @Test func `a port that is not there is a note`() throws {
        #expect(try notes("a: { serial: /dev/no-such }").contains(.noSerialPort(bus: "a", path: "/dev/no-such")))
        #expect(try !notes("a: { serial: /dev/null }").contains(.noSerialPort(bus: "a", path: "/dev/null")))
    }

    @Test(arguments: ["", "\n", "\u{FEFF}\n", "\nsecret\n"])
    func `a password file whose first line is empty is a note`(text: String) throws {
        try folder.write(text, to: "password")
        let path = folder.path + "/password"
        let told = try notes(
            "a: { serial: /dev/null }",
            destination: "mqtt: \"mqtt://127.0.0.1\", username: g, password_file: \(path)"
        )
        #expect(told.contains(.emptySecret(id: "city", key: "password_file", path: path)))
    }

    @Test func `a byte-order mark is no part of a password`() throws {
        try folder.write("\u{FEFF}secret\r\n", to: "password")
        #expect(try SecretFile.read(folder.path + "/password") == "secret")
    }

    @Test func `a credential that is nowhere is a note`() throws {
        let name = "credential:no-such-\(UUID().uuidString)"
        let told = try notes(
            "a: { serial: /dev/null }",
            destination: "mqtt: \"mqtt://127.0.0.1\", username: g, password_file: \(name)"
        )
        #expect(told.contains(.noCredential(id: "city", key: "password_file", name: name)))
    }

    @Test func `a storage that nobody can write is a note`() throws {
        let (configuration, _) = try read(buses: "a: { serial: /dev/null }", storage: "/dev/null/gateway")
        let told = ConfigurationNote.of(try #require(configuration)).contains { note in
            if case .storageClosed("/dev/null/gateway", _, _) = note { true } else { false }
        }
        #expect(told)
    }

    @Test func `the control socket may stand in a piece of conf.d`() throws {
        try folder.write("gateway: g\n", to: "gateway.yaml")
        try folder.write("control: { socket: /run/elsewhere.sock }\n", to: "conf.d/10-control.yaml")
        #expect(ConfigurationReader.socket(file: folder.path + "/gateway.yaml") == "/run/elsewhere.sock")
    }
}
