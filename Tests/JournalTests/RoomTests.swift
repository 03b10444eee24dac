import Contract
import Domain
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import Journal

@Suite("Room on the disk")
struct RoomTests {
    private func losses(_ bench: Bench) -> [JournalLoss] {
        bench.incidents.all.compactMap { if case .loss(let loss) = $0 { loss } else { nil } }
    }

    @Test("is made of the oldest acknowledged entries first, then of the oldest; each loss is counted")
    func limit() throws {
        let bench = try Bench(limit: 4 << 20)
        let journal = bench.journal
        // Two stretches are acknowledged, with unacknowledged rows before, between and after.
        for _ in 0..<1_500 { bench.event(bytes: 1_000) }
        journal.flush()
        let acknowledged = Array(101...600) + Array(701...1_200) as [Int64]
        for row in acknowledged { journal.acknowledge(row: row, destination: "city") }
        var appended: Int64 = 1_500
        func fill(_ done: () -> Bool) {
            while !done() {
                for _ in 0..<100 { bench.event(bytes: 1_000) }
                appended += 100
                journal.flush()
            }
        }
        fill { journal.snapshot.reclaimed >= 400 }
        #expect(journal.snapshot.lost == 0)
        #expect(losses(bench).isEmpty)
        #expect(journal.pending(destination: "city").count == Int(appended) - acknowledged.count)
        #expect(bench.page(limit: 1).map(\.row) == [1])

        fill { journal.snapshot.lost >= 700 }
        let snapshot = journal.snapshot
        #expect(snapshot.reclaimed == acknowledged.count)
        #expect(snapshot.bytes <= 4 << 20)
        let left = bench.page().map(\.row)
        #expect(left == Array(Int64(snapshot.lost + acknowledged.count) + 1...appended))
        #expect(journal.pending(destination: "city").count == left.count)
        #expect(losses(bench).reduce(0) { $0 + $1.count } == snapshot.lost)
        #expect(losses(bench).first?.first == 1)
        #expect(
            losses(bench).allSatisfy { $0.destinations == ["city"] && $0.epoch == journal.epoch && $0.reason == .limit }
        )
        #expect(losses(bench).last.map { Int64($0.last) } == left.first.map { $0 - 1 })
        #expect(snapshot.stored == left.count)
    }

    @Test("lost over two epochs is told for each")
    func twoEpochs() throws {
        let folder = try TemporaryFolder()
        let destinations = [JournalDestination(id: "a"), JournalDestination(id: "b")]
        var epochs: [String] = []
        do {
            let bench = try Bench(folder, destinations: destinations)
            epochs.append(bench.journal.epoch)
            for _ in 0..<10 { bench.event() }
        }
        let bench = try Bench(folder, destinations: destinations, limit: 4 << 20)
        epochs.append(bench.journal.epoch)
        for _ in 0..<6_000 {
            bench.event(bytes: 1_000)
            if bench.journal.snapshot.waiting >= 500 { bench.journal.flush() }
        }
        bench.journal.flush()
        let losses = losses(bench)
        #expect(losses.first?.epoch == epochs[0])
        #expect(losses.first?.count == 10)
        #expect(losses.first?.destinations == ["a", "b"])
        #expect(losses.dropFirst().allSatisfy { $0.epoch == epochs[1] })
        #expect(losses.dropFirst().first?.first == 1)
        #expect(bench.page("a").count == 6_010 - bench.journal.snapshot.lost)
    }

    /// Reports as the daemon does: an event for each loss.
    private func tellAll(_ bench: Bench, from index: inout Int) {
        for loss in losses(bench).dropFirst(index) {
            bench.journal.append(Event("gap", severity: .alarm, stamp: bench.clock.stamp(), data: []), telling: loss)
            index += 1
        }
    }

    @Test("that takes a gap event itself tells its gap again")
    func lostTellings() throws {
        let bench = try Bench(limit: 1 << 20)
        var told = 0
        for _ in 0..<60 {
            for _ in 0..<100 { bench.event(bytes: 500) }
            bench.journal.flush()
            tellAll(bench, from: &told)
            bench.journal.flush()
        }
        let left = bench.page()
        let reached = left.filter { String(decoding: $0.body, as: UTF8.self).contains("\"gap\"") }
        #expect(told > reached.count, "some gap events were lost")
        let tellings = bench.journal.state.withLock { $0.tellings }
        #expect(tellings.allSatisfy { telling in telling.row == nil || left.contains { $0.row == telling.row } })
        #expect(tellings.reduce(0) { $0 + $1.loss.count } == bench.journal.snapshot.lost)
        #expect(tellings.count <= reached.count + 1)

        for entry in left { bench.journal.acknowledge(row: entry.row, destination: "city") }
        let owed = bench.journal.state.withLock { $0.tellings.filter { $0.row != nil } }
        #expect(owed.isEmpty)
    }

    @Test("that was made just before a crash is told by the next start")
    func crashBeforeTelling() throws {
        let bench = try Bench(limit: 1 << 20)
        while losses(bench).isEmpty {
            for _ in 0..<100 { bench.event(bytes: 500) }
            bench.journal.flush()
        }
        let crashed = try Bench(try bench.folder.copyAsCrashed(), limit: 1 << 20)
        let retold = crashed.journal.incidents.compactMap { if case .loss(let loss) = $0 { loss } else { nil } }
        #expect(retold == losses(bench))
    }

    @Test("is found for more than it can hold, that gathered in memory: the oldest are told as lost")
    func moreThanTheLimit() throws {
        let bench = try Bench(limit: 1 << 20)
        for _ in 0..<900 { bench.event(bytes: 5_000) }
        #expect(bench.journal.flush())
        let snapshot = bench.journal.snapshot
        #expect(snapshot.bytes <= 1 << 20)
        #expect(snapshot.stored + snapshot.lost == 900)
        #expect(losses(bench).reduce(0) { $0 + $1.count } == snapshot.lost)
        #expect(bench.page().last?.row == 900)
    }

    @Test("that somebody else took is waited for, in memory up to a bound, and found again")
    func diskFull() throws {
        let bench = try Bench { $0.waitingLimit = 500 }
        let journal = bench.journal
        bench.event()
        journal.flush()
        // SQLite returns SQLITE_FULL at this ceiling just as it does for ENOSPC.
        bench.withFile { file in
            try file.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        }
        for _ in 0..<400 { bench.event(bytes: 1_000) }
        #expect(!journal.flush())
        #expect(journal.snapshot.isStalled)
        #expect(journal.snapshot.waiting == 400)
        for _ in 0..<200 { bench.event(bytes: 1_000) }
        bench.clock.advance(by: .seconds(1))
        journal.whenSettled()
        let lost = journal.snapshot.lost
        #expect(lost >= 100)
        #expect(
            losses(bench) == [
                JournalLoss(
                    reason: .stalled,
                    epoch: journal.epoch,
                    first: 2,
                    last: UInt64(lost) + 1,
                    count: lost,
                    destinations: ["city"]
                )
            ]
        )
        bench.withFile { file in
            try file.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        }
        #expect(journal.snapshot.isStalled)
        bench.clock.advance(by: .seconds(1))
        journal.whenSettled()
        #expect(!journal.snapshot.isStalled)
        #expect(bench.incidents.all.first == .stalled(.diskFull(file: bench.folder.database)))
        #expect(bench.incidents.all.last == .resumed)
        #expect(bench.failures.all.isEmpty)
        #expect(bench.page().map(\.row) == [1] + Array(Int64(lost) + 2...601))
        journal.close()
        #expect(try Bench(bench.folder).page().count == 601 - lost)
    }

    @Test("on a disk that fails is the end: told once, and nothing blocks")
    func failure() throws {
        let bench = try Bench()
        // From here on every write fails with an error that waiting does not cure.
        bench.withFile { file in
            let refusal = "CREATE TEMP TRIGGER refusal BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no'); END"
            try file.queue.writeWithoutTransaction { try $0.execute(sql: refusal) }
        }
        bench.event()
        #expect(!bench.journal.flush())
        bench.event()
        #expect(!bench.journal.flush())
        #expect(bench.failures.all.count == 1)
        #expect(bench.page().isEmpty)
    }
}
