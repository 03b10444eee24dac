import Foundation
import Metrics
import TestSupport
import Testing

/// The table is written from the code: with `GATEWAY_WRITE_DOCS=1` this test writes it.
@Suite struct `The table of docs/metrics` {
    private static var table: [String] {
        ["| family | type | labels | what |", "|---|---|---|---|"]
            + MetricFamily.all.map { family in
                let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
                return "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |"
            }
    }

    @Test func `has every family`() throws {
        let path = Repository.root + "/docs/metrics.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- families -->\n")?.upperBound)
        let end = try #require(text.range(of: "<!-- /families -->", range: begin..<text.endIndex)?.lowerBound)
        let right = Self.table.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["GATEWAY_WRITE_DOCS"] == "1" {
            try Data((text[..<begin] + right + text[end...]).utf8).write(to: URL(fileURLWithPath: path))
        } else {
            #expect(text[begin..<end] == right, "GATEWAY_WRITE_DOCS=1 has this test write docs/metrics.md")
        }
    }
}
