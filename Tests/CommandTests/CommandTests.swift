import Control
import Foundation
import TestSupport
import Testing

/// The built program as a user meets it; one test after the other, because each starts a process on few cores.
@Suite(.serialized, .timeLimit(.minutes(2)))
enum Commands {}

extension Commands {
    @Suite struct `Use and wrong use` {
        @Test func `version and help are no errors`() throws {
            let (status, text) = try GatewayProgram.run("version")
            #expect(status == 0)
            #expect(text.wholeMatch(of: /gateway \d+\.\d+\.\d+ \((debug|release)\)/) != nil)
            for arguments in [["--help"], ["help"], ["run", "--help"], ["--version"]] {
                #expect(try ChildProcess.run(GatewayProgram.path, arguments).status == 0)
            }
        }

        @Test(arguments: [
            (["nope"], "nope"), (["check", "--nope"], "--nope"), (["run", "--log-level", "loud"], "loud"),
            (["profiles", "show"], "name"), (["simulate", "--speed", "0"], "--speed"),
            (["check", "--config"], "--config"), (["status", "x"], "x"),
        ])
        func `wrong options are exit 2 and named`(arguments: [String], word: String) throws {
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments)
            #expect(status == 2)
            #expect(lines.joined(separator: "\n").contains(word))
        }

        @Test(arguments: ["check", "run", "simulate"])
        func `a configuration that is not there is exit 2`(command: String) throws {
            let (status, text) = try GatewayProgram.run(command, "--config", "/nonexistent/gateway.yaml")
            #expect(status == 2)
            #expect(text.contains("/nonexistent/gateway.yaml: cannot be opened: No such file or directory"))
        }

        @Test func `check says what it checked and what an outage costs`() throws {
            let desk = try Desk()
            try desk.configure()
            let (status, text) = try desk.gateway("check")
            #expect(status == 0)
            #expect(text.contains("all well"))
            #expect(text.contains("1 device on 1 bus, 1 destination\n"))
            #expect(text.contains("covers an outage of"))
            #expect(text.contains("not verified, so counted in no indicator: flow"))
        }

