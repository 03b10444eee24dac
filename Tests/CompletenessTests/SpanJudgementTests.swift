import Completeness
import Contract
import Domain
import TestSupport
import Testing

/// The verdict about a day of one gateway.
@Suite struct SpanJudgementTests {
    private static let from = Instant(millisecondsSince1970: 1_700_000_000_000)
    private static let to = from + .seconds(86_400)

    /// An epoch that has those numbers, without anything known before or behind the day.
    private func epoch(_ name: String = "1-0000000a", _ have: Range<Int64>...) -> EpochAccount {
        var account = EpochAccount(name: name)
        account.have = SeqRanges(have)
        return account
    }

    /// An hour of the day, or before or behind it, in which the epoch has numbers.
    private func hour(_ number: Int, _ numbers: ClosedRange<Int64>) -> EpochAccount.Hour {
        .init(start: Self.from + .seconds(3_600 * number), numbers: numbers)
    }

    private func judge(_ epochs: EpochAccount..., state: GatewayState? = nil) -> SpanJudgement {
        SpanJudgement(from: Self.from, to: Self.to, epochs: epochs, state: state)
    }

    private func state(
        at: Instant = to + .seconds(60),
        isOnline: Bool = true,
        lastSeq: Int64? = nil,
        pending: Int64? = 0,
        oldest: Instant? = nil,
        owed: [String: SeqRanges]? = nil
    ) -> GatewayState {
        GatewayState(
            at: at,
            isOnline: isOnline,
            epoch: "1-0000000a",
            lastSeq: lastSeq,
            pending: pending,
            oldestPending: oldest,
            owed: owed
        )
    }

    @Test func `a day between two known numbers with all of them is complete`() {
        var account = epoch("1-0000000a", 1..<200)
        account.hours = [hour(-1, 1...50), hour(5, 51...119), hour(24, 120...199)]
        account.isKnownAfter = true
        #expect(judge(account).verdict == .complete)
    }

    @Test func `a number that is missing between them makes it incomplete and is named`() {
        var account = epoch("1-0000000a", 1..<97, 107..<200)
        account.hours = [hour(-1, 1...50), hour(5, 51...119), hour(24, 120...199)]
        account.isKnownAfter = true
        let judgement = judge(account)
        #expect(judgement.verdict == .incomplete)
        #expect(judgement.missing == 10)
        #expect(judgement.askable.map(\.numbers) == [SeqRanges([97..<107])])
    }

    @Test func `what is missing before or behind the day concerns other days`() {
        var account = epoch("1-0000000a", 1..<40, 45..<150, 160..<200)
        account.hours = [hour(-1, 1...50), hour(5, 51...119), hour(24, 120...199)]
        account.isKnownAfter = true
        #expect(judge(account).verdict == .complete)
    }

    @Test func `a day whose end nobody knows is open`() {
        #expect(judge(epoch("1-0000000a", 1..<100)).verdict == .open)
    }

    @Test func `a younger status that owes nothing settles the end of a running epoch`() {
        let judgement = judge(epoch("1-0000000a", 1..<100), state: state(lastSeq: 99))
        #expect(judgement.verdict == .complete)
    }

    @Test func `a status names a tail that never came`() {
        let judgement = judge(epoch("1-0000000a", 1..<100), state: state(lastSeq: 105))
        #expect(judgement.verdict == .incomplete)
        #expect(judgement.askable.map(\.numbers) == [SeqRanges([100..<106])])
    }

    @Test func `a status of before the end of the day settles nothing`() {
        let early = state(at: Self.to + (.zero - .seconds(1)), lastSeq: 99)
        #expect(judge(epoch("1-0000000a", 1..<100), state: early).verdict == .open)
    }

    @Test func `what the gateway still owes is on its way, and the rest is lost behind it`() {
        var account = epoch("1-0000000a", 1..<97, 107..<110, 120..<200)
        account.hours = [hour(5, 1...149), hour(24, 150...199)]
        account.isKnownAfter = true
        let owing = state(
            lastSeq: 199,
            pending: 10,
            oldest: Self.from,
            owed: ["1-0000000a": SeqRanges([97..<107])]
        )
        let judgement = judge(account, state: owing)
        #expect(judgement.verdict == .incomplete)
        #expect(judgement.absences.map(\.why) == [.onTheirWay, .lostBehindGateway])
        #expect(judgement.askable.map(\.numbers) == [SeqRanges([110..<120])])
    }

    @Test func `a gateway that is away is not asked`() {
        var account = epoch("1-0000000a", 1..<97, 107..<200)
        account.hours = [hour(5, 1...149), hour(24, 150...199)]
        account.isKnownAfter = true
        let judgement = judge(account, state: state(isOnline: false, pending: nil))
        #expect(judgement.absences.map(\.why) == [.gatewayAway])
        #expect(judgement.askable.isEmpty)
    }

    @Test func `what a gap reports is given up and not missing`() {
        var account = epoch("1-0000000a", 1..<97, 107..<200)
        account.hours = [hour(5, 1...149), hour(24, 150...199)]
        account.isKnownAfter = true
        account.gaps = [.init(range: 97..<107, count: 10, reason: "limit")]
        let judgement = judge(account)
        #expect(judgement.verdict == .givenUp)
        #expect(judgement.missing == 0)
        #expect(judgement.absences.map(\.why) == [.told("limit")])
    }

