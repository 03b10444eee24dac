import Contract
import Domain
import Installation
import Journal
import Testing

@testable import Forwarding

@Suite struct `Packs of a destination` {
    @Test func `close that long after their first row came`() {
        let world = PackWorld(pack: Packing(live: .seconds(30)))
        world.arrive(1...60, every: 1)
        world.run(until: at(100))
        #expect(world.live.map(\.rows) == [Array(1...31), Array(32...60)])
        #expect(world.live.map(\.at) == [at(30), at(61)])
        #expect(world.late.isEmpty && world.owed.isEmpty)
        #expect(world.spins == 0)
    }

    @Test func `hold the live rows of that time, however long one waits for its pack`() {
        let world = PackWorld(pack: Packing(live: .seconds(600)))
        world.append(1...1)
        world.run(until: at(599))
        #expect(world.sent.isEmpty)
        world.append(2...2)
        world.run(until: at(601))
        #expect(world.live.map(\.rows) == [[1, 2]])
    }

    @Test func `do not begin with a row that came when no other waits`() {
        let world = PackWorld(pack: Packing(live: .seconds(10)))
        world.run(until: at(25))
        world.append(1...1)
        world.run(until: at(34.9))
        #expect(world.sent.isEmpty)
        world.run(until: at(36))
        #expect(world.live.map(\.at) == [at(35)])
    }

    @Test func `close when they are full`() {
        let world = PackWorld(pack: Packing(live: .seconds(600)))
        world.append(1...6_000)
        world.run(until: at(1))
        #expect(!world.live.isEmpty)
        for message in world.live {
            let text = message.rows.count * Packs.text(of: entry(1)) + 2
            #expect(text <= PackMessage.largestText)
        }
        #expect(world.live.flatMap(\.rows) == Array(1...Int64(world.live.flatMap(\.rows).count)))
    }

    @Test func `go out at once when the session is about to end`() {
        let world = PackWorld(pack: Packing(live: .seconds(600)))
        world.append(1...3)
        world.run(until: at(1))
        #expect(world.sent.isEmpty)
        world.lanes.packs?.isEnding = true
        world.fill()
        #expect(world.live.map(\.rows) == [[1, 2, 3]])
    }

    /// The first pack that closes after they came is the first after the connection is back.
    @Test func `hold rows of a short outage live`() {
        let world = PackWorld(pack: Packing(live: .seconds(30)))
        world.lose(for: 20)
        world.arrive(1...10, every: 1)
        world.run(until: at(60))
        #expect(world.live.map(\.rows) == [Array(1...10)])
        #expect(world.late.isEmpty && world.owed.isEmpty)
    }

