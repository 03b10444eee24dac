import Control
import Foundation
import TestSupport
import Testing

@testable import gateway

extension Commands {
    /// Names, paths and answers with control sequences for a terminal: the output shows them, and the terminal executes
    /// none.
    @Suite struct `Hostile text` {
        private let desk: Desk

        init() throws {
            desk = try Desk()
            try desk.configure(
                buses: #"  line: { serial: "/dev/no\e[2J\u202E\u009Bsuch", baud: 9600 }"#,
                destination: #"mqtt: mqtts://127.0.0.1:1, ca_file: "/no\e]0;x\a", username: box-1"#
            )
        }

        private static let shown = #"/dev/no\u{1B}[2J\u{202E}\u{9B}such"#

        /// Allows only the program's own sequences: colours, and the start of a line of text.
        private func expectHarmless(_ text: String, location: SourceLocation = #_sourceLocation) {
            let rest = text.replacing(/\u{1B}\[[0-9]*[mKHJA]/, with: "")
            let orders = rest.unicodeScalars.filter { scalar in
                let category = scalar.properties.generalCategory
                return (category == .control && scalar != "\n" && scalar != "\r") || category == .format
            }
            #expect(
                orders.isEmpty,
                "\(orders.map { String($0.value, radix: 16) }) in \(text)",
                sourceLocation: location
            )
            #expect(!text.contains("\u{1B}[2J"), sourceLocation: location)
        }

        /// On a terminal, with its colours.
        private func onTerminal(_ command: String) throws -> String {
            let line = "stty cols 140 rows 40; '\(GatewayProgram.path)' \(command)"
            return try ChildProcess.run("/usr/bin/script", ["-qec", line, "/dev/null"]).lines.joined(separator: "\n")
        }

        private var options: String { "--config '\(desk.configuration)' --profiles '\(desk.folder)/profiles'" }

        @Test func `is shown by a probe, on a terminal and as JSON that means the same`() throws {
            let text = try onTerminal("probe \(options)")
            expectHarmless(text)
            #expect(text.contains(Self.shown), "\(text)")
            let json = try onTerminal("probe --json \(options)")
            expectHarmless(json)
            let line = try #require(json.split(whereSeparator: \.isNewline).first { $0.contains("{") })
            #expect(JSONNode(text: String(line))["bus"] == "line")
        }

        @Test func `is shown by a running gateway's log and status`() throws {
            let child = try desk.run()
            defer { child.stop() }
            let log = try #require(child.line(with: "no such serial port"))
            expectHarmless(log)
            #expect(log.contains(Self.shown), "\(log)")
            let text = try onTerminal("status --socket '\(desk.socket)'")
            expectHarmless(text)
            #expect(text.contains(#"\u{1B}[2J"#), "\(text)")
            let json = try onTerminal("status --json --socket '\(desk.socket)'")
            expectHarmless(json)
            let answer = try ControlClient(path: desk.socket).ask(ControlRequest.status)
            let address = JSONNode(text: String(decoding: answer, as: UTF8.self))["buses"].elements?.first?["address"]
            let line = try #require(json.split(whereSeparator: \.isNewline).first { $0.contains("{") })
            #expect(JSONNode(text: String(line))["buses"].elements?.first?["address"] == address)
        }

        @Test func `of a configuration is quoted by its problems`() throws {
            try desk.configure(
                devices: #"  flow: { profile: "a\e[2J\n\u2066forged", bus: line, unit: 1, site: pond, interval: 1s }"#
            )
            let text = try onTerminal("check \(options)")
            expectHarmless(text)
            #expect(text.contains(#"unknown profile "a\u{1B}[2J\u{A}\u{2066}forged""#), "\(text)")
        }

        @Test(arguments: [["st\u{1B}[2J"], ["status", "--\u{202E}x"], ["probe", "--lang", "a\nforged: line\u{7}"]])
        func `of an argument is quoted as one line`(arguments: [String]) throws {
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments)
            #expect(status == 2)
            expectHarmless(lines.joined(separator: "\n"))
            #expect(lines[0].contains(#"\u{"#), "\(lines)")
            #expect(!lines.contains { $0.hasPrefix("forged") })
        }
    }
}
