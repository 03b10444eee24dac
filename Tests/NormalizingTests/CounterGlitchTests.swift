import Decoding
import Domain
import Normalizing
import Testing

/// A counter shows something else for a moment, and no vehicle is invented.
@Suite struct `A counter's glitch` {
    /// The sum of the good increases over polls of one second.
    private static func counted(_ totals: [UInt64], _ counter: String, type: String = "uint32") throws -> DecimalNumber
    {
        let bench = try Bench("  n: { holding: 0, type: \(type), counter: { \(counter) } }", interval: .seconds(1))
        var sum = DecimalNumber.zero
        for (second, total) in totals.enumerated() {
            let sample = bench.first(.whole(total), at: stamp(Double(second)))
            if sample?.quality == .good, let increase = sample?.increase?.decimal { sum = sum + increase }
        }
        return sum
    }

    @Test(arguments: ["bits: 32", "bits: 32, max_rate: 1", "bits: 32, max_rate: 100", "wraps_at: 1000000"])
    func `adds no more than was counted`(counter: String) throws {
        for glitch in [[0], [0, 0], [0, 0, 0], [123], [0, 3, 0], [65_535], [4_294_967_295], [65_535, 65_535]]
            as [[UInt64]]
        {
            let counted = try Self.counted([5_000, 5_001] + glitch + [5_002, 5_003], counter)
            #expect(counted <= DecimalNumber(5 + 3), "after \(glitch)")
        }
    }

    @Test(arguments: ["bits: 16, max_rate: 1", "bits: 16, max_rate: 100"])
    func `of 16 bits is no wrap`(counter: String) throws {
        for total in [5_000, 60_000] as [UInt64] {
            for glitch in [[0], [0, 0], [65_535], [65_535, 65_535]] as [[UInt64]] {
                let counted = try Self.counted(
                    [total, total + 1] + glitch + [total + 2, total + 3],
                    counter,
                    type: "uint16"
                )
                #expect(counted <= DecimalNumber(5), "\(total) after \(glitch)")
            }
        }
    }

    @Test func `to all bits set loses nothing`() throws {
        #expect(try Self.counted([5_000, 65_535, 5_002], "bits: 32") == DecimalNumber(2))
        #expect(
            try Self.counted([5_000, 65_535, 5_002], "bits: 16, max_rate: 100", type: "uint16") == DecimalNumber(2)
        )
    }

    @Test func `is no counter that passes that number`() throws {
        #expect(try Self.counted([65_533, 65_534, 65_535, 65_536], "bits: 32") == DecimalNumber(3))
        #expect(try Self.counted([65_534, 65_535, 0, 1], "bits: 16, max_rate: 1", type: "uint16") == DecimalNumber(3))
    }
}
