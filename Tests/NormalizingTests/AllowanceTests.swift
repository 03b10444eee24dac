import Decoding
import Domain
import Profiles
import Testing

@testable import Normalizing

/// What a counter may have counted: it grows with time, and increases use it up.
@Suite struct `A counter's allowance` {
    /// Reads a total at fixed intervals; returns the increases, with the reason of those that are not good.
    private static func steps(
        _ counter: String,
        type: String = "uint32",
        every: Double = 1,
        unit: String = "{vehicles}",
        _ totals: [UInt64]
    ) throws -> [String] {
        let bench = try Bench(
            "  c: { holding: 0, type: \(type), unit: \"\(unit)\", counter: \(counter) }",
            interval: .milliseconds(Int64(every * 1_000))
        )
        return totals.enumerated().dropFirst(0).map { index, total in
            let sample = bench.first(.whole(total), at: stamp(Double(index) * every))
            return [sample?.increase?.description ?? "-", sample?.reason?.word].compactMap(\.self).joined(
                separator: " "
            )
        }
    }

    private static func sum(_ steps: [String]) -> Int { steps.compactMap { Int($0) }.reduce(0, +) }

    /// Once, each step was a counter_gap: it was judged by half a second.
    @Test func `holds what a meter that refreshes in batches shows at once`() throws {
        let totals = (0...80).map { UInt64(1_000 + 30 * ($0 / 20)) }
        let steps = try Self.steps("{ bits: 32, max_rate: 5, refresh: 10s }", every: 0.5, totals)
        #expect(Self.sum(steps) == 120)
        #expect(steps.allSatisfy { Int($0) != nil || $0 == "-" })
    }

    @Test func `takes sixty seconds for the refresh where the profile says nothing`() throws {
        #expect(try Self.steps("{ bits: 32, max_rate: 5 }", every: 0.5, [1_000, 1_000, 1_300]).last == "300")
        // One step, and 61 s of 5 a second: twice that is 612.
        #expect(try Self.steps("{ bits: 32, max_rate: 5 }", every: 0.5, [0, 612]).last == "612")
        #expect(try Self.steps("{ bits: 32, max_rate: 5 }", every: 0.5, [0, 613]).last == "613 counter_gap")
    }

    @Test func `is used up by what was counted`() throws {
        // 20 a second, four times the most: the initial allowance covers it for a while.
        let totals = (0...40).map { UInt64($0) * 20 }
        let steps = try Self.steps("{ bits: 32, max_rate: 5, refresh: 10s }", totals)
        #expect(steps[1] == "20")
        #expect(steps.contains { $0.hasSuffix("counter_gap") })
    }

    @Test func `holds twice the most for ever`() throws {
        let steps = try Self.steps("{ bits: 32, max_rate: 5, refresh: 0s }", (0...500).map { UInt64($0) * 10 })
        #expect(Self.sum(steps) == 5_000)
    }

