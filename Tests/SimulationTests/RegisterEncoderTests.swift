import Domain
import Profiles
@testable import Simulation
import Testing

struct RegisterEncoderTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var value: HeldValue
        var type: RegisterType
        var order: WordOrder
        var registers: Int
        var words: [UInt16]

        init(_ name: String, _ value: HeldValue, _ type: RegisterType, _ order: WordOrder, _ words: [UInt16]) {
            testDescription = name
            self.value = value
            self.type = type
            self.order = order
            self.words = words
            registers = words.count
        }
    }

    @Test(
        "registers hold values as devices' manuals print them",
        arguments: [
            Vector("TUF-2000 REAL4", .real(36.625408), .float32, .cdab, [0x806B, 0x4212]),
            Vector("the same in plain order", .real(36.625408), .float32, .abcd, [0x4212, 0x806B]),
            Vector("the same with swapped bytes", .real(36.625408), .float32, .badc, [0x1242, 0x6B80]),
            Vector("the same little-endian, as NX5111", .real(36.625408), .float32, .dcba, [0x6B80, 0x1242]),
            Vector("SUP-PH8001 temperature", .whole(250), .int16, .abcd, [0x00FA]),
            Vector("SUP-PH8001 pH", .whole(700), .uint16, .abcd, [0x02BC]),
            Vector("Laumas weight of 70,000 counts", .whole(70_000), .uint32, .abcd, [0x0001, 0x1170]),
            Vector("ADAM counter, low word first", .whole(65_536 * 2 + 3), .uint32, .cdab, [3, 2]),
            Vector("Moxa counter, high word first", .whole(65_536 * 2 + 3), .uint32, .abcd, [2, 3]),
            Vector("a counter that wraps", .whole(65_536 + 7), .uint16, .abcd, [7]),
            Vector("a negative number", .whole(-2), .int32, .abcd, [0xFFFF, 0xFFFE]),
            Vector("float64 of 1", .real(1), .float64, .abcd, [0x3FF0, 0, 0, 0]),
            Vector("float64 with its words reversed", .real(1), .float64, .cdab, [0, 0, 0, 0x3FF0]),
            Vector("eight decimal digits", .whole(12_345_678), .bcd32, .abcd, [0x1234, 0x5678]),
            Vector("text keeps its order of words", .text("ABC"), .string, .dcba, [0x4241, 0x0043]),
            Vector("a status word under swapped bytes", .whole(0x0852), .bits, .badc, [0x5208]),
        ]
    )
    func encodes(vector: Vector) {
        let words = RegisterEncoder.words(
            vector.value,
            type: vector.type,
            registers: vector.registers,
            order: vector.order
        )
        #expect(words == vector.words)
    }

    @Test func theProbesReplyStandsInItsManual() throws {
        let model = try FieldProfiles.model("ph")
        #expect(model.raw(0, 25.0) == .whole(0x00FA))
        #expect(model.raw(1, 7.00) == .whole(0x02BC))
        #expect(model.raw(2, 0.6) == .whole(0x0006))
    }
}
