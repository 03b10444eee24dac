import Domain
import Journal
import Testing

@testable import Forwarding

/// The judge alone, with a clock that the test moves.
private final class Court {
    var judge = RefusalJudge(longestRest: .seconds(30))
    var now = at(0)
    private(set) var findings: [RefusalJudge.Finding] = []

    func refuse(_ rows: Int64..., by cause: RefusalJudge.Cause = .answer(0x95)) {
        for row in rows {
            judge.tries(row)
            if let finding = judge.refused(entry(row), by: cause, now: now) { findings.append(finding) }
        }
    }

    @discardableResult
    func take(_ row: Int64) -> RefusalJudge.Release { judge.taken(row, now: now) }

    /// Returns what is set aside when the entry is refused, and another acknowledged, this many times.
    func refuseAndTake(_ row: Int64, times: Int, by cause: RefusalJudge.Cause = .answer(0x95)) -> [Int64] {
        var aside: [Int64] = []
        for time in 0..<times {
            refuse(row, by: cause)
            aside += take(1_000 + Int64(time)).setAside.map(\.row)
            now = now + .seconds(60)
        }
        return aside
    }

    func lostElsewhere() { judge.lostElsewhere() }
}

@Suite struct RefusalJudgeTests {
    @Test func anEntryThatIsRefusedThreeTimesWhileOthersAreTakenIsSetAside() {
        #expect(Court().refuseAndTake(1, times: 2) == [])
        #expect(Court().refuseAndTake(1, times: 3) == [1])
        #expect(Court().refuseAndTake(1, times: 3, by: .dropped) == [1])
    }

    @Test func refusalsWithNothingTakenInBetweenCountOnce() {
        let court = Court()
        for _ in 0..<50 {
            court.refuse(1)
            court.now = court.now + .seconds(30)
        }
        #expect(court.take(2).setAside.isEmpty)
        #expect(court.judge.suspects[1]?.proofs == 1)
        #expect(court.findings == [])
    }

    @Test func aSuspectThatIsTakenIsNone() {
        let court = Court()
        court.refuse(1)
        court.take(2)
        court.refuse(1)
        court.take(1)
        #expect(!court.judge.isSuspect(1))
    }

    @Test func fiveDifferentOnesInARowAreACondition() {
        let court = Court()
        court.refuse(1, 2, 3, 4, 4, 4)
        #expect(court.findings == [])
        court.now = at(1)
        court.refuse(5, 6, 7)
        #expect(court.findings == [.condition(.answer(0x95), since: at(0), isAlarm: false)])
        #expect(court.judge.turn(now: at(1)) == .rest(until: at(3)))
        #expect(court.judge.turn(now: at(3)) == .probe)
    }

    @Test func aTakenOneInBetweenBeginsANewRow() {
        let court = Court()
        court.refuse(1, 2, 3, 4)
        court.take(5)
        court.refuse(6, 7, 8, 9)
        #expect(court.findings == [])
    }

    @Test func theFirstOneTakenEndsAConditionAndRefusalsInItCountAgainstNobody() {
        let court = Court()
        for row in Int64(1)...100 { court.refuse(row) }
        court.now = at(120)
        let release = court.take(200)
        #expect(release.conditionLasted == .seconds(120))
        #expect(release.setAside.isEmpty)
        #expect(court.judge.present == nil)
        #expect(court.judge.suspects.values.allSatisfy { $0.proofs == 0 })
        #expect(court.judge.suspects.count == 100)
        #expect(court.judge.turn(now: at(120)) == .trial(1, alone: false))
    }

    @Test func probesAreMadeEverLessOftenUpToTheLongestRest() {
        let court = Court()
        court.refuse(1, 2, 3, 4, 5)
        var pauses: [Duration] = []
        for row in Int64(6)...12 {
            guard case .rest(let until) = court.judge.turn(now: court.now) else { break }
            pauses.append(until - court.now)
            court.now = until
            court.judge.probes(now: court.now)
            court.refuse(row)
        }
        #expect(pauses == [2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
    }

    @Test func aConditionThatComesBackWithinMinutesIsToldOnce() {
        let court = Court()
        court.refuse(1, 2, 3, 4, 5)
        court.take(6)
        court.now = at(60)
        court.refuse(11, 12, 13, 14, 15)
        #expect(court.findings.count == 1)
        court.take(16)
        court.now = at(400)
        court.refuse(21, 22, 23, 24, 25)
        #expect(court.findings.count == 2)
    }

    @Test func afterADayItIsAnAlarmOnce() {
        let court = Court()
        court.refuse(1, 2, 3, 4, 5)
        court.now = at(86_399)
        court.refuse(6)
        #expect(court.findings.count == 1)
        court.now = at(86_400)
        court.refuse(7, 8)
        court.now = at(400_000)
        court.refuse(9)
        #expect(court.findings.dropFirst() == [.condition(.answer(0x95), since: at(0), isAlarm: true)])
        #expect(court.judge.present != nil)
    }

    @Test func suspectsAreTriedOneAfterTheOtherSoThatTheyAreNotTakenForACondition() {
        let court = Court()
        for row in Int64(1)...9 { court.refuse(row) }
        court.take(100)
        court.refuse(1, 2, 3)
        #expect(court.judge.turn(now: court.now) == .trial(4, alone: false))
        court.refuse(4)
        #expect(court.judge.turn(now: court.now) == .flow)
        court.take(101)
        #expect(court.judge.turn(now: court.now) == .trial(5, alone: false))
    }

    @Test func aSuspectIsTriedAtTimesThoughNothingElseIsOwed() {
        let court = Court()
        court.refuse(1)
        #expect(court.judge.turn(now: at(29)) == .flow)
        #expect(court.judge.turn(now: at(30)) == .trial(1, alone: false))
    }

    // MARK: Drops

    @Test func afterADropAnotherEntryIsSentAloneFirst() {
        let court = Court()
        court.refuse(1, by: .dropped)
        #expect(court.judge.turn(now: court.now) == .control)
        court.take(2)
        #expect(court.judge.turn(now: court.now) == .flow)
        #expect(court.judge.turn(now: at(2)) == .trial(1, alone: true))
    }

    @Test func anyOtherLossTakesBackWhatDropsHaveProved() {
        let court = Court()
        for _ in 0..<20 {
            #expect(court.refuseAndTake(1, times: 2, by: .dropped) == [])
            court.lostElsewhere()
        }
        #expect(court.refuseAndTake(1, times: 3, by: .dropped) == [1])
    }

    @Test func aPassingRefusalProvesNothing() {
        let court = Court()
        court.refuse(1)
        court.take(2)
        court.judge.tries(1)
        court.judge.undecided(1, now: court.now)
        court.take(3)
        #expect(court.judge.suspects[1]?.proofs == 1)
    }

    @Test func memoryIsBounded() {
        let court = Court()
        for row in Int64(1)...20_000 { court.refuse(row) }
        #expect(court.judge.suspects.count == RefusalJudge.mostSuspects)
    }
}
