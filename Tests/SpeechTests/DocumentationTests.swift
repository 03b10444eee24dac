import Diagnosing
import Domain
import Foundation
@testable import Speech
import TestSupport
import Testing

/// Advice is written once, in Speech: with `GATEWAY_WRITE_DOCS=1` these tests write it into the documentation.
@Suite struct `The tables of the documentation` {
    @Test(arguments: [
        ("docs/topics.md", "reasons", DocumentedTables.reasonTable),
        ("docs/probe.md", "diagnoses", DocumentedTables.findingTable(in: .en)),
        ("docs/id/probe.md", "diagnoses", DocumentedTables.findingTable(in: .id)),
    ])
    func `say what the commands say`(file: String, name: String, table: [String]) throws {
        let path = Repository.root + "/" + file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let (from, to) = ("<!-- \(name) -->\n", "<!-- /\(name) -->")
        let begin = try #require(text.range(of: from)?.upperBound, "\(file) has no \(from)")
        let end = try #require(text.range(of: to, range: begin..<text.endIndex)?.lowerBound, "\(file) has no \(to)")
        let right = table.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["GATEWAY_WRITE_DOCS"] == "1" {
            try Data((text[..<begin] + right + text[end...]).utf8).write(to: URL(fileURLWithPath: path))
        } else {
            #expect(text[begin..<end] == right, "GATEWAY_WRITE_DOCS=1 has this test write \(file)")
        }
    }

    /// Each case of the enum in its file has a row.
    @Test func `have every reason of the contract`() throws {
        let source = try String(contentsOfFile: Repository.root + "/Sources/Base/Domain/Reason.swift", encoding: .utf8)
        let text = try #require(source.split(separator: "public enum Reason", maxSplits: 1).last)
        let cases = text.matches(of: /\n    case (\w+)/).map { String($0.1) }
        let shown = Set(DocumentedTables.reasons.map { "\($0)".prefix { $0 != "(" } }.map(String.init))
        #expect(cases.count > 20)
        #expect(shown == Set(cases))
    }

    @Test func `have every diagnosis, and whatever is said of one`() {
        #expect(Set(DocumentedTables.findings.compactMap(\.diagnosis)) == Set(Diagnosis.allCases))
        let said = Set(DocumentedTables.findings.flatMap { [$0.seen.wording, $0.next.wording] })
        let faults = FaultPhrase.allCases.map(\.wording)
        let values = DevicePhrase.allCases.filter { ![.notValid, .seeOwnDisplay].contains($0) }.map(\.wording)
        let brokers = BrokerPhrase.allCases.filter { $0 != .bareValue }.map(\.wording)
        for wording in faults + values + brokers + ExceptionPhrase.allCases.map(\.wording) {
            #expect(said.contains(wording), "\(wording.english)")
        }
    }
}
