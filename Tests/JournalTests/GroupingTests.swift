import Contract
import Domain
import Synchronization
import TestSupport
import Testing

@testable import Journal

@Suite("Commits")
struct GroupingTests {
    private func waiting(_ bench: Bench, after duration: Duration) -> Int {
        bench.clock.advance(by: duration)
        bench.journal.whenSettled()
        return bench.journal.snapshot.waiting
    }

    /// Once, a flush reported that all was on disk during an attempt on a full disk.
    @Test("have what they are writing in memory until the disk has it")
    func beingWritten() throws {
        let bench = try Bench()
        let row = bench.event().row
        bench.journal.state.withLock { state in
            let group = state.takeGroup()
            #expect(state.oldestInMemory == row)
            state.returned(group, now: bench.clock.uptime())
            #expect(state.oldestInMemory == row)
        }
        #expect(bench.journal.flush())
        #expect(bench.journal.state.withLock { $0.oldestInMemory } == nil)
    }

    @Test("take an entry that nobody has acknowledged when it is a second old")
    func unacknowledged() throws {
        let bench = try Bench()
        bench.event()
        #expect(waiting(bench, after: .milliseconds(900)) == 1)
        bench.event()
        #expect(waiting(bench, after: .milliseconds(100)) == 0)
        #expect(bench.journal.snapshot.commits == 1)
        #expect(bench.journal.snapshot.stored == 2)
    }

    @Test("take an entry that all have acknowledged when it is a minute old")
    func acknowledged() throws {
        let bench = try Bench()
        bench.journal.acknowledge(row: bench.event().row, destination: "city")
        #expect(waiting(bench, after: .seconds(59)) == 1)
        #expect(waiting(bench, after: .seconds(1)) == 0)
        #expect(bench.journal.pending(destination: "city").count == 0)
    }

    @Test("wait for the oldest that is not safe, not for the oldest")
    func oldestUnsafe() throws {
        let bench = try Bench()
        let first = bench.event()
        bench.clock.advance(by: .milliseconds(800))
        bench.event()
        bench.journal.acknowledge(row: first.row, destination: "city")
        #expect(waiting(bench, after: .milliseconds(900)) == 2)
        #expect(waiting(bench, after: .milliseconds(100)) == 0)
    }

    @Test(
        "take acknowledged entries after a second where acknowledgement makes nothing safe",
        arguments: [[JournalDestination(id: "city"), JournalDestination(id: "here", sameBox: true)], []]
    )
    func neverSafe(_ destinations: [JournalDestination]) throws {
        let bench = try Bench(destinations: destinations)
        let row = bench.event().row
        for destination in destinations { bench.journal.acknowledge(row: row, destination: destination.id) }
        #expect(waiting(bench, after: .seconds(1)) == 0)
    }

    @Test("wait until the last of two destinations has acknowledged")
    func twoDestinations() throws {
        let bench = try Bench(destinations: [JournalDestination(id: "a"), JournalDestination(id: "b")])
        bench.journal.acknowledge(row: bench.event().row, destination: "a")
        #expect(waiting(bench, after: .seconds(1)) == 0)
        bench.journal.acknowledge(row: 1, destination: "b")
        let both = bench.event().row
        for id in ["a", "b"] { bench.journal.acknowledge(row: both, destination: id) }
        #expect(waiting(bench, after: .milliseconds(900)) == 1)
    }

    @Test("come a moment after a thousand wait")
    func count() throws {
        let bench = try Bench()
        for _ in 0..<999 { bench.event() }
        #expect(waiting(bench, after: .zero) == 999)
        bench.event()
        #expect(waiting(bench, after: .zero) == 1_000)
        #expect(waiting(bench, after: .milliseconds(200)) == 0)
    }

    @Test("come a moment after what waits has the size of a group, and count anew from there")
    func size() throws {
        let bench = try Bench { $0.groupFill = 10_000 }
        let each = JournalFile.Group.bytes(of: bench.event())
        let count = Int((10_000 + each - 1) / each)
        for _ in 1..<count - 1 { bench.event() }
        #expect(waiting(bench, after: .milliseconds(200)) == count - 1)
        bench.event()
        #expect(waiting(bench, after: .zero) == count)
        #expect(waiting(bench, after: .milliseconds(200)) == 0)
        bench.event()
        #expect(waiting(bench, after: .milliseconds(200)) == 1)
    }

    @Test("save acknowledgements of committed rows once a second, and after a thousand")
    func acknowledgements() throws {
        let bench = try Bench()
        for _ in 0..<2_000 { bench.event() }
        bench.journal.flush()
        let before = bench.journal.snapshot.commits
        func commits(after duration: Duration) -> Int {
            bench.clock.advance(by: duration)
            bench.journal.whenSettled()
            return bench.journal.snapshot.commits - before
        }
        for row in 1...10 as ClosedRange<Int64> { bench.journal.acknowledge(row: row, destination: "city") }
        #expect(commits(after: .milliseconds(900)) == 0)
        #expect(commits(after: .milliseconds(100)) == 1)
        #expect(commits(after: .seconds(60)) == 1)
        for row in 11...1_010 as ClosedRange<Int64> { bench.journal.acknowledge(row: row, destination: "city") }
        #expect(commits(after: .zero) == 2)
        #expect(try Bench(bench.folder.copyAsCrashed()).page().first?.row == 1_011)
    }

    @Test("that take longer than two seconds are told")
    func slow() throws {
        let bench = try Bench()
        bench.event()
        bench.clock.drift.withLock { $0 = .seconds(3) }
        bench.journal.flush()
        #expect(
            bench.incidents.all.contains { if case .slowCommit(let took) = $0 { took >= .seconds(3) } else { false } }
        )
        #expect(bench.journal.snapshot.longestCommit >= .seconds(3))
    }
}
