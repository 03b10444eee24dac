import Foundation
import TestSupport
import Testing

extension Commands {
    /// What the README tells a newcomer to type is typed here, word by word.
    @Suite struct `The first steps` {
        private let readme: String

        init() throws { readme = try String(contentsOfFile: Repository.root + "/README.md", encoding: .utf8) }

        /// The lines of the fenced block that begins with this line of text.
        private func block(from first: String) throws -> [String] {
            let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let start = try #require(lines.firstIndex { $0.hasPrefix(first) })
            return Array(lines[start...].prefix { !$0.hasPrefix("```") })
        }

        @Test func `are those of the shipped configuration`() throws {
            let file = try String(contentsOfFile: Repository.root + "/config/first.yaml", encoding: .utf8)
            let shipped = file.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
            #expect(try block(from: "gateway: kdr-soyo-01") == shipped)
        }

        @Test func `lead from a checkout to readings`() throws {
            let desk = try Desk()
            for folder in ["config", ".build"] {
                try FileManager.default.createDirectory(
                    atPath: "\(desk.folder)/\(folder)",
                    withIntermediateDirectories: true
                )
            }
            try FileManager.default.createSymbolicLink(
                atPath: desk.folder + "/devices",
                withDestinationPath: Repository.devices
            )
            let text = try block(from: "gateway: kdr-soyo-01").joined(separator: "\n")
                .replacing("5020", with: "\(try freePort())").replacing("1883", with: "\(try freePort())")
            try desk.write(text + "\n", to: "config/first.yaml")
            let commands = try block(from: ".build/release/gateway simulate").map { line in
                "cd '\(desk.folder)' && exec " + line.replacing(".build/release/gateway", with: GatewayProgram.path)
            }
            try #require(commands.count == 5)
            let field = try ChildProcess("/bin/sh", ["-c", commands[0]])
            defer { field.stop() }
            try #require(field.line(with: "ready") != nil)
            let gateway = try ChildProcess("/bin/sh", ["-c", commands[1]])
            defer { gateway.stop() }
            try #require(gateway.line(with: "gateway runs") != nil)
            let words = ["all well", "flow-soyo", "1 device: 1 ok"]
            for (command, word) in zip(commands[2...], words) {
                let (status, lines) = try ChildProcess.run("/bin/sh", ["-c", command])
                #expect(status == 0, "\(command)")
                #expect(lines.joined(separator: "\n").contains(word), "\(lines)")
            }
        }

        @Test func `of the demo are those that it prints`() throws {
            let demo = try String(contentsOfFile: Repository.root + "/scripts/demo", encoding: .utf8)
            for line in try block(from: ".build/demo/gateway probe") {
                let command = line.prefix { $0 != "#" }.split(separator: " ").joined(separator: " ")
                #expect(demo.contains("  \(command) "), "\(command)")
            }
        }

        @Test func `of a box are the same wherever they are told`() throws {
            let page = try String(contentsOfFile: Repository.root + "/docs/installing.md", encoding: .utf8)
            let message = try String(contentsOfFile: Repository.root + "/packaging/postinst", encoding: .utf8)
            let example = try String(contentsOfFile: Repository.root + "/config/gateway.yaml", encoding: .utf8)
            for step in [
                "cp /etc/gateway/gateway.yaml.example /etc/gateway/gateway.yaml", "nano /etc/gateway/gateway.yaml",
                "gateway check", "systemctl start gateway",
            ] {
                #expect(page.contains(step) && message.contains(step) && example.contains(step), "\(step)")
            }
        }
    }
}
