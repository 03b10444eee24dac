import Domain
import Testing

@testable import Buses

/// The rules for who may use a line besides its polls, with a clock that the test moves.
@Suite final class LineShareTests {
    private var share = LineShare()

    private func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: Int64(seconds * 1_000_000_000)) }

    private func probe(_ client: Int) -> LineShare.Borrower {
        let since = Instant(millisecondsSince1970: 0)
        return LineShare.Borrower(client: client, user: 1_000, process: Int32(client), since: since)
    }

    private func ask(_ client: Int, _ now: Uptime) -> LineShare.Verdict { share.ask(probe(client), now: now) }

    private func leave(_ client: Int, settling: Duration = .zero, _ now: Uptime) -> Bool {
        share.leave(client, settling: settling, now: now)
    }

    @Test func oneProbeHasTheLineUntilItGoes() {
        #expect(ask(1, at(0)) == .granted)
        #expect(ask(2, at(0)) == .held(probe(1)))
        share.done(1, from: at(0), until: at(0.1))
        #expect(ask(2, at(1)) == .held(probe(1)))
        #expect(ask(1, at(1)) == .granted)
        #expect(leave(1, settling: .seconds(1), at(1)))
        #expect(ask(2, at(1)) == .granted)
        // A client without the line has nothing to give back.
        #expect(!leave(1, settling: .seconds(1), at(1)))
        #expect(ask(3, at(1)) == .held(probe(2)))
    }

    @Test func aProbeThatAsksNothingLosesTheLine() {
        #expect(ask(1, at(0)) == .granted)
        // Its request is being served, however long that takes.
        #expect(ask(2, at(40)) == .held(probe(1)))
        share.done(1, from: at(0), until: at(41))
        #expect(ask(2, at(50.9)) == .held(probe(1)))
        #expect(ask(2, at(51)) == .granted)
        #expect(ask(1, at(51)) == .held(probe(2)))
    }

    @Test func aShortProbeIsNotHeldUp() {
        for step in 0..<10 {
            let now = at(Double(step) * 0.2)
            #expect(ask(1, now) == .granted)
            #expect(share.freeFrom(now) == nil)
            share.done(1, from: now, until: now + .milliseconds(200))
        }
    }

    /// This holds for any cost of a read and any client.
    @Test(arguments: [0.05, 1, 7, 35]) func aLongProbeHasHalfOfTheLine(cost: Double) {
        var now = at(0)
        var lent = 0.0
        for client in 0..<400 {
            #expect(ask(client, now) == .granted)
            now = share.freeFrom(now) ?? now
            let end = now + .nanoseconds(Int64(cost * 1_000_000_000))
            share.done(client, from: now, until: end)
            lent += cost
            now = end
            #expect(leave(client, now))
            // At most half of all time so far, except for what was not due yet.
            #expect(lent <= now.inSeconds(since: at(0)) / 2 + cost + 2)
        }
        #expect(lent <= now.inSeconds(since: at(0)) * 0.55 + cost)
    }

    @Test func aTakenLineComesBackAfterTenMinutesAndIsThenThePolls() {
        #expect(ask(1, at(0)) == .granted)
        share.take(1, now: at(0))
        #expect(share.takenUntil(at(599)) == at(600))
        // A repeated request does not prolong the time.
        #expect(ask(1, at(500)) == .granted)
        share.take(1, now: at(500))
        #expect(ask(2, at(599)) == .held(probe(1)))
        #expect(share.takenUntil(at(600)) == nil)
        share.settle(at(600))
        #expect(!share.isTaken)
        #expect(ask(1, at(601)) == .owed(until: at(1_198)))
        #expect(ask(2, at(1_190)) == .granted)
        #expect(share.freeFrom(at(1_190)) == at(1_198))
    }

    @Test func aTakenLineRestsWhenItsProbeGoes() {
        #expect(ask(1, at(0)) == .granted)
        share.take(1, now: at(0))
        #expect(share.hasTaken(1))
        #expect(leave(1, settling: .seconds(3), at(10)))
        #expect(share.takenUntil(at(12)) == at(13))
        #expect(share.isTaken)
        share.settle(at(13))
        #expect(share.takenUntil(at(13)) == nil && !share.isTaken)
        // 13 s are due, less the credit.
        #expect(ask(2, at(13)) == .granted)
        #expect(share.freeFrom(at(13)) == at(24))
    }

    @Test func whoHasGoneTakesNothing() {
        #expect(ask(1, at(0)) == .granted)
        #expect(leave(1, at(0)))
        share.take(1, now: at(1))
        #expect(!share.isTaken)
    }
}

extension Uptime {
    fileprivate func inSeconds(since start: Uptime) -> Double { (self - start).inSeconds }
}
