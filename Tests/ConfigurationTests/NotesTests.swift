import Configuration
import Documents
import Foundation
import Installation
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

    private static func notes(buses: String, destinations: String) throws -> [String] {
        let text = """
            gateway: g
            timezone: Asia/Jakarta
            topic_prefix: kediri
            sites: { s: { name: S } }
            buses: { \(buses) }
            devices: { scale: { profile: tasmota-hx711, bus: field, node: a, site: s, interval: 5s } }
            destinations: { \(destinations) }
            storage: { path: /tmp, limit: 64MB }
            """
        let log = ProblemLog()
        let configuration = ConfigurationReader.read(
            text: text,
            file: "g.yaml",
            catalogue: Shipped.catalogue,
            log: log
        )
        try #require(log.problems.map(\.description) == [])
        return ConfigurationNotes.of(try #require(configuration))
    }

    @Test(arguments: ["password_file", "probe_password_file"])
    func aSecretThatEveryUserOfTheMachineCanReadIsTold(key: String) throws {
        let folder = try ScratchFolder()
        try folder.write("secret", to: "closed/password")
        let (file, closed) = (folder.path + "/closed/password", folder.path + "/closed")
        let user = key == "password_file" ? "username: u" : "probe_username: u"
        func told() throws -> Bool {
            try Self.notes(
                buses: "field: { mqtt: \"mqtt://127.0.0.1\", \(user), \(key): \(file) }",
                destinations: "city: { mqtt: \"mqtt://127.0.0.1\" }"
            )
            .contains("field: \(key) \(file) can be read or changed by every user of this machine: chmod o= \(file)")
        }
        func set(_ mode: Int, _ path: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        for folder in [folder.path, closed] { try set(0o755, folder) }
        for (mode, expected) in [(0o644, true), (0o640, false), (0o602, true), (0o600, false)] {
            try set(mode, file)
            #expect(try told() == expected, "\(String(mode, radix: 8))")
        }
        // Nobody else gets as far as the file.
        try set(0o644, file)
        try set(0o700, closed)
        #expect(try !told())
    }

    @Test func twoConnectionsAsOneUserOfABrokerAreTold() throws {
        let note =
            "city, field: both are user g at mqtt://127.0.0.1:1883; a broker that gives each user one connection "
            + "needs two users"
        func notes(_ name: String, port: Int) throws -> [String] {
            try Self.notes(
                buses: "field: { mqtt: \"mqtt://127.0.0.1:\(port)\", username: \(name) }",
                destinations: "city: { mqtt: [\"mqtt://10.0.0.1\", \"mqtt://127.0.0.1\"], username: g }"
            )
        }
        #expect(try notes("g", port: 1_883).contains(note))
        #expect(try !notes("g-field", port: 1_883).contains(note))
        #expect(try !notes("g", port: 1_884).contains(note))
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
