import Configuration
import Documents
import Installation
import TestSupport
import Testing

@Suite struct `Packs in a configuration` {
    private static func configuration(_ keys: String) throws -> Configuration {
        let text = """
            gateway: g
            sites: { s: { name: S } }
            buses: { line: { serial: /dev/ttyUSB0 } }
            devices: { flow: { profile: tuf-2000m, bus: line, unit: 1, site: s, interval: 5s } }
            destinations: { city: { mqtt: "mqtt://127.0.0.1"\(keys) } }
            storage: { path: /tmp, limit: 64MB }
            """
        let log = ProblemLog()
        let read = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        try #require(log.problems.map(\.description) == [])
        return try #require(read)
    }

    private static func notes(_ keys: String) throws -> [ConfigurationNote] {
        ConfigurationNote.of(try configuration(keys)).filter { note in
            switch note {
            case .packs, .needsPackRight: true
            default: false
            }
        }
    }

    @Test func `are off unless they are configured, and nothing is said then`() throws {
        let city = try Self.configuration("").destinations[0]
        #expect(city.pack == nil && city.state == nil)
        #expect(try Self.notes("") == [])
    }

    @Test func `close after half a minute and take the backlog too, unless another is said`() throws {
        let city = try Self.configuration(", pack: {}, state: {}").destinations[0]
        #expect(city.pack == Packing(live: .seconds(30), backfill: true))
        #expect(city.state == StatePublishing(retain: true, every: .seconds(60)))
    }

    @Test func `make check say who sees what, and which right the broker must give`() throws {
        let right = ConfigurationNote.needsPackRight(destination: "city", topic: "kediri/packs/g", isSilent: false)
        #expect(
            try Self.notes(", pack: {}") == [
                .packs(destination: "city", topic: "kediri/packs/g", stateEvery: nil), right,
            ]
        )
        #expect(
            try Self.notes(", pack: {}, state: { every: 5min }") == [
                .packs(destination: "city", topic: "kediri/packs/g", stateEvery: .seconds(300)), right,
            ]
        )
    }

    @Test func `lack a right without a word where the broker speaks an older version, and check says so`() throws {
        let notes = try Self.notes(", pack: {}, version: \"3.1.1\"")
        #expect(notes.contains(.needsPackRight(destination: "city", topic: "kediri/packs/g", isSilent: true)))
    }
}
