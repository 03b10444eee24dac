import Decoding
import Documents
import Domain
import Profiles
import Testing

@Suite struct `Marks for no value` {
    private static func words(_ number: Float) -> [UInt16] {
        [UInt16(number.bitPattern >> 16), UInt16(number.bitPattern & 0xFFFF)]
    }

    @Test(arguments: [
        ("[-9999]", Float(-9_999), true), ("[-9999.0]", -9_999, true), ("[1e20]", 1e20, true),
        ("[0xC61C3C00]", -9_999, true),
        ("[-9999.9]", -9_999.9, true), ("[0]", -0.0, true), ("[0]", 0, true), ("[-9999]", -9_998, false),
    ])
    func `of a float are compared as numbers, and in hexadecimal as bits`(
        marks: String,
        number: Float,
        isMark: Bool
    ) throws {
        let raw = try decoded(Self.words(number), as: "type: float32, invalid: \(marks)")
        #expect(raw == (isMark ? .missing(.invalid) : .value(.float32(number))))
    }

    @Test func `of a float may be a NaN, and have the order of its words`() throws {
        #expect(try decoded([0x7FC0, 0], as: "type: float32, invalid: [0x7FC00000]") == .missing(.invalid))
        let swapped = Array(Self.words(-9_999).reversed())
        #expect(try decoded(swapped, as: "type: float32, invalid: [-9999]", order: "CDAB") == .missing(.invalid))
        let double = (0..<4).map { UInt16(truncatingIfNeeded: Double(1e20).bitPattern >> UInt64(48 - 16 * $0)) }
        #expect(try decoded(double, as: "type: float64, invalid: [1e20]") == .missing(.invalid))
    }

    @Test(arguments: [
        ("int16", "[-32768]", [UInt16(0x8000)]), ("int16", "[0x8000]", [0x8000]), ("int16", "[32768]", [0x8000]),
        ("int16", "[-9999.0]", [0xD8F1]), ("uint16", "[65535]", [0xFFFF]), ("bcd16", "[9999]", [0x9999]),
        ("bcd16", "[0xFFFF]", [0xFFFF]), ("bcd16", "[39321]", [0x9999]), ("int32", "[-1]", [0xFFFF, 0xFFFF]),
        ("uint64", "[0xFFFFFFFFFFFFFFFF]", [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF]),
    ])
    func `of whole numbers are numbers of the type or its bits`(type: String, marks: String, words: [UInt16]) throws {
        #expect(try decoded(words, as: "type: \(type), invalid: \(marks)") == .missing(.invalid))
    }

    @Test func `of digits are no bits of other digits`() throws {
        #expect(try decoded([0x0010], as: "type: bcd16, invalid: [16]") == .value(.unsigned(10)))
    }

    @Test(arguments: [
        ("uint16", "-1"), ("int16", "-40000"), ("uint16", "0x10000"), ("float32", "1e300"), ("bcd16", "10000"),
    ])
    func `that the type cannot hold are a hint, and the profile is read`(type: String, mark: String) throws {
        let profile = try Written.registers("type: \(type), invalid: [\(mark)]")
        #expect(profile.hints == [.unheldMark(point: "p", mark: mark)])
    }
}
