import Decoding
import Domain
import Normalizing
import Testing

@Suite struct ThinningTests {
    /// A device at 10 s whose messages are named by the second of their arrival.
    private struct Bench {
        var thinning = Thinning<Int>(atMostEvery: .seconds(10))
        /// `12:3` is the message of second 12, with 3 left out before it.
        var readings: [String] = []

        mutating func come(_ second: Int, _ values: [RawValue?] = [.value(.integer(1))]) {
            for kept in thinning.take(second, values: values, at: Self.at(second)) { add(kept) }
        }

        mutating func wait(until second: Int) { thinning.letOut(at: Self.at(second)).map { add($0) } }

        mutating func end(_ second: Int) { thinning.letOutNow(at: Self.at(second)).map { add($0) } }

        private mutating func add(_ kept: Thinning<Int>.Kept) { readings.append("\(kept.message):\(kept.thinned)") }

        static func at(_ second: Int) -> Uptime { Uptime(nanoseconds: (1_000 + Int64(second)) * 1_000_000_000) }
    }

    @Test func theFirstIsKeptAtOnceAndTheLastWhenTheTimeIsOver() {
        var bench = Bench()
        for second in [0, 1, 4, 9] { bench.come(second) }
        #expect(bench.readings == ["0:0"])
        bench.wait(until: 9)
        #expect(bench.readings == ["0:0"])
        bench.wait(until: 10)
        bench.wait(until: 30)
        #expect(bench.readings == ["0:0", "9:2"])
    }

    @Test func eachMessageIsKeptOrCounted() {
        var bench = Bench()
        for second in 0..<3_600 {
            bench.come(second)
            if second % 3 == 0 { bench.wait(until: second) }
        }
        bench.end(3_600)
        let counts = bench.readings.compactMap { Int($0.split(separator: ":")[1]) }
        #expect(counts.count + counts.reduce(0, +) == 3_600)
        #expect((360...361).contains(counts.count))
    }

    @Test func aSlowDeviceLosesNothing() {
        var bench = Bench()
        for second in [0, 10, 25, 60] { bench.come(second) }
        #expect(bench.readings == ["0:0", "10:0", "25:0", "60:0"])
    }

    @Test func aMessageAfterTheTimeLetsTheHeldOneOutFirstAndWaitsItself() {
        var bench = Bench()
        for second in [0, 9, 11] { bench.come(second) }
        #expect(bench.readings == ["0:0", "9:0"])
        bench.wait(until: 20)
        #expect(bench.readings == ["0:0", "9:0"])
        bench.wait(until: 21)
        #expect(bench.readings == ["0:0", "9:0", "11:0"])
    }

    static let changes: [(String, [RawValue?], [RawValue?], Bool)] = [
        ("a number that moves", [.value(.integer(1))], [.value(.integer(2))], false),
        ("a whole number that becomes a fraction", [.value(.integer(1))], [.value(.float64(1.5))], false),
        ("a bool", [.value(.bool(true))], [.value(.bool(false))], true),
        ("the same bool", [.value(.bool(true))], [.value(.bool(true))], false),
        ("a text", [.value(.string("open"))], [.value(.string("shut"))], true),
        ("a value that goes bad", [.value(.integer(1))], [.missing(.invalid)], true),
        ("a value that is good again", [.missing(.invalid)], [.value(.integer(1))], true),
        ("another reason", [.missing(.invalid)], [.missing(.decode)], true),
        ("a value that is not there", [.value(.integer(1)), nil], [nil, nil], true),
        ("a value that comes", [.value(.integer(1)), nil], [.value(.integer(1)), .value(.integer(2))], true),
    ]

    @Test(arguments: changes)
    func aChangeIsKeptAtOnceAndAMereNumberIsNot(name: String, before: [RawValue?], after: [RawValue?], isKept: Bool) {
        var bench = Bench()
        bench.come(0, before)
        bench.come(1, after)
        #expect(bench.readings == (isKept ? ["0:0", "1:0"] : ["0:0"]))
    }

    @Test func aChangeTakesThePlaceOfTheHeldOneAndBackIsAChangeToo() {
        var bench = Bench()
        let (open, shut): ([RawValue?], [RawValue?]) = ([.value(.bool(true))], [.value(.bool(false))])
        bench.come(0, shut)
        bench.come(2, shut)
        bench.come(3, open)
        bench.come(4, shut)
        #expect(bench.readings == ["0:0", "3:1", "4:0"])
        bench.come(13, shut)
        bench.wait(until: 14)
        #expect(bench.readings == ["0:0", "3:1", "4:0", "13:0"])
    }

    @Test func anEndLetsTheHeldOneOutAndTheNextIsTheFirstAgain() {
        var bench = Bench()
        for second in [0, 1, 2] { bench.come(second) }
        bench.end(3)
        #expect(bench.readings == ["0:0", "2:1"])
        bench.end(3)
        bench.thinning.forget()
        bench.come(4)
        #expect(bench.readings == ["0:0", "2:1", "4:0"])
    }
}
