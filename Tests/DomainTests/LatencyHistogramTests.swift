import Domain
import Testing

@Suite struct `The times of replies` {
    private func histogram(_ milliseconds: [Double]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for time in milliseconds {
            histogram.add(from: Uptime(nanoseconds: 5_000), to: Uptime(nanoseconds: 5_000 + Int64(time * 1e6)))
        }
        return histogram
    }

    @Test func `are counted at most each bound, the bound itself among them`() {
        let counts = histogram([0.5, 1, 1.001, 20, 21, 5_000, 5_001]).cumulated
        #expect(counts == [2, 3, 3, 3, 4, 5, 5, 5, 5, 5, 5, 6])
        #expect(counts.count == LatencyHistogram.bounds.count)
    }

    @Test func `sum up, with what took longer than the last bound`() {
        let all = histogram([1, 20, 7_000])
        #expect(all.count == 3 && all.sum == 7_021_000_000 && all.longest == 7_000_000_000)
        #expect(all.bound(ofShare: 1) == 7_000_000_000)
    }

    @Test func `have a median and a slowest that they did not exceed, known to a quarter`() {
        let times = (1...1_000).map { Double($0) / 10 }
        let all = histogram(times)
        #expect(all.bound(ofShare: 0.5) == 50_000_000)
        #expect(all.bound(ofShare: 0.99) == 100_000_000)
        #expect(histogram([21, 21, 21]).bound(ofShare: 0.5) == 21_000_000)
        #expect(histogram([]).bound(ofShare: 0.5) == nil)
        // Half of two replies is one.
        #expect(histogram([3, 900]).bound(ofShare: 0.5) == 3_150_000)
    }

    @Test func `of a piece of time are what came since`() {
        let before = histogram([3, 3, 3])
        let later = before + histogram([900])
        #expect((later - before).count == 1)
        #expect((later - before).bound(ofShare: 0.5) == 900_000_000)
        #expect(later - LatencyHistogram() == later)
    }

    @Test func `that go backwards count as none`() {
        var histogram = LatencyHistogram()
        histogram.add(from: Uptime(nanoseconds: 9), to: Uptime(nanoseconds: 3))
        #expect(histogram.count == 1 && histogram.sum == 0)
    }
}
