import Decoding
import Domain
import Normalizing
import Profiles
import Testing

/// The expected discharges are 1.365 x (h + 0.00085)^2.5 x 1000 L/s, computed with Python's decimal module at 40 digits
/// and rounded to seven.
@Suite struct WeirTests {
    private static let notch = """
          q:
            weir:
              { level: h, angle: 90, coefficient: 1.365, zero: 0.1, head_correction: 0.00085, greatest_head: 0.38 }
            unit: m3/s
            publish: L/s
        """

    private static func said(_ level: String, _ raw: RawValue, weir: String = notch) throws -> String? {
        try Bench("\(weir)\n  h: { holding: 0, \(level) }").first(nil, raw)?.words
    }

    @Test(
        arguments: [
            (99, "null out_of_range"), (100, "0.00002875279 low_head"), (120, "0.08568362 low_head"),
            (159, "1.19617 low_head"), (160, "1.246764"), (200, "4.40882"), (350, "43.01975"), (480, "122.1849"),
            (481, "null out_of_range"),
        ] as [(Int64, String)]
    )
    func aHeadOfSoManyMillimetresOverAZeroOf100Gives(millimetres: Int64, words: String) throws {
        let said = try Self.said("type: int16, decimals: 3, unit: m", .value(.integer(millimetres)))
        #expect(said == words)
    }

    /// A float32 of 0.16 is 0.16000000238: its digits are compared, not its bits.
    @Test(arguments: [(0.1, "0.00002875279 low_head"), (0.16, "1.246764"), (0.48, "122.1849")] as [(Float, String)])
    func theBoundsHoldForFloats(metres: Float, words: String) throws {
        #expect(try Self.said("type: float32, unit: m", .value(.float32(metres))) == words)
    }

    @Test(arguments: [("cm", 10, "0.00002875279 low_head"), ("mm", 160, "1.246764"), ("mm", 480, "122.1849")])
    func theBoundsHoldInOtherUnits(unit: String, level: UInt64, words: String) throws {
        #expect(try Self.said("type: uint16, unit: \(unit)", .whole(level)) == words)
    }

    /// 1.38 x 0.25^2.5 = 0.043125 m3/s, as the previous release computed it.
    @Test func aWeirWithoutTheNewKeysComputesWhatItDid() throws {
        let weir = "  q: { weir: { level: h, angle: 90, coefficient: 1.38, zero: 0.1 }, unit: m3/s, publish: L/s }"
        #expect(try Self.said("type: int16, decimals: 3, unit: m", .whole(350), weir: weir) == "43.125")
        #expect(try Self.said("type: int16, decimals: 3, unit: m", .whole(9_000), weir: weir) == "326102.5")
    }

    @Test func anUnstableLevelMakesAnUncertainDischarge() throws {
        let bench = try Bench("\(Self.notch)\n  h: { holding: 0, type: uint16, unit: mm, stable: 2, private: true }")
        var words: [String?] = []
        for millimetres: UInt64 in [200, 200, 350, 350] { words.append(bench.first(nil, .whole(millimetres))?.words) }
        #expect(words == ["4.40882 unstable", "4.40882", "43.01975 unstable", "43.01975"])
    }

    @Test func aLevelWhoseFlagIsNotSetMakesAnUncertainDischarge() throws {
        let bench = try Bench(
            "\(Self.notch)\n  h: { holding: 0, type: uint16, unit: mm, stable: s.ok }\n"
                + "  s: { holding: 1, bits: { ok: 0 } }"
        )
        #expect(bench.first(nil, .whole(200), .whole(0))?.words == "4.40882 unstable")
        #expect(bench.first(nil, .whole(200), .whole(1))?.words == "4.40882")
    }

    /// The level's own doubt is reported before the low head, because it may be the cause.
    @Test func aTinyLevelMakesAnUncertainDischarge() throws {
        let weir = Self.notch.replacing("zero: 0.1", with: "zero: 0")
        let tiny = RawValue.value(.float32(Float(bitPattern: 0x0C00_0000)))
        let said = try Self.said("type: float32, unit: m, range: [0, 1]", tiny, weir: weir)
        #expect(said == "0.00002875279 tiny")
    }

    @Test func aLevelInAWrongWordOrderGivesNoDischarge() throws {
        let level = RawValue.value(.float32(Float(bitPattern: 0x0000_803E)))  // 0.25 as DCBA
        #expect(try Self.said("type: float32, unit: m, range: [0, 1]", level) == "null decode")
    }

    @Test func aDischargeThatNoNumberHoldsIsOutOfRange() throws {
        let weir = "  q: { weir: { level: h, angle: 90, coefficient: 1.38, zero: 0 }, unit: m3/s }"
        #expect(try Self.said("type: float64, unit: m", .value(.float64(1e200)), weir: weir) == "null out_of_range")
    }
}
