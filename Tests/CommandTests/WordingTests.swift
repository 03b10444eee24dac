import Foundation
import TestSupport
import Testing

extension Commands {
    @Suite struct `Where the wording once misled` {
        /// An empty answer looked like a broken installation, or like an empty one.
        @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/usr/share/gateway/devices")))
        func `without any profiles, profiles says where they are looked for`() throws {
            for arguments in [["profiles"], ["profiles", "show", "NOPE"]] {
                let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments)
                let text = lines.joined(separator: "\n")
                #expect(status == 2)
                #expect(text.contains("/usr/share/gateway/devices") && text.contains("--profiles DIR"))
            }
        }

        @Test func `a poll that its line cannot carry`() throws {
            let desk = try Desk()
            try desk.configure(
                buses: "  line: { serial: /dev/ttyUSB0, baud: 1200, parity: none, stop_bits: 1 }",
                devices: "  flow: { profile: meter, bus: line, unit: 1, site: pond, interval: 100ms }"
            )
            let (status, text) = try desk.gateway("check")
            #expect(status == 2)
            for words in [
                "gateway.yaml:8:", "bus \"line\" cannot carry its polls: 1 request needs",
                "of a 100ms interval at 1200 baud",
                "lengthen the interval",
            ] {
                #expect(text.contains(words), "\(text)")
            }
        }

        @Test func `a broker that wants another password`() throws {
            let desk = try Desk()
            let broker = try BrokerProcess(["allow_anonymous false", "password_file {folder}/passwords"]) { folder in
                try ChildProcess.run(
                    "/usr/bin/mosquitto_passwd",
                    ["-b", "-c", folder + "/passwords", "box-1", "right"]
                )
            }
            try desk.write("wrong\n", to: "secret")
            try desk.configure(
                destination:
                    "mqtt: mqtt://127.0.0.1:\(broker.port), username: box-1, password_file: \(desk.folder)/secret"
            )
            // mosquitto 2.0.11 answers 0x87 where MQTT 5 specifies 0x86: the message has to name the password too.
            let line = try #require(try desk.line(with: "not connected"))
            #expect(line.contains("127.0.0.1:\(broker.port)"))
            #expect(line.contains("password"))
        }
    }
}
