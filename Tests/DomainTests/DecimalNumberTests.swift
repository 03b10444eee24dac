import Domain
import Testing

/// Expected results come from Python's decimal module, cut to what 64 bits hold, half to even.
@Suite struct DecimalNumberTests {
    static let arithmetic: [(a: String, b: String, sum: String, difference: String, product: String)] = [
        ("0.1", "3", "3.1", "-2.9", "0.3"),
        ("0.1", "0.2", "0.3", "-0.1", "0.02"),
        ("-12.5", "12.5", "0", "-25", "-156.25"),
        ("18446744073709551615", "1", "18446744073709551620", "18446744073709551614", "18446744073709551615"),
        ("18446744073709551615", "18446744073709551615", "36893488147419103230", "0", "3.402823669209384634e+38"),
        ("1e20", "-1e-20", "100000000000000000000", "100000000000000000000", "-1"),
        ("9999999999999999999", "1", "10000000000000000000", "9999999999999999998", "9999999999999999999"),
        (
            "1234567890123456789", "9876543210987654321", "11111111101111111110", "-8641975320864197532",
            "1.2193263113702179522e+37"
        ),
        ("-0.0001", "10000", "9999.9999", "-10000.0001", "-1"),
        ("4294967296", "4294967295", "8589934591", "1", "18446744069414584320"),
        ("1e30", "1", "1e+30", "1e+30", "1e+30"),
        ("2.5e-7", "4", "4.00000025", "-3.99999975", "0.000001"),
        ("123456.75", "-0.75", "123456", "123457.5", "-92592.5625"),
        ("0", "-5", "-5", "5", "0"),
        ("1844674407370955161.5", "10", "1844674407370955172", "1844674407370955151.5", "18446744073709551615"),
        (
            "-12404900082e-14", "421610615998047273e3", "421610615998047273000", "-421610615998047273000",
            "-52300375649662471.29"
        ),
        (
            "5403692550747496e-13", "-32259475780721e-13", "537.1433074966775", "543.5952026528217",
            "-1743.2028896730133044"
        ),
        (
            "-46704408939078218e3", "84631177e5", "-46704400475960518000", "-46704417402195918000",
            "-3.952649099603510884e+32"
        ),
        (
            "-9085238639320573420e-8", "153540110946965095e-6", "62687724553.7593608", "-244392497340.1708292",
            "-1.3949485486609350394e+22"
        ),
        (
            "6869522164640917941e-12", "-931284528044543805e4", "-9.31284528044543118e+21", "9.31284528044544492e+21",
            "-6.39747970698915021e+28"
        ),
        (
            "9578621795965652e-2", "407004716530736e-6", "95786624964373.05074", "95785810954939.98926",
            "3.898544248822129556e+22"
        ),
        ("-6182556e-8", "9688165431753120877e0", "9688165431753120877", "-9688165431753120877", "-598976253190778480"),
        (
            "1237722067160938e-13", "1092922427116722e-6", "1092922550.8889287161", "-1092922303.3445152839",
            "135273420573.74587537"
        ),
        (
            "-7670013367147623e-8", "-7163189104580e-10", "-76700849.990386688", "-76699417.352565772",
            "54941756183.53481239"
        ),
    ]

    @Test(arguments: arithmetic)
    func computesAsDecimalArithmetic(
        row: (a: String, b: String, sum: String, difference: String, product: String)
    ) throws {
        let a = try #require(DecimalNumber(row.a))
        let b = try #require(DecimalNumber(row.b))
        #expect((a + b).description == row.sum)
        #expect((b + a).description == row.sum)
        #expect((a - b).description == row.difference)
        #expect((a * b).description == row.product)
        #expect((a < b) == row.difference.hasPrefix("-"))
    }

    @Test(arguments: [
        ("0.5", 1, "0.5"), ("2.5", 1, "2"), ("3.5", 1, "4"), ("12345", 4, "12340"), ("12355", 4, "12360"),
        ("10.1737244", 7, "10.17372"), ("55319.99969482422", 7, "55320"), ("-99.95", 3, "-100"), ("999.95", 4, "1000"),
        ("18446744073709551615", 7, "18446740000000000000"), ("1.25", 2, "1.2"), ("1.35", 2, "1.4"),
        ("0.00012345", 4, "0.0001234"), ("1e-30", 5, "1e-30"), ("0", 3, "0"),
    ])
    func roundsHalfToEven(text: String, digits: Int, rounded: String) throws {
        #expect(try #require(DecimalNumber(text)).rounded(toSignificantDigits: digits).description == rounded)
    }

