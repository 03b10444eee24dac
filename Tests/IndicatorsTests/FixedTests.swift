import Domain
import Indicators
import Testing

@Suite struct `Fixed numbers` {
    @Test(
        arguments: [
            ("0", Int128(0)), ("1", 1_000_000_000), ("-2.5", -2_500_000_000), ("0.000000001", 1),
            ("184223.75", 184_223_750_000_000), ("18446744073709551615", 18_446_744_073_709_551_615_000_000_000),
            ("0.1", 100_000_000), ("1e18", 1_000_000_000_000_000_000_000_000_000),
        ] as [(String, Int128)]
    ) func `hold nine decimals exactly`(text: String, billionths: Int128) throws {
        let number = try #require(DecimalNumber(text))
        #expect(Fixed(number)?.billionths == billionths)
        #expect(Fixed(billionths: billionths).decimal == number)
    }

    @Test(
        arguments: [
            ("0.0000000005", Int128(0)), ("0.0000000015", 2), ("0.0000000025", 2), ("0.00000000250001", 3),
            ("-0.0000000015", -2), ("-0.0000000004", 0), ("1e-40", 0), ("1e-29", 0), ("9.9999999999", 10_000_000_000),
        ] as [(String, Int128)]
    ) func `round half to even beyond nine decimals`(text: String, billionths: Int128) throws {
        #expect(Fixed(try #require(DecimalNumber(text)))?.billionths == billionths)
    }

    @Test(arguments: ["1e28", "-1e28", "9e300"]) func `refuse what nothing measured reaches`(text: String) throws {
        #expect(Fixed(try #require(DecimalNumber(text))) == nil)
    }

    @Test func `sum in any order to the same digits`() {
        let parts = (1...1_000).map { fixed("0.1") + Fixed(billionths: Int128($0)) }
        #expect(parts.reduce(.zero, +) == parts.reversed().reduce(.zero, +))
        #expect(parts.reduce(.zero, +).description == "100.0005005")
        #expect(fixed("0.3") - fixed("0.1") == fixed("0.2"))
    }

    @Test func `are told to 19 digits, rounded once`() {
        // 49 hundredths of the 19th digit: rounding digit by digit would go up.
        #expect(Fixed(billionths: 1_000_000_000_000_000_000_049).decimal.description == "1000000000000")
        #expect(Fixed(billionths: 1_000_000_000_000_000_000_051).decimal.description == "1000000000000.0000001")
        #expect(Fixed(billionths: -1_000_000_000_000_000_000_051).decimal.description == "-1000000000000.0000001")
        #expect(Fixed(billionths: Int128(UInt64.max)).decimal.description == "18446744073.709551615")
    }

    @Test func `compare as numbers`() {
        #expect(fixed("-2") < fixed("-1.999999999"))
        #expect(fixed("10") > fixed("9.5"))
        #expect(Fixed(3) == fixed("3.000"))
    }

    @Test(arguments: [
        // The week's example found these: 572.07 / 96 is 5.9590625, and a double's quotient lies above it.
        ("572.07", 96, "5.959062"), ("619.71", 96, "6.455312"), ("604.65", 96, "6.298438"),
        ("-572.07", 96, "-5.959062"),
        ("1", 3, "0.3333333"), ("2", 3, "0.6666667"), ("0", 7, "0"), ("5", 1, "5"), ("10", 4, "2.5"),
        ("0.000000001", 3, "3.333333e-10"), ("99999985000000", 10, "9999998000000"),
        ("1000000000000000000000", 7, "142857100000000000000"),
    ]) func `divide exactly before they are rounded`(sum: String, count: Int, quotient: String) {
        #expect(fixed(sum).divided(by: count, significantDigits: 7).description == quotient)
    }

    @Test func `divide by what is left of the smallest digit too`() {
        let sum = fixed("99999985000000") + Fixed(billionths: 1)
        #expect(sum.divided(by: 10, significantDigits: 7).description == "9999999000000")
    }
}
