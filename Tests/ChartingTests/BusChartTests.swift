import Charting
import Domain
import Testing

/// Moments of a test, in seconds since the boot.
private func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: Int64(seconds * 1e9)) }

@Suite struct `What a bus has done in the last day` {
    private func count(_ requests: Int, busy: Double = 0, replies: [Double] = []) -> BusCount {
        var count = BusCount()
        count.requests = requests
        count.timeouts = requests / 10
        count.missed = requests / 100
        count.busy = .seconds(busy)
        for time in replies { count.latency.add(from: at(0), to: at(time / 1_000)) }
        return count
    }

    @Test func `is the difference of its counts, step by step`() {
        var chart = BusChart(now: at(0))
        chart.note(count(100, busy: 30, replies: [20, 20]), now: at(299))
        chart.note(count(110, busy: 33, replies: [20, 20, 400]), now: at(300))
        chart.note(count(150, busy: 153, replies: [20, 20, 400]), now: at(400))
        let seen = chart.lines(now: at(400)).suffix(2)
        #expect(seen.map(\.requests) == [110, 40] && seen.map(\.timeouts) == [11, 4] && seen.map(\.missed) == [1, 0])
        #expect(seen.map(\.load) == [0.11, 1])
        #expect(seen.first?.median == 20 && seen.first?.slowest == 400)
        #expect(seen.last?.median.isNaN == true)
    }

    @Test func `goes on when another source takes over the bus and counts from zero`() {
        var chart = BusChart(now: at(0))
        chart.note(count(100, busy: 10), now: at(100))
        chart.note(count(5, busy: 1), now: at(101), isNew: true)
        chart.note(count(20, busy: 2), now: at(200))
        #expect(chart.lines(now: at(200)).last?.requests == 120)
        chart.note(count(50, busy: 3), now: at(300))
        chart.note(count(51, busy: 3), now: at(301))
        #expect(chart.lines(now: at(301)).suffix(2).map(\.requests) == [150, 1])
    }

    @Test func `has a gap where nobody counted, as when the box slept`() {
        var chart = BusChart(now: at(0))
        chart.note(count(10), now: at(10))
        chart.note(count(10), now: at(3_000))
        chart.note(count(20), now: at(3_010))
        let seen = chart.lines(now: at(3_010))
        #expect(seen.suffix(11).map(\.requests) == [10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10])
        #expect(seen.suffix(10).dropLast().allSatisfy { $0.load.isNaN })
        #expect(seen.count == 289)
    }

    @Test func `says nothing of a load where nothing is asked`() {
        var chart = BusChart(now: at(0))
        var messages = BusCount()
        messages.requests = 7
        chart.note(messages, now: at(10))
        let open = chart.lines(now: at(10)).last
        #expect(open?.requests == 7 && open?.load.isNaN == true && open?.median.isNaN == true)
    }

    @Test func `is forgotten after a day`() {
        var chart = BusChart(now: at(0))
        for step in 1...600 { chart.note(count(step), now: at(Double(step) * 300)) }
        #expect(chart.lines(now: at(180_000)).dropLast().allSatisfy { $0.requests == 1 })
        #expect(chart.lines(now: at(180_000 + 90_000)).allSatisfy { $0.requests == 0 })
    }
}
