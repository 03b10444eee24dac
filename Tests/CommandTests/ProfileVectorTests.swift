import TestSupport
import Testing

extension Commands {
    @Suite struct `Vectors where the author is` {
        private static let meter = """
            profile: meter
            name: Test meter
            measures: level
            source: the tests
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              distance: { holding: 0, type: uint16, unit: m, scale: 0.0001 }
            vectors:
              - { source: page 3, holding: { 0: 3039 }, values: { distance: VALUE } }
            """

        private static func desk(_ value: String) throws -> Desk {
            let desk = try Desk()
            try desk.write(meter.replacing("VALUE", with: value), to: "profiles/meter.yaml")
            try desk.configure()
            return desk
        }

        @Test func `are run by profiles test, with the place and in both languages`() throws {
            let desk = try Self.desk("1.3")
            let file = desk.folder + "/profiles/meter.yaml"
            let (status, text) = try GatewayProgram.run("profiles", "test", file)
            #expect(status == 2)
            #expect(text.contains("meter.yaml:9:65: vectors.0.values.distance: vector 1: distance is 1.2345, not 1.3"))
            #expect(text.contains("1 of 1 vectors fail"))
            let indonesian = try GatewayProgram.run("profiles", "test", file, "--lang", "id").text
            #expect(indonesian.contains("vektor 1: distance bernilai 1,2345, bukan 1,3"))
            try desk.write(Self.meter.replacing("VALUE", with: "1.2345"), to: "profiles/meter.yaml")
            let right = try GatewayProgram.run("profiles", "test", file)
            #expect(right.status == 0)
            #expect(right.text.contains("its vector gives what its document prints"))
        }

        @Test func `are a problem for check, and a warning for run`() throws {
            let desk = try Self.desk("1.3")
            let (status, text) = try desk.gateway("check")
            #expect(status == 2)
            #expect(text.contains("vector 1: distance is 1.2345, not 1.3"))
            #expect(try desk.gateway("check", "--startable").status == 0)
            #expect(try desk.line(with: "vector 1: distance is 1.2345, not 1.3") != nil)
        }

        @Test func `that hold are counted, and their absence is told`() throws {
            let desk = try Self.desk("1.2345")
            let words = "vectors that give what their documents print: 1, of profiles: 1"
            #expect(try desk.gateway("check").text.contains(words))
            let lines = Self.meter.split(separator: "\n").prefix { $0 != "vectors:" }.joined(separator: "\n")
            try desk.write(lines, to: "profiles/meter.yaml")
            let (status, text) = try desk.gateway("check")
            #expect(status == 0)
            #expect(text.contains("meter.yaml: has no vector"))
        }
    }
}
