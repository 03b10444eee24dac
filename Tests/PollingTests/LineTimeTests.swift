import Domain
import Polling
import Profiles
import Testing

@Suite struct LineTimeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var range: RegisterRange
        var line: SerialSettings
        /// Request 8, reply 5 and the data, twice 3.5 of silence.
        var characters: Int
        var bits: Int
    }

    static let cases = [
        Case(testDescription: "one register, 8N1", range: holding(0), line: SerialSettings(), characters: 22, bits: 10),
        Case(
            testDescription: "ten registers, 8N1",
            range: holding(0, 10),
            line: SerialSettings(),
            characters: 40,
            bits: 10
        ),
        Case(
            testDescription: "ten registers, 8E1",
            range: holding(0, 10),
            line: SerialSettings(baud: 19_200, parity: .even),
            characters: 40,
            bits: 11
        ),
        Case(
            testDescription: "125 registers, 8N2",
            range: RegisterRange(.input, start: 0, count: 125),
            line: SerialSettings(baud: 1_200, stopBits: 2),
            characters: 270,
            bits: 11
        ),
        Case(
            testDescription: "nine bits are two bytes",
            range: RegisterRange(.coil, start: 0, count: 9),
            line: SerialSettings(),
            characters: 22,
            bits: 10
        ),
    ]

    @Test(arguments: cases) func aTransactionTakesItsCharactersTimes(shape: Case) {
        let time = LineTime.transaction(shape.range, on: shape.line)
        let expected = Double(shape.characters * shape.bits) / Double(shape.line.baud)
        #expect(abs(time.inSeconds - expected) < 2e-9)
    }

    @Test func theSilenceBetweenFramesIsThreeAndAHalfCharacters() {
        #expect(SerialSettings(baud: 9_600).silence == .nanoseconds(3_645_833))
    }

    /// Two requests of 22 characters at 9600 8N1 are 45.8 ms; each second they are 4.58 % of the line.
    @Test func theLoadIsTheShareOfTheLine() throws {
        let plan = try Layout(values: [holding(0), holding(5)]).plan()
        let load = LineTime.load([(plan, .seconds(1)), (plan, .seconds(2))], on: SerialSettings())
        #expect(abs(load - 0.045_833 * 1.5) < 1e-5)
    }

    @Test func nothingToPollIsNoLoad() { #expect(LineTime.load([], on: SerialSettings()) == 0) }
}
