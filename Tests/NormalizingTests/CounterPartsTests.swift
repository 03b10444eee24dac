import Decoding
import Domain
import Normalizing
import Testing

/// A counter of 32 bits whose words lie apart: the lower one rolls over between the two reads.
@Suite struct `A counter of two registers apart` {
    private static func bench(rate: String = "max_rate: 1") throws -> Bench {
        try Bench(
            "  n: { holding: 10, type: uint16, plus: h, counter: { bits: 32, \(rate) } }\n"
                + "  h: { holding: 50, type: uint16, scale: 65536, private: true }",
            interval: .seconds(10)
        )
    }

    /// Polls of ten seconds: value, reason and increase.
    private static func sums(_ bench: Bench, _ polls: [(low: UInt64, high: UInt64)]) -> [String] {
        polls.enumerated().map { index, poll in
            let sample = bench.first(.whole(poll.low), .whole(poll.high), at: stamp(Double(index) * 10))
            return (sample?.words ?? "") + (sample?.increase.map { " +\($0)" } ?? "")
        }
    }

    @Test func `far from its ends each reading counts`() throws {
        #expect(try Self.sums(Self.bench(), [(51_059, 3), (51_063, 3)]) == ["247667", "247671 +4"])
    }

    @Test func `a roll after the lower word was read counts nothing wrong, and nothing is lost`() throws {
        let sums = try Self.sums(Self.bench(), [(65_400, 3), (65_535, 4), (2, 4), (4, 4), (6, 4)])
        #expect(sums == ["262008", "null torn", "null torn", "262148 +140", "262150 +2"])
    }

    @Test func `a roll after the higher word was read counts nothing wrong, and nothing is lost`() throws {
        let sums = try Self.sums(Self.bench(), [(65_400, 3), (2, 3), (4, 4), (6, 4)])
        #expect(sums == ["262008", "null torn", "null torn", "262150 +142"])
    }

    @Test func `a meter that stands still near the end is good from its second reading on`() throws {
        let sums = try Self.sums(Self.bench(), [(65_530, 3), (65_530, 3), (65_531, 3)])
        #expect(sums == ["null torn", "262138", "262139 +1"])
    }

    @Test func `without a rate every reading must be confirmed by the one before`() throws {
        let bench = try Bench(
            "  n: { holding: 10, type: bcd16, plus: h, counter: { wraps_at: 100000000 } }\n"
                + "  h: { holding: 50, type: bcd16, scale: 10000, private: true }"
        )
        let sums = Self.sums(bench, [(5_000, 3), (5_001, 3), (5_002, 4), (5_003, 4)])
        #expect(sums == ["null torn", "35001", "null torn", "45003 +10002"])
    }

    @Test func `a part that was not read confirms nothing`() throws {
        let bench = try Self.bench()
        #expect(bench.first(.whole(65_530), .whole(3), at: stamp(0))?.words == "null torn")
        #expect(bench.first(.whole(65_530), .missing(.timeout), at: stamp(10))?.words == "null timeout")
        #expect(bench.first(.whole(65_530), .whole(3), at: stamp(20))?.words == "null torn")
        #expect(bench.first(.whole(65_530), .whole(3), at: stamp(30))?.words == "262138")
    }

    @Test func `registers beside each other come in one reply and are never torn`() throws {
        let bench = try Bench(
            "  n: { holding: 10, type: uint16, plus: h, counter: { bits: 32 } }\n"
                + "  h: { holding: 11, type: uint16, scale: 65536, private: true }"
        )
        #expect(Self.sums(bench, [(65_535, 3), (1, 4)]) == ["262143", "262145 +2"])
    }
}
