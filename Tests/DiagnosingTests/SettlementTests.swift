import Diagnosing
import Documents
import Domain
import Profiles
import Testing

@Suite struct `What a display settles` {
    /// Registers of a device: its manual counts from 1, its words are CDAB, and it answers input registers only.
    private let words: [Int: UInt16] = [2: 0x806B, 3: 0x4212, 4: 0x3039, 5: 0x0001, 10: 253]

    private func answer(_ range: RegisterRange) -> [UInt16]? {
        range.table == .input ? (range.start..<range.end).map { words[$0] ?? 0 } : nil
    }

    private func point(_ name: String) throws -> Point {
        let log = ProblemLog()
        let text = """
            profile: a
            name: a
            measures: water
            source: a
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              flow: { holding: 3, type: float32, unit: m3/h }
              total: { holding: 5, type: uint32, unit: m3 }
              temp: { holding: 11, type: int16, unit: Cel, scale: 0.1 }
              reference: { holding: 30003, type: float32 }
            """
        let map = try #require(Document.mapping(of: text, file: "a", log: log))
        let profile = try #require(ProfileReader.read(map, expectedID: nil, hash: ""))
        return try #require(profile.points.first { $0.name == name })
    }

    private func settled(_ shown: [(String, String)]) throws -> Settlement {
        var settlement = Settlement(shifts: nil, isTableOpen: true, orders: WordOrder.asTried)
        for (name, text) in shown {
            let question = Settlement.Question(point: try point(name), display: try DisplayValue(text))
            settlement.take(question, words: answer)
        }
        return settlement
    }

    @Test func `is numbering, table and word order, by one value of two registers`() throws {
        let settlement = try settled([("flow", "36.63")])
        #expect(settlement.shift == 1)
        #expect(settlement.table == .input)
        #expect(settlement.order == .cdab)
    }

    @Test func `is no word order by a value of one register`() throws {
        let settlement = try settled([("temp", "25.3")])
        #expect(settlement.shift == 1)
        #expect(settlement.order == nil)
        #expect(try settled([("temp", "25.3"), ("total", "77881")]).order == .cdab)
    }

    @Test func `is nothing where no way shows the value, or values contradict each other`() throws {
        #expect(try settled([("flow", "99.9")]).ways == [])
        #expect(try settled([("flow", "36.63"), ("total", "12345")]).ways == [])
    }

    @Test func `is a display's value in another unit too`() throws {
        #expect(try settled([("flow", "10,17 L/s")]).order == .cdab)
    }

    @Test func `is the reference's first digit`() throws {
        #expect(try settled([("reference", "36.63")]).shift == 30_001)
    }
}