    /// Once, a whole cubic metre a second counted nothing, and a standstill counted 0.
    @Test func `always holds one step`() throws {
        let totals = (0...40).map { UInt64(5_000 + $0 / 4) }
        #expect(Self.sum(try Self.steps("{ bits: 32, max_rate: 0.12 }", unit: "m3", totals)) == 10)
        #expect(
            try Self.steps("{ bits: 32, max_rate: 0.001, refresh: 0s }", unit: "m3", [7, 8, 9]) == ["-", "1", "1"]
        )
        let ten = "{ bits: 32, max_rate: 0.001, refresh: 0s, step: 10 }"
        #expect(try Self.steps(ten, unit: "m3", [0, 10, 20, 31]) == ["-", "10", "10", "11 counter_gap"])
    }

    @Test func `holds two messages within 20 ms`() throws {
        let bench = try Bench(
            "  c: { message: m, unit: \"{vehicles}\", counter: { bits: 32, max_rate: 10 } }",
            mqtt: true,
            interval: .seconds(10)
        )
        var increases: [String] = []
        for (index, second) in [0, 0.6, 0.62, 1.22, 1.24].enumerated() {
            let sample = bench.first(.value(.integer(Int64(100 + index))), at: stamp(second))
            increases.append([sample?.increase?.description, sample?.reason?.word].compactMap(\.self).joined())
        }
        #expect(increases == ["", "1", "1", "1", "1"])
    }

    @Test func `grows through an outage`() throws {
        let bench = try Bench(
            "  c: { holding: 0, type: uint32, counter: { bits: 32, max_rate: 5, refresh: 0s } }",
            interval: .seconds(1)
        )
        _ = bench.first(.whole(0), at: stamp(0))
        for second in 1..<3_600 { _ = bench.first(.missing(.timeout), at: stamp(Double(second))) }
        #expect(bench.first(.whole(18_000), at: stamp(3_600))?.words == "18000")
    }

    @Test func `goes on over a restart`() throws {
        let points = "  c: { holding: 0, type: uint32, counter: { bits: 32, max_rate: 5, refresh: 60s } }"
        let before = try Bench(points, interval: .seconds(1))
        for (second, total) in [(0.0, 0), (1, 300)] { _ = before.first(.whole(UInt64(total)), at: stamp(second)) }
        let text = CounterBaselines.encode(before.normalizer.baselines, meter: "-")
        let after = try Bench(points, interval: .seconds(1), baselines: CounterBaselines.decode(text, meter: "-"))
        // The initial allowance is 316; 300 are used up.
        #expect(after.first(.whole(600), at: stamp(2))?.words == "600 counter_gap")
    }

    @Test func `of a baseline of the last release is as large as it can be`() throws {
        let text = "meter -\nc 0 1795000000000 synchronised a 1000000000000\n"
        let baselines = CounterBaselines.decode(Array(text.utf8), meter: "-")
        #expect(baselines["c"] == CounterBaseline(total: .zero, stamp: stamp(0)))
        let bench = try Bench(
            "  c: { holding: 0, type: uint32, counter: { bits: 32, max_rate: 5 } }",
            baselines: baselines
        )
        #expect(bench.first(.whole(300), at: stamp(1))?.increase?.description == "300")
    }

    // MARK: Wraps and falls

    @Test(arguments: [
        // Once, what was left to 9999 was lost.
        ("{ wraps_at: 10000, max_rate: 10 }", "uint16", [9_996, 9_998, 1, 3], ["-", "2", "3", "2"]),
        ("{ bits: 16, max_rate: 10, wraps_at: 10000 }", "bcd16", [9_996, 9_998, 1, 3], ["-", "2", "3", "2"]),
        // Decimal digits wrap at a power of ten, at any configured width.
        ("{ bits: 16, max_rate: 10 }", "bcd16", [9_996, 9_998, 1, 3], ["-", "2", "3", "2"]),
        ("{ wraps_at: 1000000, max_rate: 10 }", "uint32", [999_999, 4], ["-", "5"]),
    ]) func `holds a wrap at a decimal number`(
        counter: String,
        type: String,
        totals: [UInt64],
        increases: [String]
    ) throws {
        #expect(try Self.steps(counter, type: type, totals) == increases)
    }

    /// Once, a total that showed 0 made 5,002 m3 of it.
    @Test(arguments: [
        [5_000, 5_001, 0, 5_002, 5_003], [5_000, 5_001, 0, 0, 5_002, 5_003], [5_000, 5_001, 3_000, 5_001, 5_002],
        [5_000, 5_001, 17, 18, 5_002, 5_003],
    ]) func `is not what comes back in one leap after a fall`(totals: [UInt64]) throws {
        let steps = try Self.steps("{ bits: 32 }", unit: "m3", totals)
        #expect(Self.sum(steps) <= 3)
        #expect(steps.contains("- counter_gap"))
    }

    @Test func `counts on after a reset that stays`() throws {
        let totals: [UInt64] = [5, 6, 0, 1, 2, 3, 4, 5, 6, 7, 8]
        let steps = try Self.steps("{ bits: 32 }", unit: "m3", totals)
        #expect(Self.sum(steps) == 1 + 8)
        #expect(steps.filter { Int($0) == nil } == ["-", "- counter_reset"])
    }
}

