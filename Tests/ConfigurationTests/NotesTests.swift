import Configuration
import Documents
import Profiles
import TestSupport
import Testing

/// What `gateway check` tells beside problems.
@Suite struct NotesTests {
    private static func notes(weir keys: String) throws -> [String] {
        let folder = try ScratchFolder()
        try folder.write(
            """
            profile: notch
            name: Notch
            measures: water
            source: a test
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              level: { holding: 0, type: uint16, unit: mm }
              discharge: { weir: { level: level, angle: 90, coefficient: 1.365, zero: 0.1\(keys) }, unit: m3/s }
            """,
            to: "notch.yaml"
        )
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(path: folder.path, required: true)], log: log)
        let text = """
            gateway: g
            timezone: Asia/Jakarta
            topic_prefix: kediri
            sites: { s: { name: S } }
            buses: { line: { serial: /dev/ttyUSB0 } }
            devices: { spring: { profile: notch, bus: line, unit: 1, site: s, interval: 5s } }
            destinations: { city: { mqtt: "mqtt://127.0.0.1" } }
            storage: { path: /tmp, limit: 64MB }
            """
        let configuration = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: catalogue, log: log)
        try #require(log.problems.map(\.description) == [])
        return ConfigurationNotes.of(try #require(configuration)).filter { $0.contains("weir") }
    }

    @Test func aWeirThatLacksWhatMakesItExactIsTold() throws {
        #expect(
            try Self.notes(weir: "") == [
                "spring: the weir of discharge has no head_correction (ISO 1438; 0.00085 m for 90 degrees), no greatest_head "
                    + "(what the notch can pass), no surveyed (the day when somebody measured its zero)"
            ]
        )
    }

    @Test func aWeirWithoutASurveyIsTold() throws {
        let notes = try Self.notes(weir: ", head_correction: 0.00085, greatest_head: 0.38")
        #expect(
            notes == ["spring: the weir of discharge has no surveyed (the day when somebody measured its zero)"]
        )
    }

    @Test func aWholeWeirIsNotTold() throws {
        let keys = ", head_correction: 0.00085, greatest_head: 0.38, surveyed: 2026-10-03"
        #expect(try Self.notes(weir: keys) == [])
    }
}