        @Test func `profiles lists, shows, and says where none are`() throws {
            let desk = try Desk()
            let folder = desk.folder + "/profiles"
            let list = try GatewayProgram.run("profiles", "--profiles", folder)
            #expect(list.status == 0)
            #expect(list.text == "water:\n  meter  Modbus  Test meter")
            let search = try GatewayProgram.run("profiles", "mengukur", "--profiles", folder)
            #expect(search.status == 2)
            #expect(search.text.contains("no profile has \"mengukur\""))
            #expect(try GatewayProgram.run("profiles", "LEVEL", "--profiles", folder).text == list.text)
            let page = try GatewayProgram.run("profiles", "show", "meter", "--profiles", folder)
            #expect(page.status == 0)
            #expect(page.text.contains("level") && page.text.contains("holding 0 uint16, in m"))
            let indonesian = try GatewayProgram.run("profiles", "show", "meter", "--profiles", folder, "--lang", "id")
            #expect(indonesian.text.contains("mengukur air"), "\(indonesian.text)")
            #expect(!indonesian.text.contains("measures"), "\(indonesian.text)")
            let unknown = try GatewayProgram.run("profiles", "show", "meteer", "--profiles", folder)
            #expect(unknown.status == 2)
            #expect(unknown.text.contains("no profile is named \"meteer\"; did you mean \"meter\"?"))
            let other = try GatewayProgram.run("profiles", "show", "NOPE", "--profiles", folder)
            #expect(other.status == 2)
            #expect(other.text.contains("no profile is named \"NOPE\"; known: meter"))
            try desk.write("profile: broken\nname: [", to: "profiles/broken.yaml")
            let broken = try GatewayProgram.run("profiles", "show", "broken", "--profiles", folder)
            #expect(broken.status == 2 && broken.text.contains("broken.yaml"), "\(broken.text)")
            #expect(!broken.text.contains("no profile is named"), "\(broken.text)")
            let missing = try GatewayProgram.run("profiles", "--profiles", "/nonexistent")
            #expect(missing.status == 2)
            #expect(missing.text.contains("/nonexistent"))
        }
    }

    @Suite struct Status {
        @Test func `without a daemon it is exit 1 and says so`() throws {
            let desk = try Desk()
            try desk.configure()
            for arguments in [["--config", desk.configuration], ["--socket", desk.socket]] {
                let (status, lines) = try ChildProcess.run(GatewayProgram.path, ["status"] + arguments)
                #expect(status == 1)
                #expect(
                    lines == [
                        "gateway: no gateway runs here (nobody answers on \(desk.socket)); see `systemctl status "
                            + "gateway`, or name its --config"
                    ]
                )
            }
        }

        @Test func `it tells all as a table and as JSON, a line an object`() throws {
            let desk = try Desk()
            try desk.configure()
            let child = try desk.run()
            defer { child.stop() }
            try #require(child.line(with: "gateway runs") != nil)
            let table = try GatewayProgram.run("status", "--config", desk.configuration)
            #expect(table.status == 0)
            for word in ["gateway box-1", "DEVICE", "flow", "BUS", "line", "DESTINATION", "city", "journal"] {
                #expect(table.text.contains(word))
            }
            #expect(!table.text.contains("\u{1B}"), "colours are for terminals")
            let (status, lines) = try ChildProcess.run(
                GatewayProgram.path,
                ["status", "--socket", desk.socket, "--json"]
            )
            #expect(status == 0)
            #expect(lines.count == 1)
            let json = JSONNode(text: lines[0])
            #expect(
                json.keys == [
                    "gateway", "version", "state", "epoch", "since", "time", "clock", "configuration", "devices",
                    "buses",
                    "destinations", "journal", "indicators", "figures", "timezone", "sites", "city", "box",
                    "process",
                ]
            )
            let decoded = try SystemStatus(json: Array(lines[0].utf8))
            #expect(decoded.devices.map(\.id) == ["flow"] && decoded.destinations.map(\.id) == ["city"])
        }

        /// Lines that wrapped at the terminal's edge scrolled the head away at each redrawing.
        @Test func `on a terminal of 80 columns no line of it is longer`() throws {
            let desk = try Desk()
            try desk.configure()
            let child = try desk.run()
            defer { child.stop() }
            try #require(child.line(with: "no such serial port") != nil)
            let command = "stty cols 80 rows 24; NO_COLOR=1 \(GatewayProgram.path) status --socket \(desk.socket)"
            let (status, lines) = try ChildProcess.run("/usr/bin/script", ["-qec", command, "/dev/null"])
            #expect(status == 0)
            #expect(lines.contains { $0.contains("DEVICE") })
            for line in lines { #expect(line.filter { $0 != "\r" && $0 != "\r\n" }.count <= 80, "\(line)") }
        }

        /// Only root can become a user without permission: `setpriv` comes with util-linux.
        @Test(.enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0))
        func `whoever is not in the group may look, and is told so where that is not enough`() throws {
            let desk = try Desk()
            try desk.configure()
            let child = try desk.run()
            defer { child.stop() }
            try #require(child.line(with: "gateway runs") != nil)
            chmod(desk.folder, 0o755)
            let nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", GatewayProgram.path]
            // The build may be in a place that others cannot read.
            guard try ChildProcess.run("/usr/bin/setpriv", nobody + ["version"]).status == 0 else { return }
            let seen = try ChildProcess.run("/usr/bin/setpriv", nobody + ["status", "--socket", desk.socket])
            #expect(seen.status == 0)
            #expect(seen.lines.first?.hasPrefix("gateway box-1") == true, "\(seen.lines)")
            let configuration = ["--config", desk.configuration, "--profiles", desk.folder + "/profiles"]
            let days = ["--from", "2026-11-01", "--to", "2026-11-01", "--reason", "none"]
            for command in [["probe"] + configuration, ["indicators", "recompute"] + configuration + days] {
                let (status, lines) = try ChildProcess.run("/usr/bin/setpriv", nobody + command)
                #expect(status == 1)
                #expect(lines == ["gateway: \(desk.socket) is for the group gateway: use sudo, or join the group"])
            }
            // The folder or the reading socket may belong to the group too, as its administrator chooses.
            chmod(desk.folder + "/control-status.sock", 0o660)
            let (status, lines) = try ChildProcess.run(
                "/usr/bin/setpriv",
                nobody + ["status", "--socket", desk.socket]
            )
            #expect(status == 1)
            #expect(lines == ["gateway: \(desk.socket) is for the group gateway: use sudo, or join the group"])
        }
    }
}