/// Counters of devices that report their own time.
@Suite struct `A counter by its device's own time` {
    private static let points =
        "  c: { message: m, unit: m3, counter: { bits: 32, max_rate: 0.01, refresh: 0s } }"

    private static func bench() throws -> Bench { try Bench(points, mqtt: true, interval: .seconds(300)) }

    private static func told(_ bench: Bench, _ value: String, own: Double, arrival: Double) -> String {
        let raw: [RawValue?] = [.value(.decimal(decimal(value)))]
        let sample = bench.normalizer.normalize(raw, stamp: stamp(arrival), sourceTime: stamp(own).time)[0]
        let since = sample?.since.map { "since \(Int(($0 - stamp(0).time).inSeconds))" }
        return [sample?.increase?.description, since, sample?.reason?.word].compactMap(\.self).joined(separator: " ")
    }

    /// Once, four readings that were kept for twenty minutes and sent together were three gaps.
    @Test func `is judged by that time, not by arrival`() throws {
        let bench = try Self.bench()
        let told = ["70", "70.5", "71", "71.5"].enumerated().map { index, value in
            Self.told(bench, value, own: Double(index) * 300, arrival: 2_000 + Double(index) * 0.1)
        }
        #expect(told == ["", "0.5 since 0", "0.5 since 300", "0.5 since 600"])
    }

    @Test func `of a late reading has no increase and leaves the baseline`() throws {
        let bench = try Self.bench()
        _ = Self.told(bench, "70", own: 0, arrival: 1)
        #expect(Self.told(bench, "72", own: 1_200, arrival: 1_201) == "2 since 0")
        #expect(Self.told(bench, "71", own: 600, arrival: 1_202) == "")
        #expect(Self.told(bench, "72", own: 1_200, arrival: 1_203) == "")
        #expect(Self.told(bench, "73", own: 1_800, arrival: 1_801) == "1 since 1200")
    }

    @Test func `of the same moment takes the last total`() throws {
        let bench = try Self.bench()
        _ = Self.told(bench, "70", own: 0, arrival: 1)
        #expect(Self.told(bench, "70.5", own: 0, arrival: 2) == "")
        #expect(Self.told(bench, "71", own: 300, arrival: 301) == "0.5 since 0")
    }

    @Test func `begins anew when the device's clock was set back`() throws {
        let bench = try Self.bench()
        _ = Self.told(bench, "70", own: 3_600, arrival: 3_601)
        #expect(Self.told(bench, "70.5", own: 300, arrival: 3_900) == "device_clock")
        #expect(Self.told(bench, "71", own: 600, arrival: 4_200) == "0.5 since 300")
    }

    @Test func `does not believe a time that cannot be`() throws {
        let bench = try Self.bench()
        _ = Self.told(bench, "70", own: 0, arrival: 1)
        #expect(Self.told(bench, "70.5", own: -500 * 86_400, arrival: 301) == "device_clock")
        #expect(Self.told(bench, "71", own: 600, arrival: 601) == "0.5 since 301")
    }

    @Test func `knows a late total before a wrap`() throws {
        let points = "  c: { message: m, unit: \"{vehicles}\", counter: { bits: 16, max_rate: 5 } }"
        let bench = try Bench(points, mqtt: true, interval: .seconds(60))
        _ = Self.told(bench, "65500", own: 0, arrival: 1)
        #expect(Self.told(bench, "64", own: 120, arrival: 121) == "100 since 0")
        #expect(Self.told(bench, "65520", own: 60, arrival: 122) == "")
        #expect(Self.told(bench, "164", own: 180, arrival: 181) == "100 since 120")
    }
}
