import Foundation
import TestSupport
import Testing

extension Commands {
    @Suite struct `A box is set up` {
        private let desk: Desk
        private let port: Int

        init() throws {
            desk = try Desk()
            port = try freePort()
            try FileManager.default.createDirectory(atPath: desk.folder + "/drafts", withIntermediateDirectories: true)
            try desk.write(Self.real, to: "profiles/real.yaml")
            try desk.configure(
                buses: "  m: { tcp: \"127.0.0.1:\(port)\" }",
                devices: "  d: { profile: real, bus: m, unit: 3, site: pond, interval: 1s }"
            )
            try desk.write(
                "Address,Name,Type,Unit,Scale\n3-4,Level,float,m,\n5-6,Total,ulong,m3,0.1\n",
                to: "meter.csv"
            )
        }

        /// The device that is played: numbers from 0, low word first, input registers.
        private static let real = """
            profile: real
            name: Real
            measures: water
            source: test
            modbus: { numbering: from_0, word_order: CDAB }
            points:
              level: { input: 2, type: float32, unit: m, range: [0, 400] }
              total: { input: 4, type: uint32, unit: m3, scale: 0.1, counter: { bits: 32, max_rate: 0.2 } }
            """

        private func gateway(_ arguments: String...) throws -> (status: Int32, text: String) {
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments)
            return (status, lines.joined(separator: "\n"))
        }

        private func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(desk.folder)/\(name)", encoding: .utf8)
        }

        private func field() throws -> ChildProcess {
            let child = try ChildProcess(
                GatewayProgram.path,
                ["simulate", "--config", desk.configuration, "--profiles", desk.folder + "/profiles", "--seed", "7"]
            )
            try #require(child.line(with: "ready") != nil)
            return child
        }

        @Test func `by an import that overwrites nothing, and check names each blank`() throws {
            let file = desk.folder + "/drafts/acme.yaml"
            let first = try gateway("profiles", "import", desk.folder + "/meter.csv", "--output", file)
            #expect(first.status == 0, "\(first.text)")
            #expect(first.text.contains("--expect level=VALUE --write"))
            let again = try gateway("profiles", "import", desk.folder + "/meter.csv", "--output", file)
            #expect(again.status == 2)
            let check = try desk.gateway("check", "--profiles", desk.folder + "/drafts")
            #expect(check.status == 2)
            for blank in ["measures", "modbus.numbering", "modbus.word_order"] {
                #expect(check.text.contains("\(blank): is still a blank"), "\(check.text)")
            }
        }

        @Test func `by the values of a display, which settle what a table left open`() throws {
            let file = desk.folder + "/drafts/acme.yaml"
            _ = try gateway(
                "profiles",
                "import",
                desk.folder + "/meter.csv",
                "--output",
                file,
                "--measures",
                "water",
                "--source",
                "a manual"
            )
            let field = try field()
            defer { field.stop() }
            let place = ["--tcp", "127.0.0.1:\(port)", "--unit", "3"]
            let real = try gateway(
                ["probe", "--profile", "real", "--profiles", desk.folder + "/profiles", "--json"] + place
            )
            let total = try #require(real.text.firstMatch(of: /"total":\{"value":([0-9.]+)/)?.1)
            let settled = try gateway(
                ["probe", "--profile", "acme", "--profiles", desk.folder + "/drafts", "--write", "--tolerance", "3"]
                    + place
                    + ["--expect", "total=\(total)"]
            )
            #expect(settled.status == 0, "\(settled.text)")
            let text = try text("drafts/acme.yaml")
            #expect(text.contains("numbering: from_1 #"), "\(settled.text)\n\(text)")
            #expect(text.contains("word_order: CDAB #"))
            #expect(text.contains("    input: 5"))
            #expect(!text.contains(": TODO"))
        }

        private func gateway(_ arguments: [String]) throws -> (status: Int32, text: String) {
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments)
            return (status, lines.joined(separator: "\n"))
        }

        @Test func `by one command, which writes what check accepts`() throws {
            let field = try field()
            defer { field.stop() }
            let file = desk.folder + "/new.yaml"
            let made = try gateway(
                "init",
                "--id",
                "kdr-x-01",
                "--name",
                "Sumber Soyo",
                "--kelurahan",
                "Bawang",
                "--scan",
                "none",
                "--tcp",
                "127.0.0.1:\(port)",
                "--units",
                "1-5",
                "--yes",
                "--output",
                file,
                "--profiles",
                desk.folder + "/profiles"
            )
            #expect(made.status == 0, "\(made.text)")
            let text = try text("new.yaml")
            #expect(text.contains("gateway: kdr-x-01"))
            #expect(text.contains("  sumber-soyo:"))
            #expect(text.contains("unit: 3"))
            let check = try gateway("check", "--config", file, "--profiles", desk.folder + "/profiles")
            #expect(check.status == 0, "\(check.text)")
            #expect(try gateway("init", "--id", "other", "--yes", "--output", file).status == 2)
            #expect(try self.text("new.yaml") == text)
        }

        @Test func `for a second place from the first one's file, which keeps all but the id`() throws {
            try desk.configure(
                devices: "  flow: { profile: meter, bus: line, unit: 1, site: pond, interval: 1s, serial: \"77\" }"
            )
            let file = desk.folder + "/second.yaml"
            let copied = try gateway(
                "init",
                "--from",
                desk.configuration,
                "--id",
                "box-2",
                "--output",
                file,
                "--profiles",
                desk.folder + "/profiles"
            )
            #expect(copied.text.contains("device flow has the serial number 77"))
            #expect(copied.text.contains("site pond (Pond)"))
            let first = try text("gateway.yaml")
            #expect(try text("second.yaml") == first.replacing("gateway: box-1", with: "gateway: box-2"))
            #expect(
                try gateway("init", "--from", desk.configuration, "--id", "box-1", "--output", file + "2").status == 2
            )
        }

        @Test func `by no file where nothing answered, so that the next try is free`() throws {
            let file = desk.folder + "/new.yaml"
            let made = try gateway(
                "init",
                "--id",
                "kdr-x-01",
                "--name",
                "X",
                "--scan",
                desk.folder + "/no-port",
                "--yes",
                "--output",
                file,
                "--profiles",
                desk.folder + "/profiles"
            )
            #expect(made.status == 1, "\(made.text)")
            #expect(!FileManager.default.fileExists(atPath: file))
        }

        @Test func `by hand from the example only with an id of its own`() throws {
            try desk.configure(destination: "mqtt: mqtts://broker-1.example:8883")
            let example = try text("gateway.yaml").replacing("gateway: box-1", with: "gateway: kdr-soyo-01")
            try desk.write(example, to: "gateway.yaml")
            let check = try desk.gateway("check")
            #expect(check.status == 2)
            #expect(check.text.contains("gateway: is the example's id"), "\(check.text)")
            #expect(try desk.gateway("check", "--startable").status == 0)
        }

        @Test func `without a question where there is no terminal`() throws {
            let asked = try gateway("init", "--output", desk.folder + "/none.yaml")
            #expect(asked.status == 2)
            #expect(asked.text.contains("--id, --name"))
            #expect(!FileManager.default.fileExists(atPath: desk.folder + "/none.yaml"))
        }
    }
}
