import Domain
import Normalizing
import Testing

@Suite struct CounterStepTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var old: String
        var new: String
        var bits: Int?
        var maxRate: String?
        /// In seconds.
        var elapsed: Double?
        var increase: String?
        var reason: Reason?

        init(
            _ name: String,
            _ old: String,
            _ new: String,
            bits: Int? = 16,
            maxRate: String? = "10",
            elapsed: Double? = 10,
            _ increase: String?,
            _ reason: Reason? = nil
        ) {
            testDescription = name
            self.old = old
            self.new = new
            self.bits = bits
            self.maxRate = maxRate
            self.elapsed = elapsed
            self.increase = increase
            self.reason = reason
        }
    }

    static let cases = [
        Case("counts on", "100", "130", "30"),
        Case("stands", "100", "100", "0"),
        Case("wraps", "65530", "10", "16"),
        Case("wraps by exactly what is possible", "65530", "94", "100"),
        Case("wraps to zero", "65535", "0", "1"),
        Case("one more than possible is a reset", "65530", "95", "95", .counterReset),
        Case("reset, plausible", "30000", "40", "40", .counterReset),
        Case("reset to exactly what is possible", "30000", "100", "100", .counterReset),
        Case("reset, implausible", "30000", "101", nil, .counterReset),
        Case("reset to zero", "30000", "0", "0", .counterReset),
        Case("gap, two readings alike", "100", "130", elapsed: 6_554, nil, .counterGap),
        Case("gap of exactly the width", "100", "130", maxRate: "1", elapsed: 65_536, nil, .counterGap),
        Case("just short of a gap", "100", "130", maxRate: "1", elapsed: 65_535, "30"),
        Case("gap that looks like a reset", "130", "100", elapsed: 7_000, nil, .counterGap),
        Case("elapsed unknown is a gap where it can wrap", "100", "130", elapsed: nil, nil, .counterGap),
        Case("elapsed unknown, never wraps, counts on", "100", "130", bits: nil, elapsed: nil, "30"),
        Case("elapsed unknown, never wraps, fell", "100", "30", bits: nil, elapsed: nil, nil, .counterReset),
        Case("no time passed", "100", "100", elapsed: 0, "0"),
        Case("a clock that went back adds nothing to what is possible", "100", "5", elapsed: -10, nil, .counterReset),
        Case("32 bits wrap", "4294967290", "10", bits: 32, "16"),
        Case("32 bits, restarted: never four thousand million", "4000000000", "50", bits: 32, "50", .counterReset),
        Case("32 bits, replaced by a fresh one", "123456", "0", bits: 32, maxRate: "1", "0", .counterReset),
        Case("32 bits without a greatest rate count on", "100", "900", bits: 32, maxRate: nil, "800"),
        Case(
            "32 bits without a greatest rate: a fall is a reset",
            "4294967290",
            "10",
            bits: 32,
            maxRate: nil,
            nil,
            .counterReset
        ),
        Case("falls from beyond its width: a reset, no negative increase", "244700", "0", "0", .counterReset),
        Case("falls from beyond its width to something", "70000", "60000", nil, .counterReset),
        Case("jumps by more than its width", "1", "70000", maxRate: "6000", "69999", .counterGap),
        Case("64 bits never wrap", "18446744073709551615", "4", bits: nil, "4", .counterReset),
        Case("64 bits are exact", "18446744073709551600", "18446744073709551615", bits: nil, "15"),
        Case("fractions are exact", "123456.75", "123456.8125", bits: 32, "0.0625"),
        Case("signed counter wraps through its sign", "2147483647", "-2147483648", bits: 32, "1"),
        Case("negative after a reset is not plausible", "5", "-3", bits: nil, nil, .counterReset),
    ]

    @Test(arguments: cases) func aStepMeansThis(shape: Case) {
        let elapsed = shape.elapsed.map { Duration.nanoseconds(Int64($0 * 1e9)) }
        let limits = CounterLimits(
            modulus: shape.bits.map { DecimalNumber.twoToThe($0) },
            maxRate: shape.maxRate.map(decimal),
            step: DecimalNumber(1),
            refresh: .zero,
            interval: .zero
        )
        let step = CounterStep(
            old: decimal(shape.old),
            new: decimal(shape.new),
            limits: limits,
            elapsed: elapsed,
            allowance: elapsed.flatMap { limits.most(in: $0) }
        )
        #expect(step.increase?.description == shape.increase)
        #expect(step.reason == shape.reason)
    }
}
