import Decoding
import Domain
import Normalizing
import Profiles
import Testing

@Suite struct NormalizerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var points: String
        var raw: [RawValue?]
        /// The first point's value and reason.
        var words: String

        var testDescription: String { name }

        init(_ name: String, _ points: String, _ raw: RawValue?..., is words: String) {
            self.name = name
            self.points = points
            self.raw = raw
            self.words = words
        }
    }

    private static func integer(_ number: Int64) -> RawValue { .value(.integer(number)) }
    private static func float(_ number: Float) -> RawValue { .value(.float32(number)) }
    private static func double(_ number: Double) -> RawValue { .value(.float64(number)) }

    static let arithmetic = [
        Case("nothing to do", "  p: { holding: 0, type: uint16 }", .whole(7), is: "7"),
        Case("float as its shortest text", "  p: { holding: 0, type: float32 }", float(0.1), is: "0.1"),
        Case("scale in decimal", "  p: { holding: 0, type: uint16, scale: 0.1 }", .whole(3), is: "0.3"),
        Case("scale of a float in decimal", "  p: { holding: 0, type: float32, scale: 3 }", float(0.1), is: "0.3"),
        Case("offset", "  p: { holding: 0, type: int16, scale: 0.1, offset: -40 }", integer(-5), is: "-40.5"),
        Case("decimals", "  p: { holding: 0, type: uint16, decimals: 2 }", .whole(1_234), is: "12.34"),
        Case(
            "decimals then scale then offset",
            "  p: { holding: 0, type: uint16, decimals: 1, scale: 2, offset: 1 }",
            .whole(15),
            is: "4"
        ),
        Case(
            "64 bits exact under a scale",
            "  p: { holding: 0, type: uint64, scale: 1 }",
            .whole(.max),
            is: "18446744073709551615"
        ),
        Case("missing stays missing", "  p: { holding: 0, type: uint16, scale: 2 }", .missing(.crc), is: "null crc"),
        Case(
            "conversion of a float32 knows seven digits",
            "  p: { holding: 0, type: float32, unit: m3/h, publish: L/s }",
            float(36.625_408),
            is: "10.17372"
        ),
        Case(
            "conversion of a double knows fifteen",
            "  p: { holding: 0, type: float64, unit: m3/h, publish: L/s }",
            double(36.625_408),
            is: "10.1737244444444"
        ),
        Case(
            "conversion of a whole number knows fifteen",
            "  p: { holding: 0, type: uint16, unit: m3/h, publish: L/s }",
            .whole(1),
            is: "0.277777777777778"
        ),
        Case(
            "conversion of a scaled float32 knows seven",
            "  p: { holding: 0, type: float32, scale: 10, unit: m3/h, publish: L/s }",
            float(0.1),
            is: "0.2777778"
        ),
        Case(
            "temperature has another zero",
            "  p: { holding: 0, type: int16, decimals: 1, unit: Cel, publish: K }",
            integer(250),
            is: "298.15"
        ),
        Case(
            "grams to kilograms",
            "  p: { holding: 0, type: uint32, unit: g, publish: kg }",
            .whole(12_034),
            is: "12.034"
        ),
        Case(
            "decimals from another point",
            "  p: { holding: 0, type: int16, decimals_from: d }\n  d: { holding: 1, type: uint16 }",
            integer(250),
            .whole(3),
            is: "0.25"
        ),
        Case(
            "decimals of no use",
            "  p: { holding: 0, type: int16, decimals_from: d }\n  d: { holding: 1, type: uint16 }",
            integer(250),
            .whole(11),
            is: "null decode"
        ),
        Case(
            "decimals that are missing",
            "  p: { holding: 0, type: int16, decimals_from: d }\n  d: { holding: 1, type: uint16 }",
            integer(250),
            .missing(.timeout),
            is: "null timeout"
        ),
        Case(
            "LONG and fraction",
            "  p: { holding: 0, type: int32, unit: m3, plus: f }\n  f: { holding: 2, type: float32, unit: m3 }",
            integer(123_456),
            float(0.75),
            is: "123456.75"
        ),
        Case(
            "LONG and fraction, each by its own scale",
            "  p: { holding: 0, type: int32, scale: 10, plus: f }\n  f: { holding: 2, type: uint16, decimals: 2 }",
            integer(5),
            .whole(25),
            is: "50.25"
        ),
        Case(
            "LONG without its fraction",
            "  p: { holding: 0, type: int32, plus: f }\n  f: { holding: 2, type: float32 }",
            integer(5),
            .missing(.notANumber),
            is: "null not_a_number"
        ),
        Case(
            "sign in a status word",
            "  p: { holding: 0, type: uint32, negative_when: s.neg }\n  s: { holding: 2, bits: { neg: 8 } }",
            .whole(321),
            .whole(0x100),
            is: "-321"
        ),
        Case(
            "no sign in a status word",
            "  p: { holding: 0, type: uint32, negative_when: s.neg }\n  s: { holding: 2, bits: { neg: 8 } }",
            .whole(321),
            .whole(0xFEFF),
            is: "321"
        ),
        Case(
            "sign that cannot be read",
            "  p: { holding: 0, type: uint32, negative_when: s.neg }\n  s: { holding: 2, bits: { neg: 8 } }",
            .whole(321),
            .missing(.timeout),
            is: "null timeout"
        ),
    ]

    private static let weir = """
          q: { weir: { level: h, angle: 90, coefficient: 1.38, zero: 0.1 }, unit: m3/s, publish: L/s }
          h: { holding: 0, type: int16, decimals: 3, unit: m, range: [-1, 2], good_when: { s: 1 } }
          s: { holding: 1, type: uint16 }
        """

    static let weirs = [
        // 1.38 x 0.25^2.5 = 0.043125 m3/s.
        Case("weir", weir, nil, integer(350), .whole(1), is: "43.125"),
        Case("level at the vertex", weir, nil, integer(100), .whole(1), is: "0 low_head"),
        Case("level below the vertex", weir, nil, integer(-50), .whole(1), is: "null out_of_range"),
        Case("level out of range", weir, nil, integer(2_500), .whole(1), is: "null out_of_range"),
        Case("level that nobody vouches for", weir, nil, integer(350), .whole(0), is: "null condition"),
        Case("level missing", weir, nil, .missing(.timeout), .whole(1), is: "null timeout"),
        Case(
            "weir of centimetres and another angle",
            "  q: { weir: { level: h, angle: 60, coefficient: 1.38, zero: 0 }, unit: m3/s }\n"
                + "  h: { holding: 0, type: uint16, unit: cm }",
            nil,
            .whole(25),
            is: "0.02489823"
        ),
    ]

    private static let vouched = """
          p: { holding: 0, type: float32, range: [0, 10], good_when: { s.step: [0x52, 0x53], s.err: 0 } }
          s: { holding: 2, bits: { step: 8-15, err: 0 } }
        """

    static let qualities = [
        Case("in range", vouched, float(10), .whole(0x5200), is: "10.0"),
        Case("above the range keeps its value", vouched, float(10.5), .whole(0x5200), is: "10.5 out_of_range"),
        Case("below the range", vouched, float(-0.5), .whole(0x5300), is: "-0.5 out_of_range"),
        Case("no signal reads as 0 and is bad", vouched, float(0), .whole(0x4900), is: "0.0 condition"),
        Case("one of two conditions fails", vouched, float(5), .whole(0x5201), is: "5.0 condition"),
        Case("the word that vouches is missing", vouched, float(5), .missing(.exception(2)), is: "5.0 exception_2"),
        Case(
            "the value is missing whatever vouches",
            vouched,
            .missing(.notANumber),
            .whole(0x5200),
            is: "null not_a_number"
        ),
        Case(
            "the range is in the device's unit",
            "  p: { holding: 0, type: float32, unit: m3/h, publish: L/s, range: [0, 36] }",
            float(36),
            is: "10"
        ),
        Case(
            "a negative condition",
            "  p: { holding: 0, type: uint16, good_when: { s: -1 } }\n  s: { holding: 1, type: int16 }",
            .whole(5),
            integer(-1),
            is: "5"
        ),
        Case(
            "a coil vouches",
            "  p: { input: 16, type: uint32, good_when: { started: true } }\n  started: { coil: 0 }",
            .whole(5),
            .value(.bool(false)),
            is: "5 condition"
        ),
    ]

    @Test(arguments: arithmetic + weirs + qualities) func aSampleSaysThis(shape: Case) throws {
        let bench = try Bench(shape.points)
        let sample = bench.samples(shape.raw)[bench.profile.points[0].name]
        #expect(sample?.words == shape.words)
    }

    // MARK: Stability

    @Test func aValueIsUnstableUntilItsFlagIsSet() throws {
        let bench = try Bench(
            "  p: { holding: 0, type: uint32, stable: s.stable }\n  s: { holding: 2, bits: { stable: 11 } }"
        )
        let moving = bench.first(.whole(5), .whole(0))
        let standing = bench.first(.whole(5), .whole(0x800))
        let unread = bench.first(.whole(5), .missing(.timeout))
        #expect([moving, standing, unread].map { $0?.words } == ["5 unstable", "5", "5 unstable"])
        #expect(moving?.quality == .uncertain)
    }

    @Test func aValueIsStableWhenSoManySamplesInARowAreEqual() throws {
        let bench = try Bench("  p: { holding: 0, type: uint16, stable: 3 }")
        var words: [String?] = []
        for value: UInt64 in [5, 5, 5, 5, 6, 6, 5, 5, 5] { words.append(bench.first(.whole(value))?.words) }
        #expect(
            words == [
                "5 unstable", "5 unstable", "5", "5", "6 unstable", "6 unstable", "5 unstable", "5 unstable", "5",
            ]
        )
    }

    // MARK: Messages

    @Test func aRetainedMessageIsUncertainAndNeverCounted() throws {
        let bench = try Bench(
            "  c: { message: m, path: c, counter: { bits: 32, max_rate: 10 } }",
            mqtt: true
        )
        _ = bench.first(.whole(100), at: stamp(0))
        let retained = try #require(bench.first(.whole(90), at: stamp(1), retained: true))
        #expect(retained == Sample(value: .unsigned(90), reason: .retained))
        #expect(retained.quality == .uncertain)
        let next = try #require(bench.first(.whole(105), at: stamp(2)))
        #expect(next.increase?.description == "5")
        #expect(next.since == stamp(0).time)
    }

    @Test func aFirstMessageThatIsRetainedIsNoBaseline() throws {
        let bench = try Bench("  c: { message: m, path: c, counter: { bits: 32, max_rate: 10 } }", mqtt: true)
        _ = bench.first(.whole(90), at: stamp(0), retained: true)
        #expect(bench.first(.whole(95), at: stamp(1)) == Sample(value: .unsigned(95)))
    }

    @Test func aRetainedValueThatIsBadStaysBad() throws {
        let bench = try Bench("  p: { message: m, path: p, range: [0, 1] }", mqtt: true)
        #expect(bench.first(.whole(5), retained: true)?.words == "5 out_of_range")
    }

    @Test func whatAMessageDoesNotCarryIsAbsent() throws {
        let bench = try Bench("  a: { message: m, path: a }\n  b: { message: m, path: b }", mqtt: true)
        let samples = bench.samples([.whole(1), nil])
        #expect(samples.keys.sorted() == ["a"])
    }

    @Test func privatePointsAreUsedAndNotPublished() throws {
        let bench = try Bench(
            "  s: { holding: 2, private: true, bits: { ok: 0 } }\n"
                + "  p: { holding: 0, type: uint16, good_when: { s.ok: 1 } }"
        )
        let samples = bench.samples([.whole(0), .whole(5)])
        #expect(samples.mapValues(\.words) == ["p": "5 condition"])
    }
}
