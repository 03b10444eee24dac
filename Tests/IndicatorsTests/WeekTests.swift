import Configuration
import Contract
import Documents
import Domain
import Foundation
import Installation
import Journal
import Profiles
import TestSupport
import Testing

@testable import Indicators

/// A hundred devices' week, computed a second time by Tests/Peers/indicator_week.py with pandas.
@Suite struct `A week of a hundred devices` {
    /// A figure that pandas computed.
    private struct Expected {
        var key: FigureKey
        var members: [String: Any]

        init(line: Substring) throws {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            key = FigureKey(
                indicator: try #require(object["indicator"] as? String),
                scope: try #require(object["scope"] as? String),
                kind: try #require((object["window"] as? String).flatMap { WindowKind(rawValue: $0) }),
                from: Instant(millisecondsSince1970: try #require((object["start"] as? NSNumber)?.int64Value))
            )
            members = try #require(object["members"] as? [String: Any])
        }
    }

    /// JSONDecoder takes several times as long, and there are ten thousand figures.
    private static func node(_ value: Any?) -> JSONNode {
        switch value {
        case let text as String: .string(text)
        case let number as NSNumber: .number(number.doubleValue)
        case let list as [Any]: .array(list.map { node($0) })
        case let members as [String: Any]: .object(members.mapValues { node($0) })
        // Python's None is null for a value, and otherwise absent.
        default: .null
        }
    }

    private static func plan(_ folder: String) throws -> IndicatorPlan {
        let log = ProblemLog()
        let profiles = ProfileCatalogue.load(folders: [(Repository.devices, true), (folder, true)], log: ProblemLog())
        let text = try String(contentsOfFile: folder + "/gateway.yaml", encoding: .utf8)
        let configuration = ConfigurationReader.read(text: text, file: "gateway.yaml", catalogue: profiles, log: log)
        try #require(log.problems.map(\.description) == [])
        let plan = IndicatorPlan(
            catalogue: try Shipped.indicators(),
            configuration: try #require(configuration),
            log: log
        )
        try #require(log.problems.map(\.description) == [])
        return plan
    }

    /// Applies every entry as a restart does; weighings come back as the journal's entries.
    private static func replay(_ entries: String, into engine: inout IndicatorEngine) throws -> Int {
        var row: Int64 = 0
        func entry(_ device: String?, _ time: Instant, _ body: [UInt8]) -> JournalEntry {
            row += 1
            return JournalEntry(
                row: row,
                gateway: "kdr-week-01",
                epoch: "1-0000000a",
                seq: UInt64(row),
                kind: .reading,
                site: nil,
                device: device,
                stamp: EngineBench.stamp(time),
                content: body
            )
        }
        var weighings = 0
        for line in entries.utf8.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2)
            let time = try #require(Int64(String(Substring(parts[0]))))
            let observation = try #require(
                Observation(
                    reading: entry(String(Substring(parts[1])), Instant(millisecondsSince1970: time), Array(parts[2]))
                )
            )
            for event in engine.apply(observation).weighings {
                weighings += 1
                _ = engine.apply(Observation(entry(event.device, event.stamp.time, []), event))
            }
        }
        return weighings
    }

    @Test func `comes to what pandas makes of it`() throws {
        let folder = try ScratchFolder()
        let peer = try PythonPeer("indicator_week.py", arguments: [folder.path])
        #expect(Int(peer.ready).map { $0 > 60_000 } == true)
        var engine = IndicatorEngine(
            gateway: "kdr-week-01",
            plan: try Self.plan(folder.path),
            zone: wib,
            load: { _ in nil }
        )
        let entries = try String(contentsOfFile: folder.path + "/entries.tsv", encoding: .utf8)
        #expect(try Self.replay(entries, into: &engine) > 500)
        let lines = try String(contentsOfFile: folder.path + "/expected.jsonl", encoding: .utf8).split(separator: "\n")
        var wrong: [String] = []
        var kinds: [String: Int] = [:]
        var compared = 0
        for line in lines {
            let expected = try Expected(line: line)
            let figure = engine.figure(expected.key, now: moment("2026-12-01T00:00:00Z"))
            let computed = try #require(figure, "nothing computes \(expected.key)")
            let payload = Data(computed.payload(gateway: "kdr-week-01", zone: wib))
            let members = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
            kinds[expected.key.indicator, default: 0] += 1
            compared += expected.members.count
            for (name, value) in expected.members {
                let (found, wanted) = (Self.node(members[name]), Self.node(value))
                if found != wanted { wrong.append("\(expected.key) \(name): \(found), pandas \(wanted)") }
            }
        }
        #expect(wrong.count == 0, "\(wrong.prefix(20).joined(separator: "\n"))")
        #expect(kinds.count == 15)
        #expect(compared > 80_000)
    }
}
