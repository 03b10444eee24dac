import Foundation
import TestSupport

/// A folder with a configuration that `check` accepts, for tests to change.
final class Desk {
    let folder: String

    init() throws {
        folder = try temporaryFolder()
        try FileManager.default.createDirectory(atPath: folder + "/profiles", withIntermediateDirectories: true)
        try write(Self.meter, to: "profiles/meter.yaml")
    }

    deinit { removeFolder(folder) }

    var configuration: String { folder + "/gateway.yaml" }
    var socket: String { folder + "/control.sock" }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    /// Writes the configuration.
    func configure(
        buses: String = "  line: { serial: /dev/ttyUSB-no-such, baud: 9600, parity: none, stop_bits: 1 }",
        devices: String = "  flow: { profile: meter, bus: line, unit: 1, site: pond, interval: 1s }",
        destination: String = "mqtt: mqtt://127.0.0.1:1"
    ) throws {
        try write(
            """
            gateway: box-1
            sites: { pond: { name: Pond } }
            storage: { path: \(folder)/journal, limit: 8MB }
            control: { socket: \(socket) }
            buses:
            \(buses)
            devices:
            \(devices)
            destinations:
              city: { \(destination) }

            """,
            to: "gateway.yaml"
        )
    }

    /// Runs a command that reads the configuration.
    func gateway(_ command: String, _ arguments: String...) throws -> (status: Int32, text: String) {
        let (status, lines) = try ChildProcess.run(
            GatewayProgram.path,
            [command, "--config", configuration, "--profiles", folder + "/profiles"] + arguments
        )
        return (status, lines.joined(separator: "\n"))
    }

    /// Starts the daemon.
    func run() throws -> ChildProcess {
        try ChildProcess(
            GatewayProgram.path,
            ["run", "--config", configuration, "--profiles", folder + "/profiles"]
        )
    }

    /// Runs the daemon until it prints these words, and ends it.
    func line(with words: String) throws -> String? {
        let child = try run()
        defer { child.stop() }
        return child.line(with: words)
    }

    private static let meter = """
        profile: meter
        name: Test meter
        measures: water
        source: the tests
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          level: { holding: 0, type: uint16, unit: m }
        """
}
