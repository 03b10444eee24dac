import Contract
import Domain
import Synchronization
import TestSupport
import Testing

@testable import Journal

@Suite("A feed")
struct JournalFeedTests {
    @Test("has what many threads append in the order of rows, without a gap")
    func order() async throws {
        let bench = try Bench()
        let feed = JournalFeed()
        feed.want([flow.device])
        bench.journal.feed(feed)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<250 {
                        bench.journal.append(flowReading(bench.clock.stamp()))
                        bench.journal.append(Event("tick", severity: .info, stamp: bench.clock.stamp()))
                    }
                }
            }
        }
        #expect(feed.take().map(\.row) == Array(bench.journal.firstRow..<bench.journal.firstRow + 4_000))
        #expect(feed.take().isEmpty)
    }

    @Test("says of readings that nobody wants only how far they go")
    func unwanted() throws {
        let bench = try Bench()
        let feed = JournalFeed()
        bench.journal.feed(feed)
        for _ in 1...3 { bench.journal.append(flowReading(bench.clock.stamp())) }
        let event = bench.event()
        bench.journal.append(flowReading(bench.clock.stamp()))
        let rows = feed.take().map { item in
            if case .others(let row) = item { "others \(row - event.row)" } else { "\((item.row ?? 0) - event.row)" }
        }
        #expect(rows == ["others -1", "0", "others 1"])
    }

    @Test("begins with what is appended after it was given")
    func late() throws {
        let bench = try Bench()
        bench.event()
        let feed = JournalFeed()
        bench.journal.feed(feed)
        let event = bench.event()
        #expect(feed.take().map(\.row) == [event.row])
    }
}
