import Contract
import Domain
import Testing

@testable import Forwarding

@Suite struct `Of requests to send entries again` {
    private var judge = RequestJudge()

    private static func request(_ number: UInt64) throws -> ResendRequest {
        try #require(ResendRequest(epoch: "7-3f2a9c1d", ranges: [number...number]))
    }

    private mutating func take(_ number: UInt64, _ now: Uptime) throws -> RequestRefusal? {
        judge.take(try Self.request(number), now: now)
    }

    private mutating func next(open: Int, _ now: Uptime) -> UInt64? {
        judge.next(open: open, now: now)?.request.ranges[0].lowerBound
    }

    @Test mutating func `one is answered at a time, and the others wait in their order`() throws {
        for number: UInt64 in 1...3 { #expect(try take(number, at(0)) == nil) }
        #expect(next(open: 0, at(0)) == 1)
        // The journal has not said yet what became of it.
        #expect(next(open: 0, at(1)) == nil)
        judge.answered(losses: 0, now: at(2))
        #expect(next(open: 5, at(3)) == nil)
        #expect(next(open: 1, at(4)) == nil)
        #expect(next(open: 0, at(5)) == 2)
        judge.answered(losses: 0, now: at(5))
        #expect(next(open: 0, at(5)) == 3)
        #expect(!judge.hasWaiting)
    }

    @Test mutating func `at most 16 wait`() throws {
        for number: UInt64 in 1...16 { #expect(try take(number, at(0)) == nil) }
        #expect(try take(17, at(0)) == .busy)
        #expect(next(open: 0, at(0)) == 1)
        #expect(try take(17, at(0)) == nil)
    }

    @Test mutating func `the same one is answered once in a minute`() throws {
        #expect(try take(1, at(0)) == nil)
        #expect(try take(1, at(0)) == .repeated)
        #expect(next(open: 0, at(0)) == 1)
        judge.answered(losses: 0, now: at(0))
        #expect(try take(1, at(59)) == .repeated)
        #expect(try take(1, at(60)) == nil)
    }

    @Test mutating func `one that waits longer than a minute is still the same`() throws {
        #expect(try take(1, at(0)) == nil)
        #expect(try take(1, at(500)) == .repeated)
    }

    @Test mutating func `another is answered when the last answer has not moved for ten minutes`() throws {
        #expect(try take(1, at(0)) == nil)
        #expect(next(open: 0, at(0)) == 1)
        judge.answered(losses: 0, now: at(0))
        #expect(try take(2, at(100)) == nil)
        #expect(next(open: 9, at(100)) == nil)
        #expect(next(open: 8, at(500)) == nil)
        #expect(next(open: 8, at(1_099)) == nil)
        #expect(next(open: 8, at(1_100)) == 2)
    }

    @Test mutating func `none is answered once its events have named 100 losses in an hour`() throws {
        #expect(try take(1, at(0)) == nil)
        #expect(judge.next(open: 0, now: at(0))?.losses == 100)
        judge.answered(losses: 60, now: at(0))
        #expect(try take(2, at(1)) == nil)
        #expect(judge.next(open: 0, now: at(1))?.losses == 40)
        judge.answered(losses: 40, now: at(1))
        #expect(try take(3, at(3_599)) == .tooMany)
        #expect(try take(3, at(3_600)) == nil)
        #expect(judge.next(open: 0, now: at(3_600))?.losses == 100)
    }

    @Test mutating func `no more than 64 are taken in a minute`() throws {
        for number: UInt64 in 1...64 {
            #expect(try take(number, at(1)) == nil)
            #expect(next(open: 0, at(1)) == number)
            judge.answered(losses: 0, now: at(1))
        }
        #expect(try take(65, at(2)) == .tooMany)
        #expect(try take(65, at(61)) == nil)
    }
}
