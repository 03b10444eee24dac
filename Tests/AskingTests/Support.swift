import Asking
import Diagnosing
import Documents
import Domain
import Foundation
import Installation
import Modbus
import MQTT
import Platform
import Profiles
import Speech
import Testing
import TestSupport

let clock = SystemClock(trusted: true)

/// A profile for tests: its registers or messages and points, as YAML.
func profile(_ text: String, id: String = "meter") throws -> Profile {
    let folder = try ScratchFolder()
    let head = "profile: \(id)\nname: Test meter\nmeasures: water\nsource: the tests\n"
    try folder.write(head + text, to: "\(id).yaml")
    let log = ProblemLog()
    let catalogue = ProfileCatalogue.load(folders: [(path: folder.path, required: true)], log: log)
    return try #require(catalogue[id], "\(log.problems)")
}

/// Twelve holding registers in one block, so that a frame can be long; the device may take 150 ms.
func longProfile(replyTime: String = "150ms", worstReply: String = "400ms") throws -> Profile {
    let points = (0..<12).map { "  p\($0): { holding: \($0), type: uint16 }" }.joined(separator: "\n")
    return try profile(
        """
        modbus: { numbering: from_0, word_order: ABCD, reply_time: \(replyTime), worst_reply: \(worstReply) }
        points:
        \(points)
        """
    )
}

/// The reports of a probe about units on a pty with that peer.
func probed(
    _ profile: Profile,
    units: [UInt8] = [1],
    settings: SerialSettings = SerialSettings(),
    _ script: @escaping ScriptedPeer.Script
) -> [DeviceReport] {
    let line = PseudoTerminal()
    let peer = ScriptedPeer(on: line, script: script)
    defer {
        peer.stop()
        line.close()
    }
    return probed(profile, units: units, at: .serialLine(path: line.path, settings: settings))
}

/// The reports of a probe about units at an endpoint.
func probed(_ profile: Profile, units: [UInt8] = [1], at endpoint: ModbusEndpoint) -> [DeviceReport] {
    let bus = OwnBus(endpoint: endpoint, time: clock, connectTimeout: .milliseconds(500))
    var reports: [DeviceReport] = []
    let targets = units.map { ProbeTarget(device: "d\($0)", profile: profile, bus: "line", unit: UnitID($0)) }
    BusProbe(bus: bus, time: clock).run(targets) { reports.append($0) }
    return reports
}

/// Expects that a report has this diagnosis, and explains it in both languages, with every blank filled.
func expect(_ report: DeviceReport?, is diagnosis: Diagnosis?, location: SourceLocation = #_sourceLocation) {
    #expect(report?.finding?.diagnosis == diagnosis, "\(String(describing: report?.finding))", sourceLocation: location)
    guard let report, let finding = report.finding else { return }
    for language in Language.allCases {
        for sentence in [finding.seen, finding.next] {
            let text = sentence.text(in: language)
            #expect(!text.isEmpty && !text.contains("%1") && !text.contains("%2"), "\(text)", sourceLocation: location)
        }
        let lines = ReportText(style: TextStyle(language: language), names: [report.target.name]).lines(report)
            .map(\.plain)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)", sourceLocation: location)
        if let diagnosis {
            #expect(lines.contains { $0.contains(diagnosis.rawValue) }, "\(lines)", sourceLocation: location)
            let json = ReportJSON.line(report, language: language)
            #expect(json.contains("\"diagnosis\":\"\(diagnosis.rawValue)\""), "\(json)", sourceLocation: location)
        }
    }
    #expect(finding.next.text(in: .en) != finding.next.text(in: .id), sourceLocation: location)
}