    @Test func `hold rows of an outage that are older than a pack and five seconds as late ones`() {
        let world = PackWorld(pack: Packing(live: .seconds(30)))
        world.lose(for: 100)
        world.arrive(1...100, every: 1)
        world.run(until: at(200))
        #expect(world.owed.isEmpty)
        for message in world.live {
            for row in message.rows { #expect((world.arrivals[row] ?? at(0)) + .seconds(35) >= message.at) }
        }
        #expect(Set(world.late.flatMap(\.rows)) == Set(1...65))
        #expect(world.late.first?.rows.first == 1)
    }

    @Test func `of an outage are bounded in memory, and nothing is lost or sent twice`() {
        let world = PackWorld(pack: Packing(live: .seconds(600)))
        world.lose(for: 10)
        world.append(1...20_000)
        #expect(world.lanes.liveBytes <= 1 << 20)
        world.run(until: at(700))
        #expect(world.owed.isEmpty)
        #expect(world.sent.flatMap(\.rows).count == 20_000)
    }

    @Test func `that were on their way when the connection ended come again as late, in halves`() {
        let world = PackWorld(pack: Packing(live: .seconds(10)), roundTrip: .seconds(1))
        world.append(1...8)
        world.run(until: at(10.5))
        #expect(world.live.map(\.rows) == [Array(1...8)])
        world.lose()
        world.run(until: at(30))
        #expect(world.late.map(\.rows) == [Array(1...4), Array(5...8)])
        #expect(world.owed.isEmpty)
    }

    @Test func `of the backlog hold one page, oldest first, and count by the row for the rate`() {
        let world = PackWorld(rate: 100)
        world.append(1...1_000, live: false)
        world.run(until: at(2.5))
        #expect(world.late[0].rows == Array(1...256))
        #expect(world.late.flatMap(\.rows) == Array(1...Int64(world.late.flatMap(\.rows).count)))
        #expect(world.late.flatMap(\.rows).count == 256)
        world.run(until: at(11))
        #expect(world.owed.isEmpty)
    }

    @Test func `leave the backlog row by row where the configuration says so`() {
        let world = PackWorld(pack: Packing(live: .seconds(5), backfill: false))
        world.append(1...20, live: false)
        world.append(21...30)
        world.run(until: at(6))
        #expect(world.late.map(\.rows) == (1...20).map { [$0] })
        #expect(world.live.map(\.rows) == [Array(21...30)])
        #expect(world.owed.isEmpty)
    }

    /// With the topic of packs each gateway is held to its own, and a backlog may carry a former name.
    @Test func `hold entries of one gateway only`() {
        var lanes = PackWorld().lanes
        let entries = (Int64(1)...4).map { row in
            var entry = entry(row)
            if row <= 2 { entry.gateway = "former" }
            return entry
        }
        guard case .page = lanes.next(now: at(0), isPending: { _ in true }, owed: { 4 }) else {
            Issue.record("no page was asked for")
            return
        }
        lanes.turned(entries, after: 0, now: at(0))
        guard case .pack(let first, .backfill, _) = lanes.next(now: at(0), isPending: { _ in true }, owed: { 4 }) else {
            Issue.record("no pack was sent")
            return
        }
        #expect(first.map(\.gateway) == ["former", "former"])
    }

    // MARK: Size

    @Test func `that turn out larger than the broker takes are halved before they are sent`() {
        let world = PackWorld(.init(largestPacket: 10 * PackWorld.bytesOfRow + 40), pack: Packing(live: .seconds(10)))
        world.append(1...64)
        world.run(until: at(15))
        #expect(world.live.allSatisfy { $0.rows.count <= 10 })
        #expect(world.live.flatMap(\.rows) == Array(1...64))
        #expect(world.late.isEmpty)
    }

    /// A limit that the broker does not name shows in its refusals only.
    @Test func `learn the size that a broker refuses`() {
        let world = PackWorld(.init(largest: 2_000), pack: Packing(live: .seconds(10)))
        for round in 0..<60 {
            let first = Int64(round * 100 + 1)
            world.append(first...(first + 99))
            world.run(until: world.now + .seconds(10))
        }
        world.run(until: world.now + .seconds(60))
        #expect(world.owed.isEmpty && world.aside.isEmpty && world.conditions == 0)
        let refused = world.sent.filter { $0.rows.count > 20 }
        #expect((1...12).contains(refused.count))
        // Most of the later rows go live, in packs near the limit.
        let later = world.live.filter { $0.at > at(200) }
        #expect(later.flatMap(\.rows).count > 3_000)
        #expect(later.map(\.rows.count).max() ?? 0 > 12)
    }

    @Test func `are as large as before after a row was refused for its own size`() {
        let world = PackWorld(.init(poison: [50: .answer(0x95)]))
        world.append(1...256, live: false)
        world.arrive(1_000...1_200, every: 1)
        world.run(until: at(400))
        #expect(world.aside == [50])
        #expect(world.owed.isEmpty)
        #expect(world.lanes.packs?.size.limit == PackMessage.largestPayload)
    }

    // MARK: Refusals

    @Test(arguments: [0x90, 0x95, 0x99] as [UInt8])
    func `with one row at fault are halved down to it, and only that row is set aside`(code: UInt8) {
        let world = PackWorld(.init(poison: [77: .answer(code)]))
        world.append(1...256, live: false)
        world.arrive(1_000...1_100, every: 1)
        world.run(until: at(200))
        #expect(world.aside == [77])
        #expect(world.owed.isEmpty)
        #expect(world.conditions == 0)
        let tries = world.sent.count { $0.rows.contains(77) }
        // Eight halvings from 256 down to one, perhaps one more for each, and the trials of the row alone.
        #expect(tries <= 8 * 2 + 4, "\(tries)")
    }

    @Test func `with one row at which the broker drops the connection are halved down to it`() {
        let world = PackWorld(.init(poison: [77: .dropped]))
        world.append(1...256, live: false)
        world.arrive(1_000...1_300, every: 1)
        world.run(until: at(400))
        #expect(world.aside == [77])
        #expect(world.owed.isEmpty)
        #expect(world.sent.count { $0.rows.contains(77) } <= 24)
    }

    @Test func `of a broker that refuses everything are a condition, and cost little`() {
        let world = PackWorld(.init(spells: [(at(0), at(1_000), .answer(0x99))]))
        world.append(1...2_000, live: false)
        world.arrive(3_000...3_900, every: 1)
        #expect(world.conditions == 1)
        #expect(world.aside.isEmpty)
        #expect(world.sent.count < 150, "\(world.sent.count)")
        world.run(until: at(1_600))
        #expect(world.aside.isEmpty && world.owed.isEmpty)
    }

    @Test func `rest in both lanes where their topic is not allowed, and lose nothing`() {
        let world = PackWorld(
            .init(spells: [(at(0), at(100), .answer(0x87))]),
            pack: Packing(live: .seconds(10))
        )
        world.append(1...300, live: false)
        world.arrive(1_000...1_200, every: 1)
        // A try each half minute.
        #expect(world.sent.count { $0.at < at(100) } <= 6)
        world.run(until: at(300))
        #expect(world.owed.isEmpty && world.aside.isEmpty)
        #expect(world.late.contains { $0.at > at(100) } && world.live.contains { $0.at > at(130) })
    }

    @Test func `of the backlog wait for a subscriber, and live ones do not`() {
        let world = PackWorld(pack: Packing(live: .seconds(5)))
        _ = world.lanes.rest(world.lanes.stream(of: entry(1), .backfill), now: at(0))
        world.append(1...5, live: false)
        world.append(10...12)
        world.run(until: at(20))
        #expect(world.live.map(\.rows) == [[10, 11, 12]] && world.late.isEmpty)
        world.run(until: at(40))
        #expect(world.late.map(\.rows) == [Array(1...5)])
    }

    // MARK: Any broker

    /// Bad spells, poison of both kinds, refusals that pass, flaps and limits: what is set aside is exactly the poison,
    /// and all the rest arrives.
    @Test(arguments: 1...60 as ClosedRange<UInt64>) func `set only poison aside and lose nothing`(seed: UInt64) {
        var random = Seeded(seed)
        var temper = PackWorld.Temper()
        let causes: [RefusalJudge.Cause] = [.answer(0x90), .answer(0x95), .answer(0x99), .dropped]
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            temper.poison[Int64.random(in: 1...400, using: &random)] = causes.randomElement(using: &random)
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let begin = Double.random(in: 0...300, using: &random)
            let length = Double.random(in: 10...200, using: &random)
            temper.spells.append((at(begin), at(begin + length), causes.randomElement(using: &random) ?? .dropped))
        }
        if Bool.random(using: &random) { temper.passing = Int.random(in: 20...200, using: &random) }
        if Bool.random(using: &random) { temper.largest = Int.random(in: 150...9_000, using: &random) }
        if Bool.random(using: &random) { temper.largestPacket = Int.random(in: 400...20_000, using: &random) }
        for _ in 0..<Int.random(in: 0...10, using: &random) {
            temper.flaps.append(at(Double.random(in: 0...500, using: &random)))
        }
        let world = PackWorld(
            temper,
            pack: Packing(live: .seconds(Int64.random(in: 1...60, using: &random)), backfill: seed % 4 != 0),
            roundTrip: .milliseconds(Int64.random(in: 1...700, using: &random))
        )
        world.append(1...300, live: false)
        for row in Int64(301)...1_000 {
            world.append(row...row)
            world.run(until: world.now + .seconds(1))
        }
        world.run(until: world.now + .seconds(3_600))
        // A suspect waits for others to be taken after each of its refusals, and with packs those are few.
        world.arrive(4_000...7_000, every: 10)
        world.run(until: world.now + .seconds(700))
        #expect(world.aside == Set(temper.poison.keys))
        #expect(world.owed.isEmpty, "\(world.owed.sorted().prefix(9))")
        #expect(world.delivered.isDisjoint(with: world.aside))
        #expect(world.spins == 0)
    }
}

