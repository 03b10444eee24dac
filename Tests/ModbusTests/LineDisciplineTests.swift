import Domain
@testable import Modbus
import Testing

struct LineDisciplineTests {
    private let start = Uptime(nanoseconds: 1_000_000_000)
    private let pair = RegisterRange(.holding, start: 40, count: 2)
    /// A missing reply counts for 10 s.
    private let timing = ReplyTiming(replyTime: .milliseconds(500), worstReply: .seconds(2))

    private func failed(hasCome: Bool = false) -> LineDiscipline {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.failed(pair, of: UnitID(1), at: start, timing: timing, hasCome: hasCome)
        return line
    }

    @Test func aLineIsFreeUntilSomethingHappens() {
        let line = LineDiscipline(silence: .milliseconds(4))
        #expect(line.freeFrom() == nil)
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start, timing: timing))
    }

    @Test func aFrameIsFollowedBySilence() {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.frameEnded(at: start)
        #expect(line.freeFrom() == start + .milliseconds(4))
        #expect(line.restingUntil(after: start) == nil)
    }

    @Test func theLongestRestCounts() {
        var line = failed()
        let short = ReplyTiming(replyTime: .milliseconds(100), worstReply: .milliseconds(100))
        line.failed(pair, of: UnitID(2), at: start + .seconds(1), timing: short, hasCome: false)
        #expect(line.freeFrom() == start + .seconds(2))
        #expect(line.restingUntil(after: start + .seconds(1)) == start + .seconds(2))
        #expect(line.restingUntil(after: start + .seconds(2)) == nil)
    }

    @Test(arguments: [
        ("the same", RegisterRange(.holding, start: 40, count: 2), UInt8(1), true),
        ("elsewhere, as long", RegisterRange(.holding, start: 0, count: 2), 1, true),
        ("longer", RegisterRange(.holding, start: 40, count: 3), 1, false),
        ("shorter", RegisterRange(.holding, start: 40, count: 1), 1, false),
        ("of another table", RegisterRange(.input, start: 40, count: 2), 1, false),
        ("of another unit", RegisterRange(.holding, start: 40, count: 2), 2, false),
    ])
    func onlyAReplyThatWouldLookLikeTheMissingOneIsInDoubt(
        name: String,
        range: RegisterRange,
        unit: UInt8,
        isInDoubt: Bool
    ) {
        #expect(failed().isInDoubt(range, of: UnitID(unit), at: start + .seconds(3), timing: timing) == isInDoubt)
        #expect(!failed().isInDoubt(range, of: UnitID(unit), at: start + .seconds(10), timing: timing))
    }

    @Test func aLateReplyThatCameInTheRestEndsTheDoubtOfItsOwnRequestOnly() {
        var line = failed()
        line.cameLate(pair, of: UnitID(1))
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(3), timing: timing))
        // Two are missing, and one has come.
        line = failed()
        line.failed(pair, of: UnitID(1), at: start + .seconds(3), timing: timing, hasCome: false)
        line.cameLate(pair, of: UnitID(1))
        #expect(line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(4), timing: timing))
    }

    @Test func aRequestMayBeRepeatedWhileOnlyItsOwnReplyIsMissing() {
        var repeating = timing
        repeating.mayRepeat = true
        let other = RegisterRange(.holding, start: 0, count: 2)
        var line = failed()
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(3), timing: repeating))
        #expect(line.isInDoubt(other, of: UnitID(1), at: start + .seconds(3), timing: repeating))
        line.failed(other, of: UnitID(1), at: start + .seconds(4), timing: timing, hasCome: false)
        #expect(line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(5), timing: repeating))
    }

    @Test(arguments: [0, 248, 255] as [UInt8]) func aMissingReplyOfAGeneralUnitIDMayBeAnyUnits(general: UInt8) {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.failed(pair, of: UnitID(general), at: start, timing: timing, hasCome: false)
        #expect(line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(3), timing: timing))
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(10), timing: timing))
    }

    @Test func aDeviceThatNeedsAPauseIsAskedLaterThanOthers() {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.frameEnded(at: start)
        #expect(line.freeFrom(gap: .milliseconds(50)) == start + .milliseconds(50))
        #expect(line.freeFrom(gap: .milliseconds(1)) == start + .milliseconds(4))
    }

    @Test func bitsLookAlikeByTheByte() {
        var line = LineDiscipline(silence: .milliseconds(4))
        let nine = RegisterRange(.coil, start: 0, count: 9)
        line.failed(nine, of: UnitID(1), at: start, timing: timing, hasCome: false)
        #expect(line.isInDoubt(RegisterRange(.coil, start: 50, count: 16), of: UnitID(1), at: start, timing: timing))
        #expect(!line.isInDoubt(RegisterRange(.coil, start: 0, count: 8), of: UnitID(1), at: start, timing: timing))
    }

    @Test func aReplyThatCameDamagedLeavesNoDoubt() {
        let line = failed(hasCome: true)
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start, timing: timing))
        #expect(!line.isInDoubt(UnitID(1), at: start, timing: timing))
        #expect(line.freeFrom() == start + .seconds(2))
    }

    @Test func aSecondFailureProlongsTheDoubt() {
        var line = failed()
        line.mayStillCome(pair, of: UnitID(1), at: start + .seconds(9), timing: timing)
        #expect(line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(18), timing: timing))
        #expect(line.isInDoubt(UnitID(1), at: start + .seconds(18), timing: timing))
        #expect(!line.isInDoubt(UnitID(2), at: start + .seconds(18), timing: timing))
        #expect(!line.isInDoubt(UnitID(1), at: start + .seconds(19), timing: timing))
        #expect(line.freeFrom() == start + .seconds(2))
    }

    /// Once, after a failed borrowed read, the daemon's next poll trusted the reply to that read.
    @Test func whoReadsNextSaysHowLongAMissingReplyIsReckonedWith() {
        var line = LineDiscipline(silence: .milliseconds(4))
        let hasty = ReplyTiming(replyTime: .milliseconds(500), worstReply: .milliseconds(400))
        line.failed(pair, of: UnitID(1), at: start, timing: hasty, hasCome: false)
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(3), timing: hasty))
        #expect(line.isInDoubt(pair, of: UnitID(1), at: start + .seconds(3), timing: timing))
    }
}

