import Contract
import Domain
import Journal
import Testing

@testable import Forwarding

/// How the test's broker treats the entries.
private struct Temper {
    /// Entries refused for ever, by answer or by dropping the connection.
    var poison: [Int64: RefusalJudge.Cause] = [:]
    /// During each of these spells, every entry is refused with its cause.
    var spells: [(from: Uptime, to: Uptime, cause: RefusalJudge.Cause)] = []
    /// When the uplink fails, with everything on its way.
    var flaps: [Uptime] = []
    /// Refuses every n-th entry with a code that may pass.
    var passing: Int?
}

/// Lanes, a journal of rows and a broker; the clock moves to the next moment that the lanes ask for.
private final class World {
    var lanes: Lanes
    var now = at(0)
    var owed: Set<Int64> = []
    var delivered: Set<Int64> = []
    var aside: Set<Int64> = []
    var conditions = 0
    var sends: [Int64: Int] = [:]
    /// How many times the lanes asked for a moment in the past.
    var spins = 0
    var order: [(row: Int64, lane: Lane)] = []
    private var arrivals: [Int64: Uptime] = [:]
    private var window: [(row: Int64, lane: Lane, answer: Uptime)] = []
    private var connectAt: Uptime?
    private var flapsLeft: [Uptime]
    private let temper: Temper
    private let roundTrip: Duration
    private let windowSize: Int
    private var count = 0

    init(_ temper: Temper, roundTrip: Duration = .milliseconds(20), window: Int = 100) {
        self.temper = temper
        self.roundTrip = roundTrip
        windowSize = window
        flapsLeft = temper.flaps.sorted { $0 < $1 }
        lanes = Lanes(
            settings: ForwarderSettings(
                destination: "city",
                topics: Topics(prefix: "kediri", gateway: "g"),
                backfillRate: 500,
                waitsForSubscriber: true
            )
        )
        lanes.connected()
    }

    func append(_ row: Int64, live: Bool) {
        owed.insert(row)
        arrivals[row] = now
        if live { lanes.offer(entry(row, arrived: now), now: now) }
    }

    private func lose(byBroker: Bool) {
        window = []
        connectAt = now + .seconds(2)
        note(lanes.disconnected(Lanes.Loss(at: now, byBroker: byBroker)))
    }

    private func note(_ finding: RefusalJudge.Finding?) {
        if case .condition(_, _, isAlarm: false)? = finding { conditions += 1 }
    }

    /// The broker's answer to the oldest entry in flight.
    private func answer(_ row: Int64) {
        count += 1
        let spell = temper.spells.first { $0.from <= now && now < $0.to }
        var refusal = temper.poison[row] ?? spell?.cause
        if let passing = temper.passing, count % passing == 0, refusal == nil { refusal = .answer(0x97) }
        switch refusal {
        case .dropped: lose(byBroker: true)
        case .answer(0x97):
            guard let sent = lanes.answered(row) else { return }
            lanes.judge.undecided(row, now: now)
            _ = lanes.rest(Stream(sent.entry, sent.lane), now: now)
        case .answer(let code):
            guard let sent = lanes.answered(row) else { return }
            note(lanes.judge.refused(sent.entry, by: .answer(code), now: now))
        case nil:
            guard lanes.answered(row) != nil else { return }
            owed.remove(row)
            delivered.insert(row)
            for (row, _) in lanes.judge.taken(row, now: now).setAside {
                owed.remove(row)
                aside.insert(row)
            }
        }
    }

