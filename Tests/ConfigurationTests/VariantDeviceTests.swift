import Configuration
import Documents
import Foundation
import Installation
import Profiles
import TestSupport
import Testing

@Suite struct `A device of a profile with variants` {
    private static let profile = """
        profile: meter
        name: Meter
        measures: energy
        source: the tests
        variants:
          phases: { values: [1, 3], default: 1 }
          model: { values: [a, b] }
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          voltage: { holding: 0, type: uint16, unit: V }
          voltage_l2: { only: { phases: 3 }, holding: 2, type: uint16, unit: V }
        """

    private static func read(_ more: String) throws -> (Device?, [String]) {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        try profile.write(toFile: folder + "/meter.yaml", atomically: true, encoding: .utf8)
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(folder, true)], log: log)
        let text = """
            gateway: box
            sites: { pond: {} }
            buses: { line: { serial: /dev/ttyUSB0 } }
            devices: { m: { profile: meter, bus: line, unit: 1, site: pond, interval: 5s\(more) } }
            destinations: { city: { mqtt: "mqtt://127.0.0.1" } }
            """
        let read = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: catalogue, log: log)
        return (read?.devices.first, log.problems.map(\.message.description))
    }

    @Test func `is read for what it has`() throws {
        let (device, problems) = try Self.read(", set: { phases: 3, model: b }")
        #expect(problems == [])
        #expect(device?.profile.points.map(\.name) == ["voltage", "voltage_l2"])
        #expect(device?.profile.choices == [.init("phases", "3"), .init("model", "b")])
        #expect(device?.profile.hash.hasSuffix("+model=b,phases=3") == true)
        #expect(try Self.read(", set: { model: a }").0?.profile.points.map(\.name) == ["voltage"])
    }

    @Test(arguments: [
        ("", "which model is installed? Write set: { model: ... }, one of a, b"),
        (", set: { phases: 3 }", "which model is installed? Write set: { model: ... }, one of a, b"),
        (", set: { model: c }", "\"c\" is none of the values; known: a, b"),
        (", set: { modle: a }", "profile \"meter\" has no variant \"modle\"; did you mean \"model\"?"),
    ]) func `must say what is not known otherwise`(more: String, message: String) throws {
        let (device, problems) = try Self.read(more)
        #expect(device == nil)
        #expect(problems.contains(message), "\(problems)")
    }
}
