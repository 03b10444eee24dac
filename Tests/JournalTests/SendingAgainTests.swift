import Contract
import Domain
import GRDB
import TestSupport
import Testing

@testable import Journal

/// What a destination gets again that it has acknowledged.
@Suite struct `A destination that asks for entries again` {
    private static func request(_ epoch: String, _ ranges: ClosedRange<UInt64>...) throws -> ResendRequest {
        try #require(ResendRequest(epoch: epoch, ranges: ranges))
    }

    private static func ask(_ bench: Bench, _ request: ResendRequest, losses: Int = 100) throws -> SendingAgain {
        let answers = Box<SendingAgain?>()
        bench.journal.sendAgain(request, to: "city", losses: losses) { answers.add($0) }
        bench.journal.whenSettled()
        return try #require(answers.all.first ?? nil)
    }

    private static func losses(_ bench: Bench) -> [JournalLoss] {
        bench.incidents.all.compactMap { if case .loss(let loss) = $0 { loss } else { nil } }
    }

    /// A journal with committed entries that the city has acknowledged.
    private static func acknowledged(
        _ count: Int64,
        destinations: [JournalDestination] = [JournalDestination(id: "city")]
    ) throws -> Bench {
        let bench = try Bench(destinations: destinations)
        for _ in 0..<count { bench.event() }
        bench.journal.flush()
        for row in 1...count { bench.journal.acknowledge(row: row, destination: "city") }
        bench.journal.flush()
        return bench
    }

    @Test func `gets them until it has acknowledged them, and no others`() throws {
        let bench = try Self.acknowledged(10)
        #expect(bench.page().isEmpty)
        let answer = try Self.ask(bench, Self.request(bench.journal.epoch, 3...5, 9...9))
        #expect(answer.entries == 4)
        #expect(answer.first == 3)
        #expect(answer.notKept == 0)
        #expect(bench.page().map(\.seq) == [3, 4, 5, 9])
        #expect(bench.journal.isPending(row: 4, destination: "city"))
        #expect(bench.journal.toSend(destination: "city") == 4)
        for row: Int64 in [3, 4, 5, 9] { bench.journal.acknowledge(row: row, destination: "city") }
        #expect(bench.page().isEmpty)
        #expect(bench.journal.askedAgain(destination: "city") == 0)
        #expect(Self.losses(bench).isEmpty)
    }

    @Test func `gets them in the order of rows, among what it is owed`() throws {
        let bench = try Self.acknowledged(6)
        for _ in 0..<4 { bench.event() }
        bench.journal.flush()
        bench.journal.acknowledge(row: 8, destination: "city")
        _ = try Self.ask(bench, Self.request(bench.journal.epoch, 2...3, 8...8))
        #expect(bench.page().map(\.seq) == [2, 3, 7, 8, 9, 10])
        #expect(bench.page(limit: 3).map(\.seq) == [2, 3, 7])
        #expect(bench.page(after: 3, limit: 2).map(\.seq) == [7, 8])
    }

    @Test func `gets what it is owed once, and is owed no more than before`() throws {
        let bench = try Bench()
        for _ in 0..<5 { bench.event() }
        bench.journal.flush()
        let answer = try Self.ask(bench, Self.request(bench.journal.epoch, 1...5))
        #expect(answer.entries == 0)
        #expect(answer.notKept == 0)
        #expect(bench.journal.pending(destination: "city").count == 5)
        #expect(bench.journal.toSend(destination: "city") == 5)
    }

    @Test func `is the only one that gets them`() throws {
        let bench = try Self.acknowledged(
            5,
            destinations: [JournalDestination(id: "city"), JournalDestination(id: "province")]
        )
        for row: Int64 in 1...5 { bench.journal.acknowledge(row: row, destination: "province") }
        _ = try Self.ask(bench, Self.request(bench.journal.epoch, 1...5))
        #expect(bench.page("city").count == 5)
        #expect(bench.page("province").isEmpty)
    }

    @Test func `gets entries of an earlier epoch`() throws {
        let bench = try Self.acknowledged(4)
        let first = bench.journal.epoch
        bench.journal.close()
        let second = try Bench(bench.folder)
        second.event()
        second.journal.flush()
        let answer = try Self.ask(second, Self.request(first, 2...4))
        #expect(answer.entries == 3)
        let again = second.page().filter { $0.epoch == first }
        #expect(again.map(\.seq) == [2, 3, 4])
    }

    @Test func `gets entries that are in memory alone once they are on disk`() throws {
        let bench = try Bench()
        bench.event()
        bench.journal.acknowledge(row: 1, destination: "city")
        let answer = try Self.ask(bench, Self.request(bench.journal.epoch, 1...1))
        #expect(answer.entries == 1)
        #expect(answer.notKept == 0)
        bench.journal.flush()
        #expect(bench.page().map(\.seq) == [1])
    }

    @Test func `learns nothing of numbers that were not given yet`() throws {
        let bench = try Self.acknowledged(3)
        let answer = try Self.ask(bench, Self.request(bench.journal.epoch, 3...1 << 62, 1 << 61...1 << 62))
        #expect(answer.entries == 1)
        #expect(answer.notKept == 0)
        #expect(Self.losses(bench).isEmpty)
    }

