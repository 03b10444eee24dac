import Decoding
import Domain
import Testing

/// A number in registers. The table was made with Python: `struct.pack(">f", 36.625408)` and so on, cut into words, the
/// words reversed for CDAB and DCBA, the bytes of each swapped for BADC and DCBA.
struct Number: Sendable, CustomTestStringConvertible {
    var type: String
    var order: String
    var words: [UInt16]
    var value: Value

    var testDescription: String { "\(type) \(order)" }

    init(_ type: String, _ order: String, _ words: [UInt16], _ value: Value) {
        self.type = type
        self.order = order
        self.words = words
        self.value = value
    }

    static let table = [
        Number("uint16", "ABCD", [0x1234], .unsigned(4660)),
        Number("uint16", "CDAB", [0x1234], .unsigned(4660)),
        Number("uint16", "BADC", [0x3412], .unsigned(4660)),
        Number("uint16", "DCBA", [0x3412], .unsigned(4660)),
        Number("int16", "ABCD", [0xCFC7], .integer(-12_345)),
        Number("int16", "CDAB", [0xCFC7], .integer(-12_345)),
        Number("int16", "BADC", [0xC7CF], .integer(-12_345)),
        Number("int16", "DCBA", [0xC7CF], .integer(-12_345)),
        Number("bits", "ABCD", [0xA00F], .unsigned(40_975)),
        Number("bits", "CDAB", [0xA00F], .unsigned(40_975)),
        Number("bits", "BADC", [0x0FA0], .unsigned(40_975)),
        Number("bits", "DCBA", [0x0FA0], .unsigned(40_975)),
        Number("uint32", "ABCD", [0x89AB, 0xCDEF], .unsigned(2_309_737_967)),
        Number("uint32", "CDAB", [0xCDEF, 0x89AB], .unsigned(2_309_737_967)),
        Number("uint32", "BADC", [0xAB89, 0xEFCD], .unsigned(2_309_737_967)),
        Number("uint32", "DCBA", [0xEFCD, 0xAB89], .unsigned(2_309_737_967)),
        Number("int32", "ABCD", [0xB669, 0xFD2E], .integer(-1_234_567_890)),
        Number("int32", "CDAB", [0xFD2E, 0xB669], .integer(-1_234_567_890)),
        Number("int32", "BADC", [0x69B6, 0x2EFD], .integer(-1_234_567_890)),
        Number("int32", "DCBA", [0x2EFD, 0x69B6], .integer(-1_234_567_890)),
        Number("uint64", "ABCD", [0xFEDC, 0xBA98, 0x7654, 0x3210], .unsigned(18_364_758_544_493_064_720)),
        Number("uint64", "CDAB", [0x3210, 0x7654, 0xBA98, 0xFEDC], .unsigned(18_364_758_544_493_064_720)),
        Number("uint64", "BADC", [0xDCFE, 0x98BA, 0x5476, 0x1032], .unsigned(18_364_758_544_493_064_720)),
        Number("uint64", "DCBA", [0x1032, 0x5476, 0x98BA, 0xDCFE], .unsigned(18_364_758_544_493_064_720)),
        Number("int64", "ABCD", [0xEEDD, 0xEF0B, 0x8216, 0x7EEB], .integer(-1_234_567_890_123_456_789)),
        Number("int64", "CDAB", [0x7EEB, 0x8216, 0xEF0B, 0xEEDD], .integer(-1_234_567_890_123_456_789)),
        Number("int64", "BADC", [0xDDEE, 0x0BEF, 0x1682, 0xEB7E], .integer(-1_234_567_890_123_456_789)),
        Number("int64", "DCBA", [0xEB7E, 0x1682, 0x0BEF, 0xDDEE], .integer(-1_234_567_890_123_456_789)),
        Number("float32", "ABCD", [0x4212, 0x806B], .float32(36.625408)),
        Number("float32", "CDAB", [0x806B, 0x4212], .float32(36.625408)),
        Number("float32", "BADC", [0x1242, 0x6B80], .float32(36.625408)),
        Number("float32", "DCBA", [0x6B80, 0x1242], .float32(36.625408)),
        Number("float64", "ABCD", [0xC106, 0x7CFE, 0x0287, 0x3BC9], .float64(-184_223.7512345)),
        Number("float64", "CDAB", [0x3BC9, 0x0287, 0x7CFE, 0xC106], .float64(-184_223.7512345)),
        Number("float64", "BADC", [0x06C1, 0xFE7C, 0x8702, 0xC93B], .float64(-184_223.7512345)),
        Number("float64", "DCBA", [0xC93B, 0x8702, 0xFE7C, 0x06C1], .float64(-184_223.7512345)),
        Number("bcd16", "ABCD", [0x9876], .unsigned(9876)),
        Number("bcd16", "CDAB", [0x9876], .unsigned(9876)),
        Number("bcd16", "BADC", [0x7698], .unsigned(9876)),
        Number("bcd16", "DCBA", [0x7698], .unsigned(9876)),
        Number("bcd32", "ABCD", [0x1234, 0x5678], .unsigned(12_345_678)),
        Number("bcd32", "CDAB", [0x5678, 0x1234], .unsigned(12_345_678)),
        Number("bcd32", "BADC", [0x3412, 0x7856], .unsigned(12_345_678)),
        Number("bcd32", "DCBA", [0x7856, 0x3412], .unsigned(12_345_678)),
    ]
}
