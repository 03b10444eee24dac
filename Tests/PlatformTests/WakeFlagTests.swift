import Domain
import Foundation
import Platform
import Synchronization
import Testing

private let clock = SystemClock()

@Suite struct WakeFlagTests {
    @Test func raisedTwiceItWakesOnce() {
        let flag = WakeFlag()
        flag.raise()
        flag.raise()
        #expect(flag.wait(until: nil, time: clock))
        #expect(!flag.wait(until: clock.uptime(), time: clock))
    }

    @Test func aDeadlineThatHasPassedWaitsForNothing() {
        #expect(!WakeFlag().wait(until: Uptime(nanoseconds: 0), time: clock))
    }

    @Test func aRaisedFlagIsSeenThoughTheDeadlineHasPassed() {
        let flag = WakeFlag()
        flag.raise()
        #expect(flag.wait(until: Uptime(nanoseconds: 0), time: clock))
    }

    @Test func itSleepsUntilItsDeadline() {
        let deadline = clock.uptime() + .milliseconds(30)
        #expect(!WakeFlag().wait(until: deadline, time: clock))
        #expect(clock.uptime() >= deadline)
    }

    @Test(arguments: [nil, Uptime(nanoseconds: .max)]) func twoThreadsWakeEachOther(deadline: Uptime?) throws {
        let (there, back) = (WakeFlag(), WakeFlag())
        let rounds = Atomic(0)
        let echo = try WorkerThread(name: "echo") {
            for _ in 0..<1_000 {
                there.wait(until: deadline, time: clock)
                rounds.add(1, ordering: .relaxed)
                back.raise()
            }
        }
        for _ in 0..<1_000 {
            there.raise()
            #expect(back.wait(until: deadline, time: clock))
        }
        echo.join()
        #expect(rounds.load(ordering: .relaxed) == 1_000)
    }

    /// Several hundred buses have two of them each.
    @Test func itTakesNoDescriptor() throws {
        func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        let before = try count()
        let flags = (0..<500).map { _ in WakeFlag() }
        // Other suites' descriptors come and go meanwhile, but not by the hundred.
        #expect(try count() < before + 250)
        for flag in flags { flag.raise() }
    }
}
