import Domain
import Glibc
import Platform
import Synchronization
import TestSupport
import Testing

private let clock = SystemClock()

/// A member that does what the test sets, and reports its turns.
private final class Member: EventLoopMember {
    struct Turn: Sendable {
        var readable: Bool
        var number: Int
    }

    private let script: @Sendable (Turn) -> EventLoopWait?
    private let turns = Mutex(0)
    private let wanted = Atomic(false)
    private let had = WakeFlag()

    init(_ script: @escaping @Sendable (Turn) -> EventLoopWait?) { self.script = script }

    var isWanted: Bool { wanted.load(ordering: .acquiring) }
    var count: Int { turns.withLock { $0 } }

    func want(of loop: EventLoop) {
        wanted.store(true, ordering: .releasing)
        loop.wake()
    }

    func turn(readable: Bool, writable: Bool) -> EventLoopWait? {
        wanted.store(false, ordering: .releasing)
        let number = turns.withLock { turns in
            turns += 1
            return turns
        }
        defer { had.raise() }
        return script(Turn(readable: readable, number: number))
    }

    /// Whether it had that many turns within 10 s.
    func hasHad(_ number: Int) -> Bool {
        let deadline = clock.uptime() + .seconds(10)
        while count < number { if !had.wait(until: deadline, time: clock) { return false } }
        return true
    }
}

/// Ends the loop with the test.
private final class Bench: Sendable {
    let loop = needed(try EventLoop(name: "test", time: clock))
    init() throws { try loop.start() }
    deinit { loop.stop() }
}

@Suite struct EventLoopTests {
    @Test func aMemberHasItsTurnWhenItIsAdded() throws {
        let bench = try Bench()
        let member = Member { _ in EventLoopWait(descriptor: nil, until: nil) }
        bench.loop.add(member)
        #expect(member.hasHad(1))
    }

    @Test func aMemberHasItsTurnWhenItsTimeHasCome() throws {
        let bench = try Bench()
        let member = Member { _ in EventLoopWait(descriptor: nil, until: clock.uptime() + .milliseconds(1)) }
        bench.loop.add(member)
        #expect(member.hasHad(5))
    }

    @Test func aMemberHasItsTurnWhenAnotherThreadWantsIt() throws {
        let bench = try Bench()
        let member = Member { _ in EventLoopWait(descriptor: nil, until: nil) }
        bench.loop.add(member)
        for number in 2..<200 {
            #expect(member.hasHad(number - 1))
            member.want(of: bench.loop)
        }
        #expect(member.hasHad(199))
    }

    @Test func aMemberHasItsTurnWhenItsDescriptorIsReadable() throws {
        let bench = try Bench()
        let flag = try PollFlag()
        let readable = Mutex(0)
        let member = Member { turn in
            if turn.readable {
                flag.lower()
                readable.withLock { $0 += 1 }
            }
            return EventLoopWait(descriptor: flag.descriptor, until: nil)
        }
        bench.loop.add(member)
        for number in 2..<20 {
            #expect(member.hasHad(number - 1))
            flag.raise()
        }
        #expect(member.hasHad(19))
        #expect(readable.withLock { $0 } == 18)
    }

    @Test func aMemberThatHasLeftHasNoMoreTurnsThoughItsDescriptorIsReadable() throws {
        let bench = try Bench()
        let flag = try PollFlag()
        let leaver = Member { $0.number == 1 ? EventLoopWait(descriptor: flag.descriptor, until: nil) : nil }
        bench.loop.add(leaver)
        #expect(leaver.hasHad(1))
        leaver.want(of: bench.loop)
        #expect(leaver.hasHad(2))
        flag.raise()
        let other = Member { _ in EventLoopWait(descriptor: nil, until: clock.uptime() + .milliseconds(1)) }
        bench.loop.add(other)
        #expect(other.hasHad(10))
        #expect(leaver.count == 2)
    }

    @Test func aMemberCanLeaveAndComeBack() throws {
        let bench = try Bench()
        let member = Member { $0.number % 2 == 1 ? EventLoopWait(descriptor: nil, until: .init(nanoseconds: 1)) : nil }
        for round in 1...5 {
            bench.loop.add(member)
            #expect(member.hasHad(round * 2))
        }
    }

    @Test func whatIsReadyGoesBeforeWhatIsDue() throws {
        let bench = try Bench()
        let flag = try PollFlag()
        flag.raise()
        let order = Mutex<[String]>([])
        let due = Member { turn in
            order.withLock { $0.append("due") }
            return EventLoopWait(descriptor: nil, until: turn.number == 1 ? clock.uptime() : nil)
        }
        let ready = Member { turn in
            order.withLock { $0.append(turn.readable ? "ready" : "added") }
            return EventLoopWait(descriptor: turn.readable ? nil : flag.descriptor, until: nil)
        }
        // Both are added before the loop checks anything.
        let gate = Member { _ in
            bench.loop.add(due)
            bench.loop.add(ready)
            return nil
        }
        bench.loop.add(gate)
        #expect(due.hasHad(2))
        #expect(order.withLock { $0 } == ["due", "added", "ready", "due"])
    }

    @Test func itsPromiseIsKeptWhileMembersOnlyWait() throws {
        let bench = try Bench()
        let member = Member { _ in EventLoopWait(descriptor: nil, until: nil) }
        bench.loop.add(member)
        #expect(member.hasHad(1))
        #expect(!bench.loop.heartbeat.isLate(now: clock.uptime(), grace: .seconds(3)))
    }

    @Test func aMemberThatHangsMakesTheLoopLate() throws {
        let bench = try Bench()
        let (entered, release) = (WakeFlag(), WakeFlag())
        let member = Member { _ in
            entered.raise()
            release.wait(until: nil, time: clock)
            return nil
        }
        bench.loop.add(Member { _ in EventLoopWait(descriptor: nil, until: clock.uptime() + .seconds(3_600)) })
        bench.loop.add(member)
        entered.wait(until: nil, time: clock)
        #expect(bench.loop.heartbeat.isLate(now: clock.uptime() + .seconds(4), grace: .seconds(3)))
        release.raise()
    }

    /// The kernel limits how many descriptors a user may have watched, and never watches a file on the disk.
    @Test func aDescriptorThatTheKernelDoesNotWatchIsLookedAtAgainAndAgain() throws {
        let bench = try Bench()
        let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        let lookedAt = Atomic(0)
        let member = Member { turn in
            if turn.readable { lookedAt.add(1, ordering: .relaxed) }
            return EventLoopWait(descriptor: turn.number < 5 ? file : nil, until: nil)
        }
        bench.loop.add(member)
        #expect(member.hasHad(5))
        #expect(lookedAt.load(ordering: .relaxed) == 4)
    }
}