    @Test func `a gap explains no more numbers than it counts`() {
        var account = epoch("1-0000000a", 1..<97, 107..<200)
        account.hours = [hour(5, 1...149), hour(24, 150...199)]
        account.isKnownAfter = true
        account.gaps = [.init(range: 97..<107, count: 4, reason: "limit")]
        let judgement = judge(account)
        #expect(judgement.verdict == .incomplete)
        #expect(judgement.missing == 6)
    }

    @Test func `a gap never explains away what is there`() {
        var account = epoch("1-0000000a", 1..<200)
        account.hours = [hour(5, 1...149), hour(24, 150...199)]
        account.isKnownAfter = true
        account.gaps = [.init(range: 97..<107, count: 3, reason: "limit")]
        #expect(judge(account).verdict == .complete)
    }

    @Test func `above the end of an epoch that was killed nothing is owed`() {
        var account = epoch("1-0000000a", 1..<98, 99..<100)
        account.closedAt = 95
        let judgement = judge(account)
        #expect(judgement.verdict == .complete)
        #expect(judgement.crashes.map(\.above) == [95])
    }

    @Test func `an epoch that is known by the next one alone is missing as a whole`() {
        var account = epoch("1-0000000a")
        account.closedAt = 40
        #expect(judge(account).missing == 40)
    }

    @Test func `an epoch that began behind the day or ended before it does not concern it`() {
        var early = epoch("1-0000000a", 1..<10)
        early.closedAt = 20
        early.endedAt = Self.from + (.zero - .seconds(5))
        var late = epoch("2-0000000b", 5..<10)
        late.startedAt = Self.to
        #expect(judge(early, late).verdict == .complete)
    }

    @Test func `a start without an epoch before it is a new journal where others were known`() {
        var old = epoch("7-0000000a", 1..<10)
        old.closedAt = 9
        old.isClean = true
        var new = epoch("1-0000000b", 1..<10)
        new.hours = [hour(1, 1...8), hour(24, 9...9)]
        new.isKnownAfter = true
        new.isFirst = true
        #expect(judge(old, new).hasNewJournal)
        #expect(!judge(new).hasNewJournal)
    }

    @Test func `a wrong time elsewhere in the epoch moves nothing`() {
        // Number 37 says that it is of long ago, number 5 that it is of long ahead; 30 and 31 never came.
        var account = epoch("1-0000000a", 1..<30, 32..<200)
        account.hours = [hour(-9_000, 37...37), hour(3, 1...60), hour(24, 61...199), hour(900, 5...5)]
        account.isKnownAfter = true
        #expect(judge(account).missing == 2)
        account.hours = [hour(-9_000, 37...37), hour(-20, 1...60), hour(5, 61...199), hour(900, 5...5)]
        #expect(judge(account).verdict == .complete)
    }

    @Test func `what is missing between two days counts for both`() {
        var account = epoch("1-0000000a", 1..<30, 60..<200)
        account.hours = [hour(-40, 1...29), hour(40, 60...199)]
        account.isKnownAfter = true
        #expect(judge(account).missing == 30)
    }

    @Test func `every missing number counts for a day, whatever the times say`() {
        var chance = SeededChance(11)
        let days = 4
        for _ in 0..<2_000 {
            let last = Int64.random(in: 1...12, using: &chance)
            let have = SeqRanges(numbers: (1...last).filter { _ in Bool.random(using: &chance) })
            guard !have.isEmpty else { continue }
            // Days that grow with the number, but for some that are wrong.
            var numbers: [Int: [Int64]] = [:]
            for number in have.ranges.flatMap({ Array($0) }) {
                let isWrong = Int.random(in: 0..<4, using: &chance) == 0
                let day = isWrong ? Int.random(in: 0..<days, using: &chance) : Int(number - 1) * days / Int(last)
                numbers[day, default: []].append(number)
            }
            var account = epoch("1-0000000a")
            account.have = have
            account.closedAt = last
            account.hours = numbers.map { day, numbers in
                hour(day * 24, (numbers.min() ?? 0)...(numbers.max() ?? 0))
            }
            var seen = SeqRanges()
            for day in 0..<days {
                account.isKnownAfter = numbers.keys.contains { $0 > day }
                let from = Self.from + .seconds(86_400 * day)
                let judgement = SpanJudgement(from: from, to: from + .seconds(86_400), epochs: [account], state: nil)
                seen = judgement.absences.map(\.numbers).reduce(seen) { $0.union($1) }
            }
            #expect(seen == SeqRanges([1..<last + 1]).subtracting(have), "\(have) \(numbers)")
        }
    }

    @Test func `an epoch that a card put back leaves behind keeps no later day open`() {
        var orphan = epoch("2-0000000b", 1..<10)
        orphan.hours = [hour(-30, 1...9)]
        var running = epoch("1-0000000a", 1..<200)
        running.startedAt = Self.from + (.zero - .seconds(3_600))
        running.hours = [hour(-1, 1...49), hour(5, 50...150), hour(24, 151...199)]
        running.isKnownAfter = true
        #expect(judge(orphan, running, state: state(lastSeq: 199)).verdict == .complete)
    }
}