@Suite struct `The end of a request on a shared line` {
    private let start = Uptime(nanoseconds: 1_000_000_000)
    private let pair = RegisterRange(.holding, start: 40, count: 2)
    private let timing = ReplyTiming(replyTime: .milliseconds(500), worstReply: .seconds(2))

    private func ended(_ flaw: ModbusError.Kind?, beginsRight: Bool = false) -> LineDiscipline {
        var line = LineDiscipline(silence: .milliseconds(4))
        line.ended(pair, of: UnitID(1), by: flaw, beginsRight: beginsRight, at: start, timing: timing)
        return line
    }

    @Test(arguments: [nil, ModbusError.Kind.exception(2)])
    func `by a right reply or an exception needs its silence only`(flaw: ModbusError.Kind?) {
        let line = ended(flaw)
        #expect(line.freeFrom() == start + .milliseconds(4))
        #expect(!line.isInDoubt(pair, of: UnitID(1), at: start, timing: timing))
    }

    @Test(arguments: [
        (ModbusError.Kind.timeout, false, true), (.badFrame("x"), true, true), (.foreignReply(UnitID(2)), false, true),
        (.echo, true, true), (.crc, false, true), (.crc, true, false),
    ])
    func `by anything else needs a rest, and leaves a doubt unless the reply came damaged`(
        flaw: ModbusError.Kind,
        beginsRight: Bool,
        isInDoubt: Bool
    ) {
        let line = ended(flaw, beginsRight: beginsRight)
        #expect(line.freeFrom() == start + .seconds(2))
        #expect(line.isInDoubt(pair, of: UnitID(1), at: start, timing: timing) == isInDoubt)
    }

    @Test(arguments: [ModbusError.Kind.exception(2), .crc])
    func `may be a late answer where one is missing already`(flaw: ModbusError.Kind) {
        var line = ended(.timeout)
        let other = RegisterRange(.holding, start: 40, count: 3)
        line.ended(other, of: UnitID(1), by: flaw, beginsRight: true, at: start + .seconds(3), timing: timing)
        #expect(line.isInDoubt(other, of: UnitID(1), at: start + .seconds(3), timing: timing))
    }
}
