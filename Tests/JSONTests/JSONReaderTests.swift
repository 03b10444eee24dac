import Domain
import Foundation
import JSON
import Platform
import TestSupport
import Testing

@Suite struct JSONReaderTests {
    // MARK: Against JSONDecoder

    /// Documents and other texts; both readers must give the same result for each.
    static let documents: [String] = [
        "", " ", "null", " true\n", "false", "nul", "truex", "True", "NaN", "Infinity", "-Infinity", "-", "+1", "01",
        "-01",
        "1.", ".5", "1e", "1e+", "1.e3", "0x1F", "1_000", "0", "-0", "-0.0", "0.0", "1.0", "1e3", "1E+3", "1e-3",
        "12.50",
        "34.0", "1.5e1", "100e-2", "1e19", "1e20", "-1e18", "-9223372036854775808", "-9223372036854775809",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "9007199254740993", "9007199254740993.0", "9007199254740993.5", "0.1", "2.5e-3", "1.7976931348623157e308",
        "1e308",
        "1e309", "1e400", "-1e400", "[1,1e400]", #"{"a":1,"b":1e999999999999}"#, "5e-324", "2.2250738585072011e-308",
        "123456789012345678901234567890", "0.123456789012345678901234567890", "3.141592653589793238462643383279",
        "7205759403792793199999e-5", "9214843084008499", "\"\"", "\"a", "\"a\\", "\"\\", #""\u00e9""#, #""\u00E9""#,
        #""\ud83d\ude00""#, #""\ud83d""#, #""\ude00""#, #""\ud83d\ud83d""#, #""\ud83dx""#, #""\ud83d\n""#, #""\u12""#,
        #""\u12g4""#, #""\u0000""#, #""\q""#, #""\/\b\f\n\r\t\"\\""#, "\"\u{1}\"", "\"\t\"", "\"\n\"", "\"\u{7F}\"",
        "\"é\"", "\"\u{1F600}\"", "[]", "[ ]", "[1]", "[1,]", "[,1]", "[1 2]", "[", "[1", "]", "{}", "{ }", "{", "}",
        #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,}"#, #"{a:1}"#, #"{'a':1}"#, #"{"a":1 "b":2}"#, #"{"a":1,"a":2}"#,
        #"{"a":{"b":1},"a":{"c":2}}"#, #"{"a":1,"\u0061":2}"#, #"{"":1}"#, #"{"é":1,"ü":2}"#, "1 2", "1,", "{}{}",
        "[1]x", "// c\n1", "/* c */1", "[1,2]\u{0}", "\u{A0}1", "\u{FEFF}1", #"{"a":[1,{"b":[null,true,"x"]}]}"#,
    ]

    @Test(arguments: documents) func aDocumentIsReadAsJSONDecoderReadsIt(text: String) {
        expectSame(Array(text.utf8))
    }

    static let bytes: [[UInt8]] = [
        [0x22, 0xC3, 0x28, 0x22], [0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22],
        [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0xEF, 0xBB, 0xBF, 0x31], [0xEF, 0xBB, 0x31],
        [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], [0x80], [0x5B, 0x31, 0x80, 0x5D], [0x31, 0xEF, 0xBB, 0xBF],
    ]

    @Test(arguments: bytes) func bytesThatAreNoTextAreRefusedAsJSONDecoderRefusesThem(bytes: [UInt8]) {
        expectSame(bytes)
    }

    @Test func fiveThousandDocumentsAreReadAsJSONDecoderReadsThem() {
        var writer = RandomJSON(seed: 20_261_121)
        for _ in 0..<5_000 { expectSame(writer.document()) }
    }

    @Test func documentsWithAnyFlawAreJudgedAsJSONDecoderJudgesThem() {
        var writer = RandomJSON(seed: 7)
        for _ in 0..<5_000 { expectSame(writer.flawed()) }
    }

    private func expectSame(_ bytes: [UInt8]) {
        let new = JSONTree.parse(bytes)
        let old = try? JSONDecoder().decode(DecoderTree.self, from: Data(bytes))  // nil is what a refusal gives
        #expect(DecoderTree.same(new, old), "\(String(decoding: bytes, as: UTF8.self))")
    }

    @Test func wholeNumbersAreExactTo64Bits() {
        for shift in 0..<64 {
            for offset: UInt64 in [0, 1, 12_345] {
                let number = (UInt64.max >> UInt64(shift)) &- offset
                #expect(JSONTree.parse(Array("\(number)".utf8))?.text == "\(number)")
                guard number <= Int64.max else { continue }
                #expect(JSONTree.parse(Array("-\(number)".utf8))?.text == "\(-Int64(number))")
            }
        }
    }

    // MARK: What is wanted

    @Test func whatIsKeptOfADocumentIsWhatStandsInTheWhole() {
        var writer = RandomJSON(seed: 99)
        let paths = ["a", "b", "a.b", "a.a.b", "b[0]", "b[2].a", "c[1][0]", "é", "a.é", "c"].compactMap { JSONPath($0) }
        for round in 0..<5_000 {
            let bytes = writer.document()
            let wanted = paths.enumerated().filter { (round >> ($0.offset % 8)) & 1 == 1 }.map(\.element)
            let (whole, kept) = (JSONTree.parse(bytes), JSONTree.parse(bytes, keeping: JSONSelection(wanted)))
            #expect((whole == nil) == (kept == nil))
            for path in wanted {
                #expect(kept?[path] == whole?[path], "\(path) of \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test(arguments: [#"{"a":1,"b":01}"#, #"{"b":"\ud800","a":1}"#, #"{"a":1,"b":[1,}"#, #"{"a":1,"b":1e400}"#])
    func whatIsNotWantedIsCheckedAllTheSame(text: String) throws {
        let wanted = JSONSelection([try #require(JSONPath("a"))])
        #expect(JSONTree.parse(Array(text.utf8), keeping: wanted) == nil)
    }

    // MARK: Limits

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")]) func sixtyFourLevelsAreReadAndOneMoreIsNot(
        open: String,
        close: String
    ) {
        for (depth, isRead) in [(63, true), (64, true), (65, false), (512, false), (1_000_000, false)] {
            let text = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            #expect((JSONTree.parse(Array(text.utf8)) != nil) == isRead, "\(depth)")
        }
    }

    @Test func membersAreTakenByTheirBytesAndNotByWhatLooksTheSame() throws {
        let wanted = JSONSelection([try #require(JSONPath("\u{E9}"))])
        #expect(JSONTree.parse(Array("{\"e\u{301}\":1}".utf8), keeping: wanted) == .object([:]))
        #expect(
            JSONTree.parse(Array("{\"\\u00e9\":1}".utf8), keeping: wanted)
                == .object([ExactText("\u{E9}"): .integer(1)])
        )
    }
}
