import Domain
import JSON
import Testing

@Suite struct ValueTests {
    @Test(arguments: [
        (Value.float32(0.1), "0.1"), (.float32(Float(bitPattern: 0x4212_806B)), "36.62541"), (.float32(12), "12.0"),
        (.float32(-0.5), "-0.5"), (.float32(16_777_216), "16777216.0"), (.float32(3.1e26), "3.1e+26"),
        (.float64(0.1), "0.1"), (.float64(246_913.5), "246913.5"), (.float64(12_345), "12345.0"),
        (.integer(.min), "-9223372036854775808"), (.unsigned(.max), "18446744073709551615"), (.integer(0), "0"),
        (.decimal(DecimalNumber(negative: false, magnitude: 7_000, exponent: -3)), "7"), (.bool(true), "true"),
        (.bool(false), "false"), (.string("a\"b"), "a\"b"),
    ])
    func writesTheShortestTextThatReadsBack(value: Value, text: String) {
        #expect(value.description == text)
    }

    @Test(arguments: [
        (Value.float32(0.1), "0.1"), (.float64(0.1), "0.1"), (.integer(-7), "-7"),
        (.unsigned(.max), "18446744073709551615"), (.bool(true), "1"), (.float32(36.625408), "36.62541"),
        (.float32(1e-7), "1e-7"), (.float32(16_777_216), "16777216"),
    ])
    func becomesADecimalByItsDigits(value: Value, text: String) {
        #expect(value.decimal?.description == text)
    }

    @Test func aStringIsNoNumber() {
        #expect(Value.string("1").decimal == nil)
        #expect(Value.string("1").double == nil)
        #expect(Value.string("1").word == nil)
    }

    @Test func aStatusWordKeepsItsBits() {
        #expect(Value.integer(-1).word == .max)
        #expect(Value.unsigned(0x5263).word == 0x5263)
        #expect(Value.float32(1).word == nil)
        let step = PointFace.Field(name: "step", low: 8, high: 15)
        #expect(step.value(in: 0x5263) == 0x52)
        #expect(PointFace.Field(name: "all", low: 0, high: 63).value(in: .max) == .max)
        #expect(PointFace.Field(name: "top", low: 63, high: 63).value(in: .max) == 1)
    }
}

@Suite struct JSONTextTests {
    private func written(_ write: (inout JSONText) -> Void) -> String {
        var text = JSONText()
        write(&text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("", #""""#), (#"a"b"#, #""a\"b""#), (#"a\b"#, #""a\\b""#), ("a\nb", #""a\u000ab""#),
        ("\u{0}", #""\u0000""#), ("\u{1f}", #""\u001f""#), ("\u{7f}", "\"\u{7f}\""), ("a/b", #""a/b""#),
        ("é", "\"é\""), ("\u{1f6b0}", "\"\u{1f6b0}\""), ("\u{2028}", "\"\u{2028}\""),
    ])
    func escapesWhatJSONAsksForAndNothingElse(text: String, json: String) {
        #expect(written { $0.string(text) } == json)
    }

    @Test func writesNestedValuesInOrder() {
        let object: [(String, DataValue)] = [
            ("z", .null), ("a", .array([.bool(true), .integer(-3), .number(.float32(0.1)), .array([])])),
            ("o", .object([DataValue.Member("k\"", .string("v"))])), ("s", .number(.string("t\n"))),
        ]
        #expect(
            written { $0.object(object) }
                == #"{"z":null,"a":[true,-3,0.1,[]],"o":{"k\"":"v"},"s":"t\u000a"}"#
        )
    }

    @Test func writesTimesAndIsUsedAgain() {
        var text = JSONText()
        text.instant(Instant(millisecondsSince1970: 0))
        #expect(String(decoding: text.bytes, as: UTF8.self) == #""1970-01-01T00:00:00.000Z""#)
        text.removeAll()
        text.raw("{}")
        text.integer(UInt64.max)
        #expect(String(decoding: text.bytes, as: UTF8.self) == "{}18446744073709551615")
    }
}

@Suite struct ReasonTests {
    /// The contract's list, in its order.
    static let contract: [(reason: Reason, word: String, quality: Quality)] =
        [
            (.timeout, "timeout", .bad), (.noConnection, "no_connection", .bad), (.port, "port", .bad),
            (.crc, "crc", .bad), (.badFrame, "bad_frame", .bad), (.foreignReply, "foreign_reply", .bad),
            (.distrusted, "distrusted", .bad),
        ] + (1...11).map { (.exception(UInt8($0)), "exception_\($0)", .bad) } + [
            (.borrowed, "borrowed", .bad), (.notSeen, "not_seen", .bad), (.offline, "offline", .bad),
            (.retained, "retained", .uncertain), (.decode, "decode", .bad), (.notANumber, "not_a_number", .bad),
            (.tooLong, "too_long", .bad),
            (.invalid, "invalid", .bad), (.outOfRange, "out_of_range", .bad), (.condition, "condition", .bad),
            (.unstable, "unstable", .uncertain), (.tiny, "tiny", .uncertain), (.lowHead, "low_head", .uncertain),
            (.counterReset, "counter_reset", .uncertain),
            (.counterGap, "counter_gap", .uncertain),
        ]

    @Test(arguments: contract)
    func everyReasonHasTheContractsWordAndQuality(row: (reason: Reason, word: String, quality: Quality)) {
        #expect(row.reason.word == row.word)
        #expect(row.reason.quality == row.quality)
        #expect(Sample(value: nil, reason: row.reason).quality == row.quality)
    }

    @Test func noTwoReasonsShareAWord() {
        #expect(Set(Self.contract.map(\.word)).count == Self.contract.count)
        #expect(Sample(value: .integer(1)).quality == .good)
    }
}
