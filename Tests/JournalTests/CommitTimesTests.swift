import Domain
@testable import Journal
import Testing

@Suite struct `The times of commits` {
    @Test func `are counted up to each bound, and those that took longer in the whole alone`() {
        var times = CommitTimes()
        for milliseconds in [0, 1, 2, 50, 5_000, 60_000] { times.add(.milliseconds(milliseconds)) }
        #expect(times.count == 6)
        #expect(times.cumulated == [2, 3, 3, 3, 4, 4, 4, 4, 4, 5])
        #expect(times.sum == .milliseconds(65_053))
    }
}
