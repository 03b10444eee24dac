import Domain
import Polling
import Testing

@Suite struct PollScheduleTests {
    /// A bus whose reads take a given time, with a clock that the test moves.
    struct Line {
        var schedule: PollSchedule
        var now: Uptime
        /// How long a device's read takes; nil: it does not answer, which costs `silence`.
        var cost: (Int) -> Duration?
        var silence = Duration.milliseconds(2_500)
        private(set) var polls: [(device: Int, at: Uptime, missed: Int, asked: Bool)] = []

        init(_ intervals: [Duration], cost: @escaping (Int) -> Duration?) {
            schedule = PollSchedule(start: at(0), intervals: intervals)
            now = at(0)
            self.cost = cost
        }

        mutating func run(until end: Uptime) {
            while now < end {
                switch schedule.next(now: now) {
                case .never: return
                case .wait(let until):
                    #expect(until > now)
                    now = until
                case .device(let device, let missed, let ask):
                    polls.append((device, now, missed, ask))
                    guard ask else { continue }
                    if let cost = cost(device) {
                        now = now + cost
                        schedule.answered(device)
                    } else {
                        now = now + silence
                        schedule.failed(device, cost: silence, now: now)
                    }
                }
            }
        }

        func times(_ device: Int) -> [Uptime] { polls.filter { $0.device == device && $0.asked }.map(\.at) }
    }

    @Test func `the next tick is known beforehand, and a late one is known as late`() {
        #expect(PollSchedule(start: at(0), intervals: []).nextDue == nil)
        var schedule = PollSchedule(start: at(0), intervals: [.seconds(2), .seconds(5)])
        #expect(schedule.nextDue == at(0))
        _ = schedule.next(now: at(0))
        _ = schedule.next(now: at(0))
        #expect(schedule.nextDue == at(2))
        #expect(schedule.next(now: at(1)) == .wait(until: at(2)))
        #expect(schedule.nextDue == at(2))
    }

    /// The schedule behind a reference: an expectation must not contain a mutating call.
    final class Grid {
        private(set) var schedule: PollSchedule

        init(_ intervals: Duration...) { schedule = PollSchedule(start: at(0), intervals: intervals) }

        func next(now: Uptime) -> PollSchedule.Next { schedule.next(now: now) }

        func failed(cost: Duration, now: Uptime) { schedule.failed(0, cost: cost, now: now) }

        /// Whether the device would be asked then; the grid stays unchanged.
        func asks(_ now: Uptime) -> Bool? {
            var schedule = schedule
            guard case .device(_, _, let ask) = schedule.next(now: now) else { return nil }
            return ask
        }

        func answered() { schedule.answered(0) }
    }

    @Test func withoutDevicesThereIsNothingToWaitFor() {
        let schedule = Grid()
        #expect(schedule.next(now: at(5)) == .never)
    }

    @Test func theFirstTickIsAtTheStartAndTheNextOneIntervalLater() {
        let schedule = Grid(.seconds(5))
        #expect(schedule.next(now: at(-1)) == .wait(until: at(0)))
        #expect(schedule.next(now: at(0)) == .device(0, missed: 0, ask: true))
        #expect(schedule.next(now: at(0.1)) == .wait(until: at(5)))
        #expect(schedule.next(now: at(5)) == .device(0, missed: 0, ask: true))
    }

    /// Every poll begins 3 ms late, for six hours: were the next tick counted from it, the grid would be lost.
    @Test func tenMillisecondsDoNotDriftInSixHours() {
        let schedule = Grid(.milliseconds(10))
        let ticks = 6 * 3_600 * 100
        for tick in 0..<ticks {
            let due = at(Double(tick) / 100)
            if tick > 0, schedule.next(now: due - .milliseconds(1)) != .wait(until: due) {
                Issue.record("tick \(tick) is not due at \(due)")
                return
            }
            if schedule.next(now: due + .milliseconds(3)) != .device(0, missed: 0, ask: true) {
                Issue.record("tick \(tick) was missed")
                return
            }
        }
        #expect(schedule.next(now: at(21_599.999)) == .wait(until: at(21_600)))
    }

    @Test func missedTicksAreCountedAndNeverBunched() {
        let schedule = Grid(.seconds(1))
        #expect(schedule.next(now: at(0)) == .device(0, missed: 0, ask: true))
        // Ticks 1, 2 and 3 passed unserved; the poll at 4.5 is tick 4's.
        #expect(schedule.next(now: at(4.5)) == .device(0, missed: 3, ask: true))
        #expect(schedule.next(now: at(4.5)) == .wait(until: at(5)))
    }

    @Test func aTickExactlyOneIntervalLateIsTheNextTick() {
        let schedule = Grid(.seconds(1))
        _ = schedule.next(now: at(0))
        #expect(schedule.next(now: at(2)) == .device(0, missed: 1, ask: true))
    }

    @Test func ticksBeforeTheFirstPollCountAsMissed() {
        let schedule = Grid(.seconds(1))
        #expect(schedule.next(now: at(2.2)) == .device(0, missed: 2, ask: true))
    }

