import Foundation
import TestSupport
import Testing

extension Commands {
    @Suite struct `Words and variants at the command line` {
        private static let meter = """
            profile: meter
            name: Test meter
            measures: energy
            source: the tests
            variants:
              phases: { values: [1, 3], default: 1, label: { id: fasa, en: phases } }
              model: { values: [a, b] }
            modbus: { numbering: from_1, word_order: ABCD }
            points:
              voltage: { holding: 1, type: uint16, unit: V, label: { id: tegangan, en: voltage } }
              voltage_l2: { only: { phases: 3 }, holding: 3, type: uint16, unit: V, show: kV }
              state: { holding: 5, type: uint16, names: { 0: { id: diam, en: idle } } }
            vectors:
              - { source: page 3, set: { phases: 3 }, holding: { 3: 00E6 }, values: { voltage_l2: 231 } }
            """

        private static func desk() throws -> Desk {
            let desk = try Desk()
            try desk.write(meter, to: "profiles/meter.yaml")
            return desk
        }

        @Test func `a page says what differs, and shows what a choice reads`() throws {
            let desk = try Self.desk()
            let folder = desk.folder + "/profiles"
            let page = try GatewayProgram.run("profiles", "show", "meter", "--profiles", folder)
            #expect(page.status == 0)
            #expect(page.text.contains("variant phases: one of 1, 3, 1 unless set, called \"phases\" / \"fasa\""))
            #expect(page.text.contains("variant model: one of a, b, must be set"))
            #expect(page.text.contains("with another set there are also voltage_l2"))
            let three = try GatewayProgram.run("profiles", "show", "meter", "--set", "phases=3", "--profiles", folder)
            #expect(three.text.contains("holding 2 uint16 (number 3), in V, shown in kV"), "\(three.text)")
            #expect(three.text.contains("+phases=3"))
            let wrong = try GatewayProgram.run("profiles", "show", "meter", "--set", "phases=2", "--profiles", folder)
            #expect(wrong.status == 2)
            #expect(wrong.text.contains("phases is one of 1, 3, not \"2\""))
        }

        @Test func `a search finds the word of either language`() throws {
            let desk = try Self.desk()
            let folder = desk.folder + "/profiles"
            for word in ["tegangan", "voltage", "fasa", "energi"] {
                let found = try GatewayProgram.run("profiles", word, "--profiles", folder)
                #expect(found.text == "energy:\n  meter  Modbus  Test meter", "\(word): \(found.text)")
            }
            let near = try GatewayProgram.run("profiles", "teganagn", "--profiles", folder)
            #expect(near.text.contains("no profile has \"teganagn\"; did you mean \"tegangan\"?"))
        }

        @Test func `a vector of another choice fails with its number and place`() throws {
            let desk = try Self.desk()
            let (status, text) = try GatewayProgram.run("profiles", "test", desk.folder + "/profiles/meter.yaml")
            #expect(status == 2)
            #expect(text.contains("meter.yaml:14:"))
            #expect(text.contains("vector 1: voltage_l2 is 230, not 231"))
        }

        /// What was checked with three phases says nothing of a device with one.
        @Test func `a verification with another choice is void, and says why`() throws {
            let desk = try Self.desk()
            let page = try GatewayProgram.run("profiles", "show", "meter", "--profiles", desk.folder + "/profiles").text
            let hash = try #require(page.firstMatch(of: /hash ([0-9a-f]+)/)?.1)
            try FileManager.default.createDirectory(
                atPath: desk.folder + "/verified.d",
                withIntermediateDirectories: true
            )
            let verified = "by: D\non: 2026-10-03\nprofile_hash: \(hash)+model=a"
            try desk.write(verified, to: "verified.d/flow.yaml")
            func check(_ set: String) throws -> String {
                let place = "profile: meter, bus: line, unit: 1, site: pond, interval: 1s"
                try desk.configure(devices: "  flow: { \(place), set: { \(set) } }")
                return try desk.gateway("check", "--startable").text
            }
            #expect(try !check("model: a").contains("void"))
            #expect(try check("model: a, phases: 3").contains("is void, what is installed (set) has changed since"))
        }

        @Test func `a device that does not say what it must is asked`() throws {
            let desk = try Self.desk()
            try desk.configure()
            let (status, text) = try desk.gateway("check")
            #expect(status == 2)
            #expect(text.contains("which model is installed? Write set: { model: ... }, one of a, b"))
        }
    }
}
