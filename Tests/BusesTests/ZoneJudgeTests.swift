import Domain
import Testing

@testable import Buses

@Suite struct `The zone of a device's times` {
    /// Judges messages of a device at an interval of a minute, in a zone seven hours ahead: when each comes, in
    /// seconds, and how much earlier its own time is.
    private static func inDoubt(
        _ messages: [(at: Double, late: Double)],
        clock: ClockState = .synchronised
    ) -> [Bool] {
        var judge = ZoneJudge(interval: .seconds(60), isZoneNamed: true)
        return messages.map { message in
            let arrival = Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(message.at * 1_000))
            let stamp = Stamp(time: arrival, clock: clock, boot: "a", uptime: at(message.at))
            let time = arrival + .milliseconds(Int64(-message.late * 1_000))
            if case .doubtful = judge.judge(time, at: stamp, zone: .seconds(25_200)) { return true }
            return false
        }
    }

    @Test func `is in doubt from the first message that comes before its time`() {
        #expect(Self.inDoubt([(0, -25_200), (60, -25_201), (120, -25_200)]) == [true, true, true])
        #expect(Self.inDoubt([(0, -3_600)]) == [true])
        #expect(Self.inDoubt([(0, -3_000)]) == [false])
    }

    @Test func `is in doubt from the first message that is just the gateway's offset late`() {
        #expect(Self.inDoubt([(0, 25_200), (60, 25_205), (120, 25_203)]) == [true, true, true])
    }

    @Test func `is UTC where the profile names none and the lateness stays what the gateway's zone is ahead`() {
        var judge = ZoneJudge(interval: .seconds(60), isZoneNamed: false)
        func verdict(_ second: Double, late: Double) -> ZoneJudge.Verdict {
            let arrival = Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(second * 1_000))
            let stamp = Stamp(time: arrival, clock: .synchronised, boot: "a", uptime: at(second))
            return judge.judge(arrival + .seconds(-late), at: stamp, zone: .seconds(25_200))
        }
        func utc(_ second: Double) -> ZoneJudge.Verdict {
            .utc(Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(second * 1_000)))
        }
        #expect(verdict(0, late: 25_200) == .doubtful(.seconds(25_200)))
        #expect(verdict(60, late: 25_201) == utc(59))
        #expect(verdict(120, late: 25_200) == utc(120))
        // What it kept while it was offline is in UTC too.
        #expect(verdict(180, late: 32_400) == utc(180 - 7_200))
        // Its clock was set to the gateway's zone.
        #expect(verdict(240, late: 0) == .right(Instant(millisecondsSince1970: 1_795_000_240_000)))
    }

    @Test func `is in doubt once another lateness stays the same`() {
        #expect(Self.inDoubt([(0, 3_600), (60, 3_602), (120, 3_599)]) == [false, true, true])
    }

    @Test func `is in no doubt for a burst of what was kept while offline`() {
        // Three hours of a message a minute, each sent a tenth of a second after the one before.
        let burst = (0..<180).map { (at: Double($0) * 0.1, late: 10_800 - Double($0) * 59.9) }
        #expect(!Self.inDoubt(burst + [(60, 0), (120, 0)]).contains(true))
        // Seven hours of one: the first message may be taken for a wrong zone, and no other one.
        let long = (0..<420).map { (at: Double($0) * 0.5, late: 25_500 - Double($0) * 59.5) }
        #expect(Self.inDoubt(long).count { $0 } == 0)
    }

    @Test func `is in doubt by a zone's difference alone while nothing confirms the gateway's own clock`() {
        func inDoubt(_ late: Double) -> [Bool] {
            Self.inDoubt([(0, late), (60, late), (120, late)], clock: .unsynchronised)
        }
        #expect(inDoubt(-25_200) == [true, true, true])
        #expect(inDoubt(3_605) == [false, true, true])
        // A box without a battery starts at some old time, and the device may be right.
        #expect(inDoubt(-25_800) == [false, false, false])
        #expect(inDoubt(-86_400) == [false, false, false])
    }

    @Test func `is in no doubt any more once the times are right`() {
        #expect(Self.inDoubt([(0, 25_200), (60, 0), (120, 3)]) == [true, false, false])
    }
}
