import Decoding
import Domain
import Profiles
import Testing

@Suite struct RegisterDecoderTests {
    @Test(arguments: Number.table) func aNumberIsDecodedInItsWordOrder(number: Number) throws {
        #expect(try decoded(number.words, as: "type: \(number.type)", order: number.order) == .value(number.value))
    }

    @Test func theTableHasEveryNumberInEveryOrder() {
        let numbers = RegisterType.allCases.filter { $0 != .bool && $0 != .string }
        #expect(Set(Number.table.map(\.testDescription)).count == numbers.count * WordOrder.general.count)
    }

    @Test func aPointsOwnWordOrderWins() throws {
        #expect(
            try decoded([0xCDEF, 0x89AB], as: "type: uint32, word_order: CDAB", order: "DCBA")
                == .value(.unsigned(0x89AB_CDEF))
        )
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var point: String
        var order = "ABCD"
        var words: [UInt16]
        var value: RawValue
    }

    static let cases = [
        Case(testDescription: "BCD of zero", point: "type: bcd16", words: [0], value: .value(.unsigned(0))),
        Case(
            testDescription: "BCD with a nibble of 10",
            point: "type: bcd16",
            words: [0x12A4],
            value: .missing(.decode)
        ),
        Case(testDescription: "BCD all ones", point: "type: bcd32", words: [0xFFFF, 0xFFFF], value: .missing(.decode)),
        Case(
            testDescription: "BCD with a bad nibble in the low word",
            point: "type: bcd32",
            words: [0x1234, 0x567B],
            value: .missing(.decode)
        ),
        Case(testDescription: "NaN", point: "type: float32", words: [0x7FC0, 0], value: .missing(.notANumber)),
        Case(testDescription: "infinity", point: "type: float32", words: [0x7F80, 0], value: .missing(.notANumber)),
        Case(
            testDescription: "minus infinity",
            point: "type: float32",
            words: [0xFF80, 0],
            value: .missing(.notANumber)
        ),
        Case(
            testDescription: "double NaN",
            point: "type: float64",
            words: [0x7FF8, 0, 0, 0],
            value: .missing(.notANumber)
        ),
        Case(
            testDescription: "double infinity",
            point: "type: float64",
            words: [0x7FF0, 0, 0, 0],
            value: .missing(.notANumber)
        ),
        Case(
            testDescription: "marker as bits of a signed number",
            point: "type: int16, invalid: [0x8000]",
            words: [0x8000],
            value: .missing(.invalid)
        ),
        Case(
            testDescription: "marker as a signed number",
            point: "type: int16, invalid: [-32768]",
            words: [0x8000],
            value: .missing(.invalid)
        ),
        Case(
            testDescription: "marker of 32 bits as a signed number",
            point: "type: int32, invalid: [-1]",
            words: [0xFFFF, 0xFFFF],
            value: .missing(.invalid)
        ),
        Case(
            testDescription: "marker of an unsigned number",
            point: "type: uint16, invalid: [65535, 65534]",
            words: [0xFFFE],
            value: .missing(.invalid)
        ),
        Case(
            testDescription: "beside the marker",
            point: "type: int16, invalid: [0x8000]",
            words: [0x8001],
            value: .value(.integer(-32_767))
        ),
        Case(
            testDescription: "marker of a float by its bits",
            point: "type: float32, invalid: [0xFFFFFFFF]",
            words: [0xFFFF, 0xFFFF],
            value: .missing(.invalid)
        ),
        Case(
            testDescription: "marker in the device's word order",
            point: "type: uint32, invalid: [0x80000001]",
            order: "CDAB",
            words: [0x0001, 0x8000],
            value: .missing(.invalid)
        ),
        Case(
            testDescription: "text",
            point: "type: string, registers: 3",
            words: [0x5455, 0x462D, 0x3230],
            value: .value(.string("TUF-20"))
        ),
        Case(
            testDescription: "text with swapped bytes",
            point: "type: string, registers: 2",
            order: "BADC",
            words: [0x5554, 0x2D46],
            value: .value(.string("TUF-"))
        ),
        Case(
            testDescription: "text never has its words reversed",
            point: "type: string, registers: 2",
            order: "DCBA",
            words: [0x5554, 0x2D46],
            value: .value(.string("TUF-"))
        ),
        Case(
            testDescription: "text under CDAB stays as it is",
            point: "type: string, registers: 2",
            order: "CDAB",
            words: [0x5455, 0x462D],
            value: .value(.string("TUF-"))
        ),
        Case(
            testDescription: "text ends at a NUL",
            point: "type: string, registers: 3",
            words: [0x4142, 0x4300, 0x5A5A],
            value: .value(.string("ABC"))
        ),
        Case(
            testDescription: "text padded with spaces",
            point: "type: string, registers: 3",
            words: [0x4120, 0x4220, 0x2020],
            value: .value(.string("A B"))
        ),
        Case(
            testDescription: "text that is no text",
            point: "type: string, registers: 2",
            words: [0x4142, 0xFFFE],
            value: .missing(.decode)
        ),
        Case(
            testDescription: "text with a control character",
            point: "type: string, registers: 1",
            words: [0x4107],
            value: .missing(.decode)
        ),
        // Field vectors.
        Case(
            testDescription: "TUF-2000M flow as the manual prints it",
            point: "type: float32",
            order: "CDAB",
            words: [0x806B, 0x4212],
            value: .value(.float32(36.625_408))
        ),
        Case(
            testDescription: "ioLogik counter, high word first",
            point: "type: uint32",
            words: [0x0001, 0x0002],
            value: .value(.unsigned(65_538))
        ),
        Case(
            testDescription: "ADAM-6051 counter, low word first",
            point: "type: uint32",
            order: "CDAB",
            words: [0x0001, 0x0002],
            value: .value(.unsigned(131_073))
        ),
        Case(
            testDescription: "Laumas weight, both words in use",
            point: "type: uint32",
            words: [0x0001, 0x86A0],
            value: .value(.unsigned(100_000))
        ),
    ]

    @Test(arguments: cases) func registersSayThis(shape: Case) throws {
        #expect(try decoded(shape.words, as: shape.point, order: shape.order) == shape.value)
    }

    /// The manual prints 36.625408; seven digits name the same float.
    @Test func theTufsFlowIsWrittenWithTheFewestDigits() throws {
        let value = try decoded([0x806B, 0x4212], as: "type: float32", order: "CDAB").value
        #expect(value?.description == "36.62541")
        #expect(Float("36.625408") == Float("36.62541"))
    }

    /// The wrong word order shows at once.
    @Test func theTufsFlowReadAsBADCIsAbsurd() throws {
        let value = try #require(try decoded([0x806B, 0x4212], as: "type: float32", order: "BADC").value?.double)
        #expect(abs(value - 3.096_574_5e26) < 1e20)
    }

    @Test func theDataOfTheSUPPH8001sManualDecodesToItsValues() throws {
        let profile = try Written.profile(
            """
            profile: written
            name: Written
            measures: water
            source: a test
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              temperature: { holding: 0, type: int16 }
              ph: { holding: 1, type: uint16 }
              electrode: { holding: 2, type: int16 }
            """
        )
        var values: [RawValue?] = Array(repeating: .missing(.timeout), count: 3)
        let range = RegisterRange(.holding, start: 0, count: 3)
        RegisterDecoder(points: profile.points).decode(
            RegisterBlock(range: range, words: [0x00FA, 0x02BC, 0x0006], arrived: Uptime(nanoseconds: 0)),
            points: [0, 1, 2],
            into: &values
        )
        #expect(values == [.value(.integer(250)), .value(.unsigned(700)), .value(.integer(6))])
    }

    @Test func onlyThePointsOfTheBlockAreTouched() throws {
        let profile = try Written.profile(
            """
            profile: written
            name: Written
            measures: water
            source: a test
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              a: { holding: 100, type: uint16 }
              b: { holding: 103, type: uint16 }
              c: { coil: 1 }
            """
        )
        var values: [RawValue?] = Array(repeating: .missing(.crc), count: 3)
        let decoder = RegisterDecoder(points: profile.points)
        let holding = RegisterRange(.holding, start: 101, count: 3)
        decoder.decode(
            RegisterBlock(range: holding, words: [1, 2, 3], arrived: Uptime(nanoseconds: 0)),
            points: [1],
            into: &values
        )
        #expect(values == [.missing(.crc), .value(.unsigned(3)), .missing(.crc)])
        let coils = RegisterRange(.coil, start: 0, count: 2)
        decoder.decode(
            RegisterBlock(range: coils, words: [0, 1], arrived: Uptime(nanoseconds: 0)),
            points: [2],
            into: &values
        )
        #expect(values[2] == .value(.bool(true)))
    }
}