    @Test func devicesOfOneTickAreServedInOrder() {
        let schedule = Grid(.seconds(1), .seconds(1), .seconds(1))
        let served = (0..<3).map { _ in schedule.next(now: at(0)) }
        #expect(served == (0..<3).map { .device($0, missed: 0, ask: true) })
    }

    /// Four devices need 100 ms each every 200 ms: twice what the line has.
    @Test func anOverloadedLineServesAllInTurn() {
        var line = Line(Array(repeating: .milliseconds(200), count: 4)) { _ in .milliseconds(100) }
        line.run(until: at(60))
        for device in 0..<4 {
            #expect((149...151).contains(line.times(device).count))
        }
    }

    /// The slow device's tick is the oldest once it is due, however often the fast one is due.
    @Test func aFastDeviceDoesNotStarveASlowOne() {
        var line = Line([.milliseconds(10), .seconds(5)]) { _ in .milliseconds(50) }
        line.run(until: at(60))
        #expect(line.times(1).count == 12)
    }

    @Test func theSumOfPollsAndMissedTicksIsTheNumberOfTicks() {
        var line = Line([.milliseconds(30), .milliseconds(70), .milliseconds(110)]) { .milliseconds(20 + 10 * $0) }
        line.run(until: at(60))
        for (device, interval) in [30.0, 70, 110].enumerated() {
            let polls = line.polls.filter { $0.device == device }
            let last = polls.last.map { ($0.at - at(0)).inSeconds * 1_000 / interval } ?? 0
            #expect(polls.reduce(0) { $0 + 1 + $1.missed } == Int(last) + 1)
        }
    }

    @Test func aFirstFailureIsRetriedAtTheNextTick() {
        let schedule = Grid(.seconds(5))
        _ = schedule.next(now: at(0))
        schedule.failed(cost: .milliseconds(2_500), now: at(2.5))
        #expect(schedule.schedule.failures(0) == 1)
        #expect(schedule.next(now: at(5)) == .device(0, missed: 0, ask: true))
    }

    @Test func fromTheSecondFailureOnTheDeviceRestsTenTimesItsCostThenTwiceAsLong() {
        let schedule = Grid(.seconds(1))
        for (failure, rest) in [0, 25, 50, 100, 200, 300, 300].enumerated() {
            let now = at(Double(failure) * 1_000)
            schedule.failed(cost: .milliseconds(2_500), now: now)
            guard rest > 0 else { continue }
            #expect(schedule.asks(now + .seconds(rest) - .nanoseconds(1)) == false, "after failure \(failure + 1)")
            #expect(schedule.asks(now + .seconds(rest)) == true, "after failure \(failure + 1)")
        }
    }

    @Test func aRestingDeviceHasItsTicksWithoutBeingAsked() {
        var line = Line([.seconds(5)]) { _ in nil }
        line.run(until: at(60))
        #expect(line.polls.count == 12)
        #expect(line.polls.map(\.missed).allSatisfy { $0 == 0 })
        #expect(line.times(0) == [at(0), at(5), at(35)])
    }

    @Test func anAnswerEndsTheRestAndItsGrowth() {
        let schedule = Grid(.seconds(1))
        for _ in 0..<5 { schedule.failed(cost: .seconds(2), now: at(0)) }
        schedule.answered()
        #expect(schedule.schedule.failures(0) == 0)
        #expect(schedule.next(now: at(1)) == .device(0, missed: 1, ask: true))
        schedule.failed(cost: .seconds(2), now: at(3))
        #expect(schedule.next(now: at(4)) == .device(0, missed: 2, ask: true))
    }

    @Test func aThousandFailuresDoNotOverflow() {
        let schedule = Grid(.seconds(1))
        for _ in 0..<1_000 { schedule.failed(cost: .seconds(120), now: at(0)) }
        #expect(schedule.asks(at(299)) == false)
        #expect(schedule.asks(at(300)) == true)
    }

    /// 32 meters on a 9600 line, 60 ms each; the dead one costs its timeout and the line's rest, 2.5 s.
    @Test(arguments: [2, 5, 10]) func aDeadDeviceCostsTheOthersAtMostATenth(interval: Int) {
        var line = Line(Array(repeating: .seconds(interval), count: 32)) { $0 == 7 ? nil : .milliseconds(60) }
        line.run(until: at(600))
        for device in 0..<32 where device != 7 {
            let times = line.times(device)
            let mean = (times[times.count - 1] - times[0]) / Double(times.count - 1)
            #expect(mean <= .seconds(interval) * 1.1, "device \(device): \(mean)")
        }
        #expect(line.polls.filter { $0.device == 7 && !$0.asked }.count > 0)
    }

    /// Once, a reload counted every tick since the daemon's start as missed.
    @Test func aScheduleThatBeginsLateHasMissedNothing() {
        var schedule = PollSchedule(start: at(0), now: at(3_600.5), intervals: [.seconds(1)])
        #expect(schedule.next(now: at(3_600.5)) == .device(0, missed: 0, ask: true))
        #expect(schedule.next(now: at(3_601)) == .device(0, missed: 0, ask: true))
    }
}
