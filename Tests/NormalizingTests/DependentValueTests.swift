import Decoding
import Domain
import Normalizing
import Testing

@Suite struct `Values that depend on other points` {
    @Test(arguments: [
        (UInt64(2_345), Int64(-2), "23.45"), (2_345, 0, "2345"), (2_345, 2, "234500"), (2_345, -10, "2.345e-7"),
        (2_345, -11, "null decode"), (2_345, 11, "null decode"), (2_345, -32_768, "null decode"),
    ])
    func `an exponent of SunSpec moves the decimal point by its value`(
        raw: UInt64,
        exponent: Int64,
        words: String
    ) throws {
        let bench = try Bench(
            "  w: { holding: 0, type: uint16, decimals_from: e }\n  e: { holding: 1, type: int16, scale: -1 }"
        )
        #expect(bench.first(.whole(raw), .value(.integer(exponent)))?.words == words)
    }

    @Test func `decimals that are no whole number, or not good, leave no value`() throws {
        let bench = try Bench(
            "  w: { holding: 0, type: uint16, decimals_from: e }\n"
                + "  e: { holding: 1, type: uint16, scale: 0.5, range: [0, 4], private: true }"
        )
        #expect(bench.first(.whole(1_234), .whole(4))?.words == "12.34")
        #expect(bench.first(.whole(1_234), .whole(3))?.words == "null decode")
        #expect(bench.first(.whole(1_234), .whole(10))?.words == "null out_of_range")
        #expect(bench.first(.whole(1_234), .missing(.exception(2)))?.words == "null exception_2")
    }

    @Test func `decimals may be a field of a status word`() throws {
        let bench = try Bench(
            "  w: { holding: 0, type: uint16, decimals_from: d }\n  s: { holding: 1, bits: { d: 4-6 } }\n"
                + "  d: { field: s.d, private: true }"
        )
        #expect(bench.first(.whole(1_234), .whole(0x23), nil)?.words == "12.34")
    }

    @Test func `a sum with a part that is not good is not good`() throws {
        let bench = try Bench(
            "  w: { holding: 0, type: uint16, plus: f }\n  f: { holding: 1, type: uint16, range: [0, 9] }"
        )
        #expect(bench.first(.whole(5), .whole(9))?.words == "14")
        #expect(bench.first(.whole(5), .whole(10))?.words == "null out_of_range")
    }

    // MARK: Conditions

    private static let meter = """
          error: { message: m, path: error, type: string, private: true }
          volume: { message: m, path: value, good_when: { error: [no error, ""] } }
        """

    @Test func `a text vouches for a value, byte by byte`() throws {
        let bench = try Bench(Self.meter, mqtt: true)
        func volume(_ error: RawValue?) -> Sample? { bench.samples([error, .value(.float64(264.352))])["volume"] }
        #expect(volume(.value(.string("no error")))?.words == "264.352")
        #expect(volume(.value(.string("")))?.words == "264.352")
        #expect(volume(.value(.string("No error")))?.words == "264.352 condition")
        #expect(volume(.missing(.tooLong))?.words == "264.352 too_long")
        #expect(volume(nil)?.words == "264.352 decode")
    }

    @Test func `a condition that does not hold says what was found and what was wanted`() throws {
        let bench = try Bench(
            """
              q: { holding: 0, type: float32, good_when: { s.step: 0x52 } }
              s:
                holding: 2
                bits: { step: { bits: 8-15, codes: { 0x52: "R: measuring", 0x49: "I: no signal" } } }
              v: { holding: 3, type: uint16, good_when: { u: [0, 1] } }
              u: { holding: 4, type: uint16, codes: { 0: m3 }, private: true }
            """
        )
        let samples = bench.samples([.value(.float32(0)), .whole(0x4955), .whole(7), .whole(12)])
        #expect(samples["q"]?.why == "step = 0x49 (I: no signal), wanted 0x52 (R: measuring)")
        #expect(samples["v"]?.why == "u = 0x0C, wanted 0x00 (m3) or 0x01")
        #expect(samples["q"]?.words == "0.0 condition")
        let lost = bench.samples([.value(.float32(0)), .missing(.crc), .whole(7), .whole(0)])
        #expect(lost["q"]?.why == "step is not known (crc), wanted 0x52 (R: measuring)")
        #expect(lost["v"]?.why == nil)
        let text = try Bench(Self.meter, mqtt: true)
        let long = String(repeating: "x", count: 100)
        let said = text.samples([.value(.string("Neg. Rate")), .whole(1)])["volume"]?.why
        #expect(said == "error = \"Neg. Rate\", wanted \"no error\" or \"\"")
        let cut = try #require(text.samples([.value(.string(long)), .whole(1)])["volume"]?.why)
        #expect(cut.count < 110)
    }

    @Test func `a number of JSON may be written with a fraction of 0`() throws {
        let bench = try Bench(
            "  v: { message: m, path: v, good_when: { s: 1 } }\n  s: { message: m, path: s, private: true }",
            mqtt: true
        )
        #expect(bench.first(.whole(5), .value(.float64(1)))?.words == "5")
        #expect(bench.first(.whole(5), .value(.float64(1.5)))?.words == "5 decode")
    }

    @Test func `a register that only some models have vouches where the device refuses it`() throws {
        let points =
            "  v: { holding: 0, type: uint16, good_when: { u: 0 } }\n  u: { holding: 1, type: uint16, private: true"
        let bench = try Bench(points + ", optional: true }")
        #expect(bench.first(.whole(5), .whole(0))?.words == "5")
        #expect(bench.first(.whole(5), .whole(1))?.words == "5 condition")
        for code in [UInt8(2), 3] { #expect(bench.first(.whole(5), .missing(.exception(code)))?.words == "5") }
        // Anything else says nothing about the model.
        #expect(bench.first(.whole(5), .missing(.exception(4)))?.words == "5 exception_4")
        #expect(bench.first(.whole(5), .missing(.timeout))?.words == "5 timeout")
        #expect(try Bench(points + " }").first(.whole(5), .missing(.exception(2)))?.words == "5 exception_2")
    }

    // MARK: Fields

    @Test func `a signed field has its own sign, mark and condition`() throws {
        let bench = try Bench(
            """
              st: { holding: 0, type: uint16, private: true, bits: { t: { bits: 8-15, signed: true }, h: 0-7 } }
              t: { field: st.t, unit: Cel, scale: 0.5, invalid: [-128] }
              h: { field: st.h, unit: "%", invalid: [255] }
              w: { holding: 1, type: uint16, good_when: { st.t: [-10, 5] } }
            """
        )
        let samples = bench.samples([.whole(0xF637), nil, nil, .whole(1)])
        #expect(samples["t"]?.words == "-5" && samples["h"]?.words == "55" && samples["w"]?.words == "1")
        #expect(
            bench.samples([.whole(0x0AFF), nil, nil, .whole(1)]).mapValues(\.words) == [
                "t": "5", "h": "null invalid", "w": "1 condition",
            ]
        )
        #expect(bench.samples([.whole(0x8000), nil, nil, .whole(1)])["t"]?.words == "null invalid")
    }
}