    @Test(arguments: [
        ("36893488147419103235", "36893488147419103240"), ("36893488147419103225", "36893488147419103220"),
        ("368934881474191032350000000000000001", "3.689348814741910324e+35"),
        ("18446744073709551616", "18446744073709551620"), ("184467440737095516156", "184467440737095516200"),
    ])
    func moreDigitsThanFitAreRounded(text: String, rounded: String) {
        #expect(DecimalNumber(text)?.description == rounded)
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("+5", "5"), ("12.50", "12.5"), ("1e3", "1000"), ("1E-3", "0.001"),
        (".5", "0.5"), ("5.", "5"), ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("-1.5e-9", "-1.5e-9"),
        ("1e20", "100000000000000000000"), ("1e21", "1e+21"), ("184223.75", "184223.75"), ("1200", "1200"),
        ("0e999", "0"),
    ])
    func readsAndWritesNumbers(text: String, written: String) {
        #expect(DecimalNumber(text)?.description == written)
    }

    @Test(arguments: [
        "", "-", ".", "e5", "1e", "1e+", "0x1F", "1,5", " 1", "1 ", "--1", "1.2.3", "nan", "inf", "1e5001",
        "1e-9223372036854775808", "1e99999999999999999999", "\u{661}", String(repeating: "9", count: 39),
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    @Test func equalNumbersAreEqualHoweverTheyAreWritten() throws {
        let numbers = ["1000", "1e3", "1000.000", "10e2"].map { DecimalNumber($0) }
        #expect(Set(numbers).count == 1)
    }

    @Test(
        arguments: [
            ("0.5", 1), ("-0.5", 0), ("-0.51", -1), ("1.49", 1), ("2.5", 3), ("-2.5", -2), ("1e-30", 0), ("-1e-19", 0),
            ("0.4999999999999999999", 0), ("1844674407370955161.5", 1_844_674_407_370_955_162),
            ("1e18", 1_000_000_000_000_000_000),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("0", 0),
        ] as [(String, Int64)]
    )
    func theNearestWholeNumberIsThatAboveOfAHalf(text: String, whole: Int64) {
        #expect(DecimalNumber(text)?.nearestInteger == whole)
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "1e19", "1e30000"])
    func beyond64BitsThereIsNoWholeNumber(text: String) {
        #expect(DecimalNumber(text)?.nearestInteger == nil)
    }

    @Test(arguments: [
        ("1e308", true), ("17976931348623157e292", true), ("1.8e308", false), ("-1.8e308", false), ("1e5000", false),
        ("1e-5000", true), ("18446744073709551615e288", true), ("0", true),
    ])
    func aDoubleHoldsNoMoreThanItsGreatest(text: String, isFinite: Bool) {
        #expect(DecimalNumber(text)?.isFiniteAsDouble == isFinite)
    }

    @Test func movesThePoint() {
        #expect(DecimalNumber(1_234).shifted(by: -2).description == "12.34")
        #expect(DecimalNumber(-7).shifted(by: 3).description == "-7000")
    }

    @Test(arguments: [(0, "1"), (16, "65536"), (32, "4294967296"), (63, "9223372036854775808")])
    func knowsWhereCountersWrap(bits: Int, wrap: String) {
        #expect(DecimalNumber.twoToThe(bits).description == wrap)
    }

    /// 2^64 itself has one digit more than 64 bits hold and is rounded, a step of 4 in 18 x 10^18.
    @Test func twoToThe64IsTheNearestThatFits() {
        #expect(DecimalNumber.twoToThe(64).description == "18446744073709551620")
    }

    @Test(arguments: [
        ("0.1", 0.1), ("-12.53", -12.53), ("1e22", 1e22), ("1e23", 1e23), ("9007199254740993", 9_007_199_254_740_992),
        ("3.1e26", 3.1e26), ("1e-30", 1e-30), ("184223.75", 184_223.75),
    ])
    func becomesTheNearestDouble(text: String, double: Double) {
        #expect(DecimalNumber(text)?.double == double)
    }

    @Test func readsDoublesByTheirShortestDigits() {
        #expect(DecimalNumber(10.173724444444444, significantDigits: 7)?.description == "10.17372")
        #expect(DecimalNumber(43.124999999999993, significantDigits: 15)?.description == "43.125")
        #expect(DecimalNumber(1e300, significantDigits: 7)?.description == "1e+300")
        #expect(DecimalNumber(Double.nan, significantDigits: 7) == nil)
        #expect(DecimalNumber(-Double.infinity, significantDigits: 7) == nil)
    }
}
