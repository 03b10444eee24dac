import Decoding
import Domain
import Normalizing
import Profiles
import Testing

/// A sample is never null without a reason, whatever a device holds and a profile computes.
@Suite struct ExtremeValueTests {
    static let values: [(type: String, raw: [Value])] = [
        ("uint16", [.unsigned(0), .unsigned(65_535)]), ("int16", [.integer(-32_768), .integer(32_767)]),
        ("uint32", [.unsigned(0xFFFF_FFFF)]), ("int32", [.integer(-2_147_483_648)]),
        ("uint64", [.unsigned(0), .unsigned(.max)]), ("int64", [.integer(.min), .integer(.max)]),
        (
            "float32",
            [
                .float32(.greatestFiniteMagnitude), .float32(-.greatestFiniteMagnitude), .float32(1e38),
                .float32(.leastNonzeroMagnitude), .float32(-0.0),
            ]
        ),
        (
            "float64",
            [
                .float64(.greatestFiniteMagnitude), .float64(-.greatestFiniteMagnitude), .float64(1e308),
                .float64(-1e306), .float64(.leastNonzeroMagnitude), .float64(1e-300), .float64(0),
            ]
        ),
        ("bcd16", [.unsigned(9_999)]), ("bcd32", [.unsigned(99_999_999)]), ("bits", [.unsigned(65_535)]),
    ]

    static let conversions = [
        "", "unit: m3/s, publish: L/h", "unit: L/h, publish: m3/s", "unit: Cel, publish: \"[degF]\"",
        "unit: \"[degF]\", publish: Cel", "unit: t, publish: mg", "unit: mg, publish: t",
        "unit: MPa, publish: \"mm[Hg]\"", "unit: \"[psi]\", publish: \"m[H2O]\"", "unit: g/L, publish: ug/m3",
        "unit: \"1\", publish: \"[ppb]\"", "unit: kHz, publish: 1/min", "unit: MJ, publish: J",
    ]

    static let arithmetic = [
        "", "scale: 1e300", "scale: -1e5000", "scale: 1e-5000", "offset: 1e308", "offset: -1e5000", "decimals: 9",
        "scale: 3, plus: o", "scale: 1e5000, offset: -1e5000", "range: [-1e400, 1e400]", "negative_when: s",
        "tiny: zero", "stable: 2",
    ]

    @Test(arguments: conversions) func isNeverNullWithoutAReason(conversion: String) throws {
        for (type, raw) in Self.values {
            for rule in Self.arithmetic where rule != "tiny: zero" || type.hasPrefix("float") {
                let keys = ["holding: 0", "type: \(type)", conversion, rule].filter { !$0.isEmpty }
                let bench = try Bench(
                    "  p: { \(keys.joined(separator: ", ")) }\n  o: { holding: 8, type: float64, scale: 1e300 }\n"
                        + "  s: { holding: 4, type: uint16 }"
                )
                for value in raw {
                    for other in [1, 1e308] {
                        let sample = try #require(
                            bench.first(.value(value), .value(.float64(other)), .whole(1)),
                            "\(keys) of \(value)"
                        )
                        if let said = sample.value {
                            let read = Double(said.description)
                            #expect(read?.isFinite ?? false, "\(keys) of \(value): \(said)")
                        } else {
                            #expect(sample.quality == .bad, "\(keys) of \(value)")
                        }
                    }
                }
            }
        }
    }

    @Test func aConversionThatOverflowsIsOutOfRange() throws {
        let bench = try Bench("  p: { holding: 0, type: float64, unit: m3/s, publish: L/h }")
        #expect(bench.first(.value(.float64(1e308))) == .bad(.outOfRange))
        #expect(bench.first(.value(.float64(-1e308))) == .bad(.outOfRange))
        #expect(bench.first(.value(.float64(1e300)))?.words == "3.6e+306")
    }

    /// Rounded to 15 digits it is beyond the doubles.
    @Test func whatOverflowsByItsRoundingIsOutOfRange() throws {
        let bench = try Bench("  p: { holding: 0, type: float64, unit: Cel, publish: K }")
        #expect(bench.first(.value(.float64(.greatestFiniteMagnitude))) == .bad(.outOfRange))
    }

    @Test func aScaleThatOverflowsIsOutOfRange() throws {
        #expect(
            try Bench("  p: { holding: 0, type: uint16, scale: 1e308 }").first(.whole(9))?.words == "null out_of_range"
        )
        #expect(try Bench("  p: { holding: 0, type: uint16, scale: 1e308 }").first(.whole(1))?.words == "1e+308")
    }

    @Test func aConditionThatFailsIsTheReasonBeforeTheOverflow() throws {
        let bench = try Bench(
            "  p: { holding: 0, type: float64, unit: m3/s, publish: L/h, good_when: { s: 1 } }\n"
                + "  s: { holding: 4, type: uint16 }"
        )
        #expect(bench.first(.value(.float64(1e308)), .whole(0)) == .bad(.condition))
    }

    /// 1e308 x 5 is beyond the doubles, 1e308 x 5 / 18 is not.
    @Test func anOverflowOnTheWayIsNone() throws {
        let bench = try Bench("  p: { holding: 0, type: float64, unit: m3/h, publish: L/s }")
        #expect(bench.first(.value(.float64(1e308)))?.words == "2.77777777777778e+307")
    }
}
