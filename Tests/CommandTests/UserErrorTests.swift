import Foundation
import TestSupport
import Testing

extension Commands {
    /// Errors that users will meet: each message names the place and the remedy.
    @Suite struct `Errors that a user meets` {
        private let desk: Desk

        init() throws {
            desk = try Desk()
        }

        /// `check` refuses with these words, and `run` in the same way.
        private func expectRefused(_ words: String...) throws {
            let (status, text) = try desk.gateway("check")
            #expect(status == 2)
            for word in words { #expect(text.contains(word), "\(text)") }
            let run = try desk.gateway("run")
            #expect(run.status == 2)
            #expect(run.text == text)
        }

        // MARK: In the configuration

        @Test func `an unknown profile is named with its place and the nearest one`() throws {
            try desk.configure(devices: "  flow: { profile: metre, bus: line, unit: 1, site: pond, interval: 1s }")
            try expectRefused(
                "gateway.yaml:8:20: devices.flow.profile: unknown profile \"metre\"",
                "did you mean \"meter\"?"
            )
        }

        @Test func `two devices with one unit id on one line`() throws {
            try desk.configure(
                devices: """
                      flow: { profile: meter, bus: line, unit: 1, site: pond, interval: 1s }
                      weir: { profile: meter, bus: line, unit: 1, site: pond, interval: 1s }
                    """
            )
            try expectRefused(
                "gateway.yaml:9:",
                "devices.weir.unit: unit id 1 on bus \"line\" is \"flow\" already",
                "give one of them another id"
            )
        }

        @Test func `a file that is not YAML`() throws {
            try desk.write("gateway: box-1\n  devices: [\n", to: "gateway.yaml")
            try expectRefused("gateway.yaml:2:", "not valid YAML", "check indentation, colons and quotes")
        }

        @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n"])
        func `an empty file`(text: String) throws {
            try desk.write(text, to: "gateway.yaml")
            try expectRefused("gateway.yaml: the file is empty")
        }

        @Test func `a binary file`() throws {
            try Data([0x7F, 0x45, 0x4C, 0x46, 0, 0xFF, 0xFE, 0]).write(to: URL(fileURLWithPath: desk.configuration))
            try expectRefused("gateway.yaml: is not a text file (UTF-8); is this the right file?")
        }

        @Test func `a folder instead of a file`() throws {
            try FileManager.default.createDirectory(atPath: desk.configuration, withIntermediateDirectories: true)
            try expectRefused("gateway.yaml: cannot be read: Is a directory")
        }

        @Test func `an alias bomb is refused at once`() throws {
            var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            for (name, before) in zip("bcdefghijk", "abcdefghij") {
                text +=
                    "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 10).joined(separator: ", ") + "]\n"
            }
            try desk.write(text, to: "gateway.yaml")
            let start = Date()
            try expectRefused("gateway.yaml:1:4: YAML anchors and aliases are not supported")
            #expect(Date().timeIntervalSince(start) < 20)
        }

        @Test func `a password in the file itself`() throws {
            try desk.configure(destination: "mqtt: mqtt://127.0.0.1:1, username: box-1, password: secret")
            try expectRefused("destinations.city.password: secrets are not written here", "password_file")
        }

        @Test func `a key with a slip of the pen`() throws {
            try desk.configure(devices: "  flow: { profile: meter, bus: line, unit: 1, site: pond, intervall: 1s }")
            try expectRefused("intervall", "did you mean \"interval\"?", "gateway.yaml:8:")
        }

        @Test func `a configuration with the other ending is named`() throws {
            try desk.write("gateway: box-1\n", to: "gateway.yml")
            try expectRefused(
                "gateway.yaml: cannot be opened",
                "gateway.yml: is not read; only names that end in .yaml"
            )
        }

        @Test func `a decimal comma, in both languages`() throws {
            try desk.configure()
            let text = try String(contentsOfFile: desk.configuration, encoding: .utf8)
            let point = "{ name: Pond, latitude: -7,85 }"
            try desk.write(text.replacing("{ name: Pond }", with: point), to: "gateway.yaml")
            try expectRefused("sites.pond.latitude: a comma begins a new entry here; for the number -7,85 write -7.85")
            let indonesian = try desk.gateway("check", "--lang", "id")
            #expect(indonesian.status == 2)
            #expect(indonesian.text.contains("koma di sini memulai isian baru; untuk angka -7,85 tulis -7.85"))
        }

        // MARK: In the field and on the network: the daemon continues and reports it

        @Test func `a serial port that is not there`() throws {
            try desk.configure()
            let line = try #require(try desk.line(with: "no such serial port"))
            #expect(line.contains("bus=line") && line.contains("/dev/ttyUSB-no-such"))
            #expect(line.contains("check the adapter and `ls /dev/serial/by-id`"))
        }

        @Test func `a serial port in use`() throws {
            let terminal = PseudoTerminal()
            defer { terminal.close() }
            let other = open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
            defer { close(other) }
            #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
            try desk.configure(
                buses: "  line: { serial: \(terminal.path), baud: 9600, parity: none, stop_bits: 1 }"
            )
            let line = try #require(try desk.line(with: "is in use by another program"))
            #expect(line.contains(terminal.path) && line.contains("fuser -v \(terminal.path)"))
        }

        @Test func `a broker that is not there`() throws {
            let port = try freePort()
            try desk.configure(destination: "mqtt: mqtt://127.0.0.1:\(port)")
            let line = try #require(try desk.line(with: "not connected"))
            #expect(line.contains("destination=city") && line.contains("127.0.0.1:\(port) cannot be reached"))
            #expect(line.contains("check address, port, cable and firewall"))
        }

        @Test func `a password file that is not there`() throws {
            try desk.configure(destination: "mqtt: mqtt://127.0.0.1:1, username: box-1, password_file: /nonexistent")
            let line = try #require(try desk.line(with: "not connected"))
            #expect(line.contains("/nonexistent") && line.contains("check password_file"))
        }

        @Test func `a second daemon on the same journal`() throws {
            try desk.configure()
            let first = try desk.run()
            defer { first.stop() }
            try #require(first.line(with: "gateway runs") != nil)
            let (status, text) = try desk.gateway("run")
            #expect(status == 1)
            #expect(text.contains("is in use by another gateway; stop that one"))
        }
    }
}
