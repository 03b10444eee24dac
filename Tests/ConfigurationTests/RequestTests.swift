import Configuration
import Documents
import Installation
import TestSupport
import Testing

@Suite struct `Topics of a destination in a configuration` {
    private static func read(_ keys: String, prefix: String = "kediri", into log: ProblemLog) -> Configuration? {
        let text = """
            gateway: g
            topic_prefix: \(prefix)
            sites: { s: { name: S } }
            buses: { line: { serial: /dev/ttyUSB0 } }
            devices: { flow: { profile: tuf-2000m, bus: line, unit: 1, site: s, interval: 5s } }
            destinations: { city: { mqtt: "mqtt://127.0.0.1"\(keys) } }
            storage: { path: /tmp, limit: 64MB }
            """
        return ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
    }

    private static func configuration(_ keys: String, prefix: String = "kediri") throws -> Configuration {
        let log = ProblemLog()
        let found = read(keys, prefix: prefix, into: log)
        try #require(log.problems.map(\.description) == [])
        return try #require(found)
    }

    private static func notes(_ keys: String, prefix: String = "kediri") throws -> [ConfigurationNote] {
        ConfigurationNote.of(try configuration(keys, prefix: prefix)).filter { note in
            switch note {
            case .needsRequestRight, .dottedPrefix: true
            default: false
            }
        }
    }

    @Test func `let nobody ask for entries again unless it is configured, and nothing is said then`() throws {
        #expect(try !Self.configuration("").destinations[0].resend)
        #expect(try !Self.configuration(", resend: false").destinations[0].resend)
        #expect(try Self.notes("") == [])
    }

    @Test func `let the city ask where it is configured, and check names the right that this needs`() throws {
        #expect(try Self.configuration(", resend: true").destinations[0].resend)
        #expect(
            try Self.notes(", resend: true") == [.needsRequestRight(destination: "city", topic: "kediri/requests/g")]
        )
    }

    @Test func `say true or false of it, and nothing else`() {
        let log = ProblemLog()
        _ = Self.read(", resend: 100", into: log)
        #expect(log.problems.map(\.description).contains { $0.contains("destinations.city.resend: ") })
    }

    @Test func `have a hint about a dot in front where the broker speaks MQTT 3.1.1`() throws {
        #expect(
            try Self.notes(", version: \"3.1.1\"", prefix: "kota.kediri") == [
                .dottedPrefix(destination: "city", prefix: "kota.kediri")
            ]
        )
        #expect(try Self.notes(", version: \"3.1.1\"", prefix: "kota/kediri") == [])
        #expect(try Self.notes("", prefix: "kota.kediri") == [])
    }
}
