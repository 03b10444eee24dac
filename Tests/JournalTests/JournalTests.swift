import Contract
import Domain
import TestSupport
import Testing

@testable import Journal

@Suite("The journal")
struct JournalTests {
    @Test("gives back after a restart what was committed, as it was")
    func reopen() throws {
        let folder = try TemporaryFolder()
        let clock = HandClock()
        let (reading, event, epoch): (JournalEntry, JournalEntry, String)
        do {
            let bench = try Bench(folder, clock: clock)
            reading = bench.journal.append(flowReading(clock.stamp()))
            var unsynchronised = clock.stamp()
            unsynchronised.clock = .unsynchronised
            event = bench.journal.append(
                Event("weighing", severity: .info, stamp: unsynchronised, site: "s", device: "d", byDevice: true)
            )
            epoch = bench.journal.epoch
            #expect(bench.journal.flush())
        }
        let bench = try Bench(folder, clock: clock)
        let entries = bench.page()
        #expect(entries.map(\.seq) == [1, 2])
        for (found, kept) in zip(entries, [reading, event]) {
            #expect(found.row == kept.row)
            #expect(found.epoch == epoch)
            #expect(found.kind == kept.kind)
            #expect(found.site == kept.site)
            #expect(found.device == kept.device)
            #expect(found.stamp == kept.stamp)
            #expect(found.body == kept.body)
        }
        #expect(entries.last?.kind == .deviceEvent)
    }

    @Test("never gives an epoch twice, and counts its starts")
    func epochs() throws {
        let folder = try TemporaryFolder()
        var epochs: [String] = []
        for _ in 0..<5 {
            let bench = try Bench(folder)
            #expect(bench.journal.previous?.epoch == epochs.last)
            epochs.append(bench.journal.epoch)
        }
        #expect(Set(epochs).count == 5)
        #expect(epochs.map { $0.prefix { $0 != "-" } } == ["1", "2", "3", "4", "5"])
        #expect(epochs.allSatisfy { $0.drop { $0 != "-" }.count == 9 })
    }

    @Test("keeps the name that the gateway had when an entry was made")
    func renamedGateway() throws {
        let folder = try TemporaryFolder()
        do { try Bench(folder).event() }
        let bench = try Bench(folder) { $0.gateway = "kdr-soyo-02" }
        #expect(bench.event().gateway == "kdr-soyo-02")
        bench.journal.flush()
        #expect(bench.page().map(\.gateway) == ["kdr-soyo-01", "kdr-soyo-02"])
    }

    @Test("tells how far the epoch before came, and whether it was closed in order")
    func previous() throws {
        let bench = try Bench()
        #expect(bench.journal.previous == nil)
        for _ in 0..<3 { bench.event() }
        bench.journal.flush()
        bench.event("lost")
        let crashed = try bench.folder.copyAsCrashed()
        let second = try Bench(crashed)
        #expect(second.journal.previous == PreviousEpoch(epoch: bench.journal.epoch, committedThrough: 3, clean: false))
        #expect(second.event().seq == 1)
        second.journal.close()
        let third = try Bench(crashed)
        #expect(third.journal.previous == PreviousEpoch(epoch: second.journal.epoch, committedThrough: 1, clean: true))
        third.journal.close()
        let fourth = try Bench(crashed)
        #expect(fourth.journal.previous == PreviousEpoch(epoch: third.journal.epoch, committedThrough: 0, clean: true))
        #expect(fourth.page().map(\.epoch) == Array(repeating: bench.journal.epoch, count: 3) + [second.journal.epoch])
    }

    @Test("keeps for each destination what it has acknowledged")
    func destinations() throws {
        let folder = try TemporaryFolder()
        let both = [JournalDestination(id: "city"), JournalDestination(id: "province")]
        do {
            let bench = try Bench(folder, destinations: both)
            for _ in 0..<10 { bench.event() }
            bench.journal.flush()
            for row in [1, 2, 5, 10] as [Int64] { bench.journal.acknowledge(row: row, destination: "city") }
            bench.journal.setAside(row: 7, destination: "province")
            bench.journal.acknowledge(row: 3, destination: "nobody")
            bench.journal.acknowledge(row: 99, destination: "city")
            #expect(bench.journal.snapshot.setAside == 1)
        }
        let bench = try Bench(folder, destinations: both)
        #expect(bench.page("city").map(\.row) == [3, 4, 6, 7, 8, 9])
        #expect(bench.page("province").map(\.row) == [1, 2, 3, 4, 5, 6, 8, 9, 10])
        #expect(bench.page("nobody").isEmpty)
        #expect(bench.journal.pending(destination: "city").count == 6)
    }