    private func fill() -> Uptime? {
        while window.count < windowSize {
            let owed = owed
            switch lanes.next(now: now, isPending: { owed.contains($0) }, owed: { owed.count }) {
            case .entry(let entry, let lane):
                sends[entry.row, default: 0] += 1
                order.append((entry.row, lane))
                window.append((entry.row, lane, now + roundTrip))
            case .page(let cursor):
                let rows = owed.filter { $0 > cursor }.sorted().prefix(Lanes.pageSize)
                lanes.turned(rows.map { entry($0, arrived: arrivals[$0] ?? at(0)) }, after: cursor, now: now)
            case .idle(let until):
                // Otherwise the session's loop would spin.
                if let until, until < now { spins += 1 }
                return until
            case .announcement, .post, .opening, .fence, .pack, .state: Issue.record("nothing of the kind was given")
            }
        }
        return nil
    }

    /// One moment: does what is due, and advances the clock to the next moment.
    private func step(until end: Uptime) {
        if let flap = flapsLeft.first, flap <= now {
            flapsLeft.removeFirst()
            if connectAt == nil { lose(byBroker: true) }
        }
        if let due = connectAt, due <= now {
            connectAt = nil
            lanes.connected()
        }
        while let first = window.first, first.answer <= now {
            window.removeFirst()
            answer(first.row)
        }
        let asks = connectAt == nil ? fill() : nil
        let times = [asks, connectAt, window.first?.answer, flapsLeft.first].compactMap { $0 }
        now = min(end, max(times.min() ?? end, now + .microseconds(1)))
    }

    func run(until end: Uptime) {
        while now < end { step(until: end) }
    }
}

@Suite struct HostileBrokerTests {
    /// A window full in flight when the broker turns bad.
    @Test(arguments: [0x90, 0x95, 0x99] as [UInt8])
    func aBadMinuteSetsNothingAsideAndLosesNothing(code: UInt8) {
        let world = World(Temper(spells: [(at(1), at(61), .answer(code))]))
        for row in Int64(1)...2_000 { world.append(row, live: false) }
        world.run(until: at(2))
        #expect(world.sends.values.reduce(0, +) < 800)
        world.run(until: at(300))
        #expect(world.aside.isEmpty)
        #expect(world.delivered.count == 2_000)
        #expect(world.conditions == 1)
    }

    @Test func duringAConditionEachRetryTakesAnotherEntryTheNewestLiveIncluded() {
        let world = World(Temper(spells: [(at(0), at(1_000), .answer(0x95))]))
        for row in Int64(1)...500 { world.append(row, live: false) }
        world.run(until: at(10))
        let before = world.order.count
        for second in 10..<200 {
            world.append(Int64(1_000 + second), live: true)
            world.run(until: at(Double(second + 1)))
        }
        let probes = world.order[before...]
        #expect((5...12).contains(probes.count))
        #expect(Set(probes.map(\.row)).count == probes.count)
        #expect(probes.allSatisfy { $0.lane == .live })
        world.run(until: at(1_300))
        #expect(world.aside.isEmpty && world.owed.isEmpty)
        #expect(world.sends.values.allSatisfy { $0 <= 3 })
    }

    @Test func onlyWhatIsRefusedWhileOthersAreTakenIsSetAside() {
        let world = World(Temper(poison: [3: .answer(0x95), 40: .answer(0x99), 41: .answer(0x90)]))
        for row in Int64(1)...100 { world.append(row, live: false) }
        for second in 0..<60 {
            world.append(Int64(1_000 + second), live: true)
            world.run(until: at(Double(second + 1)))
        }
        #expect(world.aside == [3, 40, 41])
        #expect(world.owed.isEmpty)
        #expect(world.conditions == 0)
    }

    /// Five and more of them are adjacent and look like a condition at first.
    @Test func manyThatAreRefusedForEverAreSetAsideAndHoldNobodyUp() {
        var poison: [Int64: RefusalJudge.Cause] = [:]
        for row in Int64(1)...30 { poison[row] = .answer(0x95) }
        let world = World(Temper(poison: poison))
        for row in Int64(1)...100 { world.append(row, live: false) }
        for second in 0..<400 {
            world.append(Int64(1_000 + second), live: true)
            world.run(until: at(Double(second + 1)))
        }
        #expect(world.aside == Set(poison.keys))
        #expect(world.owed.isEmpty)
        #expect(world.conditions <= 1)
    }

