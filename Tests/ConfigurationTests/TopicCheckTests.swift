import Configuration
import Documents
import Installation
import Profiles
import TestSupport
import Testing

/// `gateway check` says when one message could be of two devices.
@Suite struct TopicCheckTests {
    private static func slips(nodes: [(profile: String, node: String)]) throws -> [String] {
        try log(nodes: nodes).slips.map(\.description)
    }

    private static func advice(nodes: [(profile: String, node: String)]) throws -> [String] {
        try log(nodes: nodes).advice.map(\.description)
    }

    private static func log(nodes: [(profile: String, node: String)]) throws -> ProblemLog {
        let folder = try ScratchFolder()
        for (name, topic) in [("wide", "a/+/{node}/up"), ("twin", "a/+/{node}/up"), ("exact", "a/{node}/up")] {
            try folder.write(
                """
                profile: \(name)
                name: \(name)
                measures: water
                source: a test
                mqtt: { messages: { up: { topic: \"\(topic)\" } } }
                points: { level: { message: up, path: l } }
                """,
                to: "\(name).yaml"
            )
        }
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(path: folder.path, required: true)], log: log)
        let devices = nodes.enumerated().map { index, use in
            "  d\(index): { profile: \(use.profile), bus: b, node: \"\(use.node)\", site: s, interval: 5s }"
        }
        let text = """
            gateway: g
            timezone: Asia/Jakarta
            topic_prefix: kediri
            sites: { s: { name: S } }
            buses: { b: { mqtt: "mqtt://127.0.0.1" } }
            devices:
            \(devices.joined(separator: "\n"))
            destinations: { city: { mqtt: "mqtt://127.0.0.1" } }
            storage: { path: /tmp, limit: 64MB }
            """
        let configuration = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: catalogue, log: log)
        try #require(log.problems.map(\.description) == [])
        #expect(configuration?.devices.count == nodes.count)
        return log
    }

    @Test func `two hundred devices of one pattern are no matter`() throws {
        #expect(try Self.slips(nodes: (0..<200).map { ("wide", "e\($0)") }) == [])
    }

    @Test func `a topic that a pattern of another device matches is told`() throws {
        let slips = try Self.slips(nodes: [("wide", "x"), ("exact", "7/x"), ("exact", "7/y")])
        #expect(slips.count == 1)
        #expect(slips[0].contains("a/7/x/up and a/+/x/up of \"d0\" match the same topics"))
        #expect(slips[0].hasPrefix("g.yaml:8"))
    }

    @Test func `two devices of one pattern and node are advice, for a device may have two profiles`() throws {
        #expect(try Self.slips(nodes: [("wide", "x"), ("twin", "x")]) == [])
        let advice = try Self.advice(nodes: [("wide", "x"), ("twin", "x")])
        #expect(advice.contains { $0.contains("a/+/x/up is of \"d0\" too") })
    }
}