    @Test func `is told exactly which entries of an epoch are not there`() throws {
        let bench = try Self.acknowledged(3)
        let answer = try Self.ask(bench, Self.request("9-0badcafe", 40...41, 7...9, 9...12, 1 << 62...1 << 62))
        #expect(answer.entries == 0)
        #expect(answer.notKept == 9)
        let losses = Self.losses(bench)
        #expect(losses.map(\.first) == [7, 40, 1 << 62])
        #expect(losses.map(\.last) == [12, 41, 1 << 62])
        #expect(losses.map(\.count) == [6, 2, 1])
        #expect(losses.allSatisfy { $0.reason == .notKept && $0.destinations == ["city"] && $0.epoch == "9-0badcafe" })
    }

    @Test func `is told in one event of all that is above the most`() throws {
        let bench = try Self.acknowledged(1)
        let answer = try Self.ask(bench, Self.request("9-0badcafe", 1...1, 5...6, 9...9, 20...29), losses: 2)
        #expect(answer.losses == 2)
        #expect(answer.notKept == 14)
        #expect(Self.losses(bench).map(\.first) == [1, 5])
        #expect(Self.losses(bench).map(\.last) == [1, 29])
        #expect(Self.losses(bench).map(\.count) == [1, 13])
    }

    @Test func `is told of entries that made room for newer ones, and gets the rest`() throws {
        let bench = try Bench(limit: 2 << 20)
        var last: Int64 = 0
        // Until the oldest have gone.
        while bench.journal.snapshot.reclaimed == 0 {
            for _ in 0..<50 { last = bench.event(bytes: 1_000).row }
            bench.journal.flush()
            for row in last - 49...last { bench.journal.acknowledge(row: row, destination: "city") }
        }
        let gone = bench.journal.snapshot.reclaimed
        let answer = try Self.ask(bench, Self.request(bench.journal.epoch, 1...UInt64(gone + 10)))
        #expect(answer.notKept == gone)
        #expect(answer.entries == 10)
        let losses = Self.losses(bench)
        #expect(losses.map(\.first) == [1])
        #expect(losses.map(\.last) == [UInt64(gone)])
        #expect(bench.page().map(\.seq) == (gone + 1...gone + 10).map(UInt64.init))
    }

    @Test func `keeps no room: what it asks for goes before anything that is owed, and it is told`() throws {
        let bench = try Bench(limit: 2 << 20)
        for _ in 0..<500 { bench.event(bytes: 1_000) }
        bench.journal.flush()
        for row: Int64 in 1...500 { bench.journal.acknowledge(row: row, destination: "city") }
        _ = try Self.ask(bench, Self.request(bench.journal.epoch, 1...500))
        // These are owed, and need the room.
        for _ in 0..<900 { bench.event(bytes: 1_000) }
        bench.journal.flush()
        #expect(bench.journal.snapshot.lost == 0)
        #expect(bench.journal.givenUp(destination: "city") == 0)
        let losses = Self.losses(bench)
        #expect(!losses.isEmpty)
        #expect(losses.allSatisfy { $0.reason == .notKept })
        #expect(losses.reduce(0) { $0 + $1.count } + bench.journal.askedAgain(destination: "city") == 500)
    }

    @Test func `asks once more after a restart, which forgets what was open`() throws {
        let bench = try Self.acknowledged(5)
        let epoch = bench.journal.epoch
        _ = try Self.ask(bench, Self.request(epoch, 1...5))
        bench.event()
        bench.journal.flush()
        let crashed = try Bench(try bench.folder.copyAsCrashed())
        #expect(crashed.page().map(\.seq) == [6])
        #expect(try Self.ask(crashed, Self.request(epoch, 1...5)).entries == 5)
    }

    @Test func `ends nothing with rows that the disk no longer has as they were written`() throws {
        let bench = try Self.acknowledged(60)
        bench.withFile { file in
            try file.queue.write { try $0.execute(sql: "UPDATE entries SET body = x'00' WHERE row <= 40") }
        }
        _ = try Self.ask(bench, Self.request(bench.journal.epoch, 1...60))
        _ = bench.page()
        #expect(bench.failures.all.isEmpty)
        #expect(bench.journal.askedAgain(destination: "city") == 0)
        let losses = Self.losses(bench)
        #expect(losses.allSatisfy { $0.reason == .damaged })
        #expect(losses.reduce(0) { $0 + $1.count } == 60)
        bench.event()
        #expect(bench.journal.flush())
        #expect(bench.page().map(\.seq) == [61])
    }

    @Test func `gets no answer where nobody knows it`() throws {
        let bench = try Self.acknowledged(1)
        let answers = Box<SendingAgain?>()
        bench.journal.sendAgain(try Self.request(bench.journal.epoch, 1...1), to: "nobody", losses: 1) {
            answers.add($0)
        }
        bench.journal.whenSettled()
        #expect(answers.all == [nil])
    }
}
