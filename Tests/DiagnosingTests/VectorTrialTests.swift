import Diagnosing
import Documents
import Domain
import Profiles
import Testing

@Suite struct `A vector` {
    private static func problems(_ vectors: String) throws -> [String] {
        let text = """
            profile: meter
            name: Meter
            measures: level
            source: the tests
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              distance: { holding: 0, type: uint16, scale: 0.0001, good_when: { status: 0 } }
              status: { holding: 1, type: uint16, private: true }
              still: { holding: 2, type: uint16, stable: 5 }
            vectors:
            \(vectors)
            """
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "meter.yaml", log: log))
        let profile = try #require(ProfileReader.read(map, expectedID: "meter", hash: ""))
        return VectorTrial.runs(of: profile).problems.map(\.description)
    }

    private static func one(_ values: String, _ registers: String = "3039 0000", _ more: String = "") throws -> [String]
    {
        try problems("  - { source: page 3, holding: { 0: \"\(registers)\" }, values: { \(values) }\(more) }")
    }

    @Test func `is of no place: what a device's place adds changes nothing`() throws {
        let text = """
            profile: meter
            name: Meter
            measures: level
            source: the tests
            modbus: { numbering: from_0, word_order: ABCD }
            points: { level: { holding: 0, type: uint16, unit: m } }
            vectors: [{ source: page 3, holding: { 0: "0005" }, values: { level: 5 } }]
            """
        let map = try #require(Document.mapping(of: text, file: "meter.yaml", log: ProblemLog()))
        let profile = try #require(ProfileReader.read(map, expectedID: "meter", hash: ""))
        let placed = profile.adjusted(by: ["level": Adjustment(factor: nil, offset: nil, zero: DecimalNumber(3))])
        #expect(VectorTrial.runs(of: placed).failed == 0)
    }

    @Test func `that gives its values is silent, whatever zeros are written behind them`() throws {
        #expect(try Self.one("distance: 1.23450") == [])
    }

    @Test func `with another value is told with both and with its place`() throws {
        let said = try Self.one("distance: 1.3")
        #expect(said.count == 1 && said[0].hasPrefix("meter.yaml:11:"))
        #expect(said[0].hasSuffix(": vectors.0.values.distance: vector 1: distance is 1.2345, not 1.3"))
    }

    @Test func `is numbered as in the file`() throws {
        let vectors = ["1.2345", "7"].map {
            "  - { source: s, holding: { 0: 3039 0000 }, values: { distance: \($0) } }"
        }
        #expect(try Self.problems(vectors.joined(separator: "\n")).first?.contains("vector 2: distance is") == true)
    }

    @Test func `whose value is not good says why`() throws {
        let said = try Self.one("distance: 1.2345", "3039 0001").first ?? ""
        #expect(said.contains("vector 1: distance is"))
        #expect(said.contains("status = 1, wanted 0"))
    }

    @Test func `that lacks the registers of a point, or of what vouches for it, says that`() throws {
        for (registers, point) in [("3039", "distance"), ("3039 0000", "still")] {
            let said = try Self.one("\(point): 5", registers).first ?? ""
            #expect(said.contains("vector 1: lacks registers of \(point)"), "\(said)")
        }
    }

    @Test func `gives a point that must be still its equal samples`() throws {
        #expect(try Self.one("still: 7", "3039 0000 0007") == [])
    }

    @Test func `of a private point, or of nothing, proves nothing`() throws {
        #expect(try Self.one("status: 0").first?.contains("status is not published") == true)
        #expect(try Self.one("").first?.contains("proves nothing") == true)
    }

    @Test func `has a request that reads its registers, with a right CRC`() throws {
        let values = "distance: 1.2345"
        #expect(try Self.one(values, "3039 0000", ", request: 01 03 00 00 00 02 C4 0B") == [])
        #expect(try Self.one(values, "3039 0000", ", request: 01 03 00 00 00 02 C4 0C").first?.contains("CRC") == true)
        let other = try Self.one(values, "3039 0000", ", request: 01 03 00 10 00 02 C5 CE").first ?? ""
        #expect(other.contains("reads 2 from address 16"), "\(other)")
    }
}