    @Test func anEntryRefusedAloneWaitsForAnother() {
        let world = World(Temper(poison: [1: .answer(0x95)]))
        world.append(1, live: true)
        world.run(until: at(3_600))
        #expect(world.aside.isEmpty && world.owed == [1])
        #expect((10...140).contains(world.sends[1] ?? 0))
        for second in 3_600..<4_600 where second % 60 == 0 {
            world.append(Int64(second), live: true)
            world.run(until: at(Double(second + 60)))
        }
        #expect(world.aside == [1] && world.owed.isEmpty)
    }

    // MARK: Connections dropped

    @Test func anEntryAtWhichTheConnectionIsDroppedIsFoundAndSetAside() {
        let world = World(Temper(poison: [70: .dropped]))
        for row in Int64(1)...300 { world.append(row, live: false) }
        for second in 0..<120 {
            world.append(Int64(1_000 + second), live: true)
            world.run(until: at(Double(second + 1)))
        }
        #expect(world.aside == [70])
        #expect(world.owed.isEmpty)
        // Twice among others, and three times alone.
        #expect(world.sends[70] == 5)
    }

    @Test func aBrokerThatDropsTheConnectionAtEveryEntryIsACondition() {
        let world = World(Temper(spells: [(at(0), at(600), .dropped)]))
        for row in Int64(1)...300 { world.append(row, live: false) }
        world.run(until: at(600))
        #expect(world.conditions == 1)
        #expect(world.aside.isEmpty)
        world.run(until: at(1_200))
        #expect(world.aside.isEmpty && world.owed.isEmpty)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func aFlappingUplinkNeverSetsAnythingAside(seed: UInt64) {
        var random = Seeded(seed)
        var time = 0.0
        var flaps: [Uptime] = []
        while time < 600 {
            time += Double.random(in: 0.05...6, using: &random)
            flaps.append(at(time))
        }
        let world = World(Temper(flaps: flaps), roundTrip: .milliseconds(Int64.random(in: 5...900, using: &random)))
        for row in Int64(1)...200 { world.append(row, live: false) }
        for second in 0..<900 {
            world.append(Int64(1_000 + second), live: true)
            world.run(until: at(Double(second + 1)))
        }
        world.run(until: at(1_500))
        #expect(world.aside.isEmpty)
        #expect(world.owed.isEmpty)
    }

    // MARK: Any broker

    /// Bad spells, poison of both kinds, refusals that pass, flaps: what is set aside is exactly the poison, and all
    /// the rest arrives.
    @Test(arguments: 1...40 as ClosedRange<UInt64>) func onlyPoisonIsSetAsideAndNothingIsLost(seed: UInt64) {
        var random = Seeded(seed)
        var temper = Temper()
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
        for _ in 0..<Int.random(in: 0...10, using: &random) {
            temper.flaps.append(at(Double.random(in: 0...500, using: &random)))
        }
        let world = World(
            temper,
            roundTrip: .milliseconds(Int64.random(in: 1...700, using: &random)),
            window: Int.random(in: 1...100, using: &random)
        )
        for row in Int64(1)...300 { world.append(row, live: false) }
        for row in Int64(301)...1_000 {
            world.append(row, live: true)
            world.run(until: world.now + .seconds(1))
        }
        world.run(until: world.now + .seconds(1_800))
        // Another entry after the last: a suspect waits for one.
        for row in Int64(4_000)...4_008 {
            world.append(row, live: true)
            world.run(until: world.now + .seconds(700))
        }
        #expect(world.aside == Set(temper.poison.keys))
        #expect(world.owed.isEmpty)
        #expect(world.delivered.isDisjoint(with: world.aside))
        #expect(world.spins == 0)
    }
}

/// SplitMix64: the same numbers for the same seed, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
