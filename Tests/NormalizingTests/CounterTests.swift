import Decoding
import Domain
import Profiles
import Testing

@testable import Normalizing

/// Counters over several readings.
@Suite struct CounterTests {
    private static let pulses =
        "  c: { holding: 0, type: uint16, unit: \"{vehicles}\", counter: { bits: 16, max_rate: 10 } }"

    @Test func theFirstReadingHasNoIncrease() throws {
        let bench = try Bench(Self.pulses)
        #expect(bench.first(.whole(500)) == Sample(value: .unsigned(500)))
    }

    @Test func anIncreaseComesWithTheTimeOfTheReadingItWasMeasuredFrom() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(500), at: stamp(0))
        let second = try #require(bench.first(.whole(507), at: stamp(5)))
        #expect(second.increase?.description == "7")
        #expect(second.since == stamp(0).time)
        #expect(second.reason == nil)
        let third = try #require(bench.first(.whole(507), at: stamp(10)))
        #expect(third.increase?.description == "0")
        #expect(third.since == stamp(5).time)
    }

    /// Once, a meter that showed 0 while it started, or was replaced by one that shows more, counted its whole total as
    /// good.
    @Test func anIncreaseThatCannotBeIsNotGood() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(0), at: stamp(0))
        let sample = try #require(bench.first(.whole(30_000), at: stamp(5)))
        #expect(sample.increase?.description == "30000")
        #expect(sample.reason == .counterGap)
        let next = try #require(bench.first(.whole(30_020), at: stamp(10)))
        #expect(next.increase?.description == "20")
        #expect(next.reason == nil)
    }

    /// Once, a correction of a profile's scale made an increase of the difference.
    @Test func aBaselineOfAnotherProfileIsNone() {
        let text = CounterBaselines.encode(Self.baselines, meter: "- rs485 1 - 00ff")
        #expect(CounterBaselines.decode(text, meter: "- rs485 1 - 00fe").isEmpty)
    }

    @Test func aWrapContinuesTheSum() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(65_530), at: stamp(0))
        let sample = try #require(bench.first(.whole(4), at: stamp(5)))
        #expect(sample.increase?.description == "10")
        #expect(sample.words == "4")
    }

    @Test func aResetIsUncertainAndTheChainGoesOnFromIt() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(30_000), at: stamp(0))
        let reset = try #require(bench.first(.whole(12), at: stamp(5)))
        #expect(reset.words == "12 counter_reset")
        #expect(reset.quality == .uncertain)
        #expect(reset.increase?.description == "12")
        #expect(reset.since == stamp(0).time)
        let next = try #require(bench.first(.whole(20), at: stamp(10)))
        #expect(next.increase?.description == "8")
        #expect(next.since == stamp(5).time)
    }

    @Test func withoutAnIncreaseThereIsNoSince() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(30_000), at: stamp(0))
        let reset = try #require(bench.first(.whole(29_999), at: stamp(5)))
        #expect(reset == Sample(value: .unsigned(29_999), reason: .counterReset))
    }

    @Test func aBadReadingLeavesTheBaselineAndTheNextGoodOneSpansIt() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(500), at: stamp(0))
        #expect(bench.first(.missing(.timeout), at: stamp(5)) == .bad(.timeout))
        let sample = try #require(bench.first(.whole(520), at: stamp(10)))
        #expect(sample.increase?.description == "20")
        #expect(sample.since == stamp(0).time)
    }

    @Test func afterARestartOfTheBoxTheWallClocksTellTheTimeThatPassed() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(65_530), at: stamp(0, boot: "a"))
        // The uptime started again; by the wall clock five seconds passed.
        let sample = try #require(bench.first(.whole(4), at: stamp(-900, boot: "b", wall: 5)))
        #expect(sample.increase?.description == "10")
    }

    @Test(arguments: [ClockState.synchronised, .unsynchronised])
    func afterARestartNobodyCanTellTheTimeWithoutTwoGoodClocks(clock: ClockState) throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(100), at: stamp(0, boot: "a", clock: .unsynchronised))
        #expect(bench.first(.whole(110), at: stamp(5, boot: "b", clock: clock))?.words == "110 counter_gap")
    }

    @Test func aStepOfTheWallClockDoesNotCountWithinABoot() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(100), at: stamp(0))
        let sample = try #require(bench.first(.whole(110), at: stamp(5, wall: -86_400)))
        #expect(sample.increase?.description == "10")
        #expect(sample.reason == nil)
    }

    @Test func anIncreaseAcrossTheComingOfTheClockBeginsAtTheRightTimeOfTheEarlierReading() throws {
        let bench = try Bench(Self.pulses)
        _ = bench.first(.whole(100), at: stamp(0, clock: .unsynchronised, wall: -86_400 * 365))
        #expect(bench.first(.whole(110), at: stamp(5))?.since == stamp(0).time)
        // A clock that goes again has been right until now.
        #expect(bench.first(.whole(120), at: stamp(10, clock: .unsynchronised))?.since == stamp(5).time)
    }

    @Test func theWidthIsOfTheRawCountsBeforeScaleAndDecimals() throws {
        let bench = try Bench(
            "  c: { holding: 0, type: uint16, unit: m3, scale: 0.5, decimals: 1, counter: { bits: 16, max_rate: 1 } }"
        )
        _ = bench.first(.whole(65_530), at: stamp(0))
        let sample = try #require(bench.first(.whole(4), at: stamp(5)))
        #expect(sample.value?.description == "0.2")
        #expect(sample.increase?.description == "0.5")
        #expect(sample.reason == nil)
    }

    @Test func anIncreaseIsConvertedWithItsValue() throws {
        let bench = try Bench(
            "  c: { holding: 0, type: uint32, unit: m3, publish: L, counter: { bits: 32, max_rate: 1 } }"
        )
        _ = bench.first(.whole(100), at: stamp(0))
        let sample = try #require(bench.first(.whole(103), at: stamp(5)))
        #expect(sample.value?.description == "103000")
        #expect(sample.increase?.description == "3000")
    }

    @Test func aTotalOfLongAndFractionIsCountedAsOne() throws {
        let bench = try Bench(
            """
              volume: { holding: 0, type: int32, unit: m3, plus: rest, counter: { bits: 32, max_rate: 0.6 } }
              rest: { holding: 2, type: float32, unit: m3, private: true }
            """
        )
        _ = bench.first(.value(.integer(123_456)), .value(.float32(0.75)), at: stamp(0))
        let sample = try #require(bench.first(.value(.integer(123_457)), .value(.float32(0.25)), at: stamp(5)))
        #expect(sample.value?.description == "123457.25")
        #expect(sample.increase?.description == "0.5")
    }

    @Test func whatIsOutOfRangeIsNotCounted() throws {
        let bench = try Bench(
            "  c: { holding: 0, type: uint16, range: [0, 1000], counter: { bits: 16, max_rate: 10 } }"
        )
        _ = bench.first(.whole(10), at: stamp(0))
        #expect(bench.first(.whole(2_000), at: stamp(1)) == Sample(value: .unsigned(2_000), reason: .outOfRange))
        #expect(bench.first(.whole(12), at: stamp(2))?.increase?.description == "2")
    }

    // MARK: Baselines

    private static let baselines = [
        "volume": CounterBaseline(total: decimal("184223.75"), stamp: stamp(1)),
        "reverse": CounterBaseline(total: decimal("-0.5"), stamp: stamp(2, boot: "b", clock: .unsynchronised)),
        "long": CounterBaseline(total: DecimalNumber(UInt64.max), stamp: stamp(3)),
    ]

    @Test(arguments: ["-", "20117431 rs485 1 - 00ff", "SN 12 / 3"]) func baselinesSurviveTheirText(meter: String) {
        let text = CounterBaselines.encode(Self.baselines, meter: meter)
        #expect(CounterBaselines.decode(text, meter: meter) == Self.baselines)
    }

    @Test func anotherSerialNumberStartsAnew() {
        let text = CounterBaselines.encode(Self.baselines, meter: "A")
        #expect(CounterBaselines.decode(text, meter: "B").isEmpty)
        #expect(CounterBaselines.decode(text, meter: "-").isEmpty)
    }

    @Test func noBaselinesAreATextToo() {
        #expect(CounterBaselines.decode(CounterBaselines.encode([:], meter: "A"), meter: "A").isEmpty)
    }

    static let garbage = [
        "", "\n", "meter", "meter A\nvolume x 1 synchronised a 1\n", "meter A\nvolume 1 2\n", "\u{0}",
    ]

    @Test(arguments: garbage) func garbageIsNoBaseline(text: String) {
        #expect(CounterBaselines.decode(Array(text.utf8), meter: "A").isEmpty)
    }

    @Test func oneLineThatIsDamagedLeavesTheOthers() {
        let text = "meter A\nvolume broken\nflow 5 1795000000000 synchronised a 7\n"
        #expect(CounterBaselines.decode(Array(text.utf8), meter: "A").keys.sorted() == ["flow"])
    }

    @Test func theChainGoesOnAcrossARestartOfTheProgram() throws {
        let before = try Bench(Self.pulses)
        _ = before.first(.whole(500), at: stamp(0))
        let text = CounterBaselines.encode(before.normalizer.baselines, meter: "-")
        let after = try Bench(Self.pulses, baselines: CounterBaselines.decode(text, meter: "-"))
        let sample = try #require(after.first(.whole(507), at: stamp(5)))
        #expect(sample.increase?.description == "7")
        #expect(sample.since == stamp(0).time)
    }
}
