import Configuration
import Documents
import Foundation
import Installation
import Profiles
import TestSupport
import Testing

/// What `gateway check` prints beside problems.
@Suite struct NotesTests {
    private static func notes(weir keys: String) throws -> [ConfigurationNote] {
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
        return ConfigurationNote.of(try #require(configuration)).filter { note in
            if case .weirLacks = note { true } else { false }
        }
    }

    private static func notes(buses: String, destinations: String) throws -> [ConfigurationNote] {
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
        return ConfigurationNote.of(try #require(configuration))
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
            .contains(.openSecret(id: "field", key: key, path: file))
        }
        func set(_ mode: Int, _ path: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        for folder in [folder.path, closed] { try set(0o755, folder) }
        for (mode, expected) in [(0o644, true), (0o640, false), (0o602, true), (0o600, false)] {
            try set(mode, file)
            #expect(try told() == expected, "\(String(mode, radix: 8))")
        }
        // No other user can reach the file.
        try set(0o644, file)
        try set(0o700, closed)
        #expect(try !told())
    }

    @Test func twoConnectionsAsOneUserOfABrokerAreTold() throws {
        let note = ConfigurationNote.sharedUser(
            ids: ["city", "field"],
            user: "g",
            address: "mqtt://127.0.0.1:1883"
        )
        func notes(_ name: String, port: Int) throws -> [ConfigurationNote] {
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
                .weirLacks(
                    device: "spring",
                    point: "discharge",
                    [.headCorrection, .greatestHead, .surveyed]
                )
            ]
        )
    }

    @Test func aWeirWithoutASurveyIsTold() throws {
        let notes = try Self.notes(weir: ", head_correction: 0.00085, greatest_head: 0.38")
        #expect(
            notes == [.weirLacks(device: "spring", point: "discharge", [.surveyed])]
        )
    }

    @Test func aWholeWeirIsNotTold() throws {
        let keys = ", head_correction: 0.00085, greatest_head: 0.38, surveyed: 2026-10-03"
        #expect(try Self.notes(weir: keys) == [])
    }

    @Test(arguments: [(247, false), (248, true), (255, true)])
    func aReservedUnitIDOnALineIsNamed(unit: Int, isNamed: Bool) throws {
        let log = ProblemLog()
        let text = Wrong.good.replacing("unit: 1\n", with: "unit: \(unit)\n")
        let read = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        try #require(log.problems.map(\.description) == [])
        let notes = ConfigurationNote.of(try #require(read))
        #expect(notes.contains(.reservedUnit(device: "flow-soyo", unit: UInt8(unit))) == isNamed)
    }
}