    @Test("pages in order, from a row on, and only what is committed")
    func paging() throws {
        let bench = try Bench()
        for _ in 0..<10 { bench.event() }
        bench.journal.flush()
        bench.event("not committed")
        #expect(bench.page(limit: 4).map(\.row) == [1, 2, 3, 4])
        #expect(bench.page(after: 4, limit: 4).map(\.row) == [5, 6, 7, 8])
        bench.journal.acknowledge(row: 9, destination: "city")
        #expect(bench.page(after: 7).map(\.row) == [8, 10])
        #expect(bench.page(after: 10).isEmpty)
        #expect(bench.page(after: 500).isEmpty)
        #expect(bench.page(after: .max).isEmpty)
    }

    @Test("tells how many entries are pending and how old the oldest is")
    func pending() throws {
        let bench = try Bench()
        #expect(bench.journal.pending(destination: "city") == (0, nil))
        let first = bench.event()
        #expect(bench.journal.pending(destination: "city") == (1, first.stamp.time))
        bench.clock.advance(by: .milliseconds(500))
        let second = bench.event()
        bench.journal.flush()
        #expect(bench.journal.pending(destination: "city") == (2, first.stamp.time))
        bench.journal.acknowledge(row: first.row, destination: "city")
        bench.journal.flush()
        #expect(bench.journal.pending(destination: "city") == (1, second.stamp.time))
    }

    /// A journal with three events on disk; `city` has acknowledged one.
    private static func oweTwo(in folder: TemporaryFolder) throws -> Bench {
        let bench = try Bench(folder)
        for _ in 0..<3 { bench.event() }
        bench.journal.flush()
        bench.journal.acknowledge(row: 2, destination: "city")
        return bench
    }

    private static func two(of epoch: String) -> [OwedRange] {
        [1, 3].map { OwedRange(epoch: epoch, first: $0, last: $0, count: 1) }
    }

    @Test("owes a new destination nothing that came before it, and tells what a removed one was owed")
    func changedDestinations() throws {
        let folder = try TemporaryFolder()
        let first = try Self.oweTwo(in: folder).journal.epoch
        let bench = try Bench(folder, destinations: [JournalDestination(id: "province")])
        #expect(bench.journal.incidents == [.destinationRemoved(id: "city", owed: 2, ranges: Self.two(of: first))])
        #expect(bench.page("province").isEmpty)
        bench.event()
        bench.journal.flush()
        #expect(bench.page("province").map(\.row) == [4])
    }

    @Test("changes its destinations while it is open, and the next start knows it")
    func changedDestinationsInPlace() throws {
        let folder = try TemporaryFolder()
        do {
            let bench = try Self.oweTwo(in: folder)
            bench.journal.replace(destinations: [JournalDestination(id: "province")])
            bench.event()
            bench.journal.flush()
            bench.journal.whenSettled()
            let ranges = Self.two(of: bench.journal.epoch)
            #expect(bench.incidents.all == [.destinationRemoved(id: "city", owed: 2, ranges: ranges)])
            #expect(bench.page("province").map(\.row) == [4])
            #expect(bench.page("city").isEmpty)
            bench.journal.replace(destinations: [JournalDestination(id: "province"), JournalDestination(id: "city")])
            bench.event()
            bench.journal.flush()
            #expect(bench.page("city").map(\.row) == [5])
        }
        let both = [JournalDestination(id: "province"), JournalDestination(id: "city")]
        let bench = try Bench(folder, destinations: both)
        #expect(bench.journal.incidents == [])
        #expect(bench.page("province").map(\.row) == [4, 5])
        #expect(bench.page("city").map(\.row) == [5])
    }

    @Test("remembers state in the same commit as its reading")
    func remembering() throws {
        let bench = try Bench()
        bench.journal.append(flowReading(bench.clock.stamp(), volume: 1), remembering: ("volume", [1]))
        bench.journal.remember("other", [9])
        bench.journal.flush()
        bench.journal.append(flowReading(bench.clock.stamp(), volume: 2), remembering: ("volume", [2]))
        bench.journal.remember("other", nil)
        #expect(bench.journal.recall("volume") == [2])
        #expect(bench.journal.recall("other") == nil)
        let crashed = try Bench(bench.folder.copyAsCrashed())
        #expect(crashed.journal.recall("volume") == [1])
        #expect(crashed.journal.recall("other") == [9])
        #expect(crashed.page().count == 1)
        bench.journal.close()
        let closed = try Bench(bench.folder)
        #expect(closed.journal.recall("volume") == [2])
        #expect(closed.journal.recall("other") == nil)
        #expect(closed.page().count == 2)
    }

    @Test("answers after its end without blocking: no page, no commit")
    func closed() throws {
        let bench = try Bench()
        bench.journal.close()
        bench.journal.close()
        bench.event()
        #expect(!bench.journal.flush())
        #expect(bench.page().isEmpty)
    }
}
