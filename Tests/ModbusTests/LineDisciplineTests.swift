import Domain
@testable import Modbus
import Testing

struct LineDisciplineTests {
    private let start = Uptime(nanoseconds: 1_000_000_000)
    private let pair = RegisterRange(.holding, start: 40, count: 2)

    @Test func aLineIsFreeUntilSomethingHappens() {
        let line = LineDiscipline(silence: .milliseconds(4))
        #expect(line.freeFrom == nil)
        #expect(line.approach(to: UnitID(1), for: pair) == .direct)
    }

    @Test func aFrameIsFollowedBySilence() {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.frameEnded(at: start)
        #expect(line.freeFrom == start + .milliseconds(4))
        #expect(line.restingUntil(after: start) == nil)
    }

    @Test func theLongestRestCounts() {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.failed(UnitID(1), at: start, worstReply: .seconds(2))
        line.failed(UnitID(2), at: start + .seconds(1), worstReply: .milliseconds(100))
        #expect(line.freeFrom == start + .seconds(2))
        #expect(line.restingUntil(after: start + .seconds(1)) == start + .seconds(2))
        #expect(line.restingUntil(after: start + .seconds(2)) == nil)
    }

    @Test func onlyTheFailedUnitIsInDoubtAndOnlyUntilItAnswers() {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.failed(UnitID(1), at: start, worstReply: .seconds(2))
        #expect(line.approach(to: UnitID(1), for: pair) == .synchroniseFirst)
        #expect(line.approach(to: UnitID(2), for: pair) == .direct)
        line.synchronised(UnitID(1))
        #expect(line.approach(to: UnitID(1), for: pair) == .direct)
    }

    @Test(arguments: [
        (RegisterRange(.holding, start: 0, count: 1), LineDiscipline.Approach.discardReply),
        (RegisterRange(.input, start: 0, count: 2), .synchroniseFirst),
        (RegisterRange(.coil, start: 0, count: 8), .discardReply),
        (RegisterRange(.discrete, start: 0, count: 9), .synchroniseFirst),
    ])
    func whatIsAsShortAsASynchronisingReadIsDiscarded(range: RegisterRange, approach: LineDiscipline.Approach) {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.failed(UnitID(1), at: start, worstReply: .seconds(2))
        #expect(line.approach(to: UnitID(1), for: range) == approach)
        let own = LineDiscipline.synchronising(range)
        #expect((own.dataBytes == range.dataBytes) == (approach == .discardReply))
    }
}
