import Contract
import Domain
import TestSupport
import Testing

@testable import Journal

@Suite struct `What a destination is owed, in ranges` {
    private static let epochs = [(1, 0), (2, 100), (3, 250)].map { counter, base in
        JournalFile.Epoch(
            counter: Int64(counter),
            name: "\(counter)-00000000",
            gateway: "g",
            base: Int64(base),
            boot: "b"
        )
    }

    private static func list(_ rows: Range<Int64>..., most: Int) -> (texts: [String], left: Int) {
        let (ranges, left) = OwedRange.list(RowRanges(rows), epochs, most: most)
        return (ranges.map { "\($0.epoch.first ?? "?"):\($0.first)-\($0.last)/\($0.count)" }, left)
    }

    @Test func `has the numbers of each epoch, the oldest first`() {
        #expect(Self.list(90..<111, 251..<252, most: 8).texts == ["1:90-100/11", "2:1-10/10", "3:1-1/1"])
    }

    @Test func `is empty where nothing is owed`() {
        #expect(Self.list(most: 8).texts == [])
        #expect(Self.list(most: 8).left == 0)
    }

    @Test func `closes the smallest holes where there are too many ranges`() {
        #expect(Self.list(1..<2, 5..<6, 8..<10, 60..<61, most: 2).texts == ["1:1-9/4", "1:60-60/1"])
    }

    @Test func `closes no hole between two epochs`() {
        #expect(Self.list(98..<99, 101..<102, 103..<104, most: 2).texts == ["1:98-98/1", "2:1-3/2"])
    }

    @Test func `leaves out the oldest epochs where there are too many, and says how much that is`() {
        let (texts, left) = Self.list(1..<4, 110..<111, 260..<261, most: 2)
        #expect(texts == ["2:10-10/1", "3:10-10/1"])
        #expect(left == 3)
    }

    @Test func `follows the journal`() throws {
        let bench = try Bench()
        for _ in 0..<9 { bench.event() }
        #expect(bench.journal.lastSeq == 9)
        for row: Int64 in [1, 2, 5] { bench.journal.acknowledge(row: row, destination: "city") }
        let (ranges, leavesOutOlder) = bench.journal.owed(destination: "city", most: 8)
        #expect(ranges.map(\.first) == [3, 6])
        #expect(ranges.map(\.last) == [4, 9])
        #expect(ranges.allSatisfy { $0.epoch == bench.journal.epoch })
        #expect(!leavesOutOlder)
        #expect(bench.journal.owed(destination: "nobody", most: 8).ranges.isEmpty)
    }

    @Test func `lasts from the oldest to the newest entry, in memory and on disk`() throws {
        let bench = try Bench()
        #expect(bench.journal.newestPending(destination: "city") == nil)
        var times: [Instant] = []
        for _ in 0..<4 {
            times.append(bench.event().stamp.time)
            bench.clock.advance(by: .seconds(10))
        }
        #expect(bench.journal.newestPending(destination: "city") == times[3])
        bench.journal.flush()
        bench.journal.acknowledge(row: 4, destination: "city")
        bench.journal.acknowledge(row: 1, destination: "city")
        bench.journal.flush()
        #expect(bench.journal.pending(destination: "city").oldest == times[1])
        #expect(bench.journal.newestPending(destination: "city") == times[2])
    }
}