@Suite struct `The newest readings beside packs` {
    private func reading(_ row: Int64, _ device: String) -> JournalEntry {
        var entry = entry(row)
        entry.device = device
        return entry
    }

    /// An expectation must not contain a mutating call.
    private final class Newest {
        private var newest = NewestReadings(StatePublishing(every: .seconds(60)))
        var nextDue: Uptime? { newest.nextDue }
        var isIdle: Bool { newest.isIdle }
        func note(_ entry: JournalEntry) -> Bool { newest.note(entry) }
        func next(_ now: Uptime) -> Int64? { newest.next(now: now)?.entry.row }
        func answered(_ count: Int64) -> Int64? { newest.answered(count)?.row }
        func lost() { newest.lost() }
    }

    @Test func `go once for each device in that time, and only where there is a newer one`() {
        let newest = Newest()
        #expect(newest.note(reading(1, "a")) && newest.note(reading(2, "b")))
        #expect(newest.next(at(0)) == 1)
        #expect(newest.next(at(0)) == 2)
        #expect(newest.next(at(59)) == nil)
        #expect(!newest.note(reading(3, "a")) && !newest.note(reading(4, "a")))
        #expect(newest.next(at(59)) == nil)
        #expect(newest.nextDue == at(60))
        #expect(newest.next(at(60)) == 4)
        #expect(newest.next(at(60)) == nil)
        // The device whose minute passed without a reading goes at once.
        #expect(newest.note(reading(5, "b")))
        #expect(newest.next(at(61)) == 5)
    }

    @Test func `go again when the connection ended before their answer`() {
        let newest = Newest()
        _ = newest.note(reading(1, "a"))
        #expect(newest.next(at(0)) == 1)
        #expect(!newest.isIdle)
        newest.lost()
        #expect(newest.isIdle)
        #expect(newest.next(at(60)) == 1)
        #expect(newest.answered(1) == nil)
    }

    @Test func `acknowledge nothing, and are no events`() {
        let world = PackWorld(pack: Packing(live: .seconds(30)), state: StatePublishing(every: .seconds(10)))
        world.arrive(1...40, every: 1)
        world.lanes.offer(entry(99, kind: .gatewayEvent), now: world.now)
        world.run(until: at(100))
        #expect(world.states.count == 4 || world.states.count == 5)
        #expect(world.states.first == 1 && !world.states.contains(99))
        #expect(world.delivered == Set(1...40))
        #expect(world.spins == 0)
    }
}
