import Contract
import Domain
import Testing

@testable import Forwarding

@Suite struct `Of requests to send entries again` {
    private static func request(_ number: UInt64) throws -> ResendRequest {
        try #require(ResendRequest(epoch: "7-3f2a9c1d", ranges: [number...number]))
    }

    @Test func `one is answered at a time`() throws {
        var judge = RequestJudge()
        #expect(judge.verdict(on: try Self.request(1), open: 0, now: at(0)) == .answer(losses: 100))
        // The journal has not said yet what became of it.
        #expect(judge.verdict(on: try Self.request(2), open: 0, now: at(1)) == .refuse(.busy))
        judge.answered(losses: 0, now: at(2))
        #expect(judge.verdict(on: try Self.request(2), open: 5, now: at(3)) == .refuse(.busy))
        #expect(judge.verdict(on: try Self.request(2), open: 0, now: at(4)) == .answer(losses: 100))
    }

    @Test func `the same one is answered once in a minute`() throws {
        var judge = RequestJudge()
        #expect(judge.verdict(on: try Self.request(1), open: 0, now: at(0)) == .answer(losses: 100))
        judge.answered(losses: 0, now: at(0))
        #expect(judge.verdict(on: try Self.request(1), open: 0, now: at(59)) == .refuse(.repeated))
        #expect(judge.verdict(on: try Self.request(1), open: 0, now: at(60)) == .answer(losses: 100))
    }

    @Test func `another is answered when nothing of the last answer was acknowledged for ten minutes`() throws {
        var judge = RequestJudge()
        _ = judge.verdict(on: try Self.request(1), open: 0, now: at(0))
        judge.answered(losses: 0, now: at(0))
        #expect(judge.verdict(on: try Self.request(2), open: 9, now: at(100)) == .refuse(.busy))
        #expect(judge.verdict(on: try Self.request(2), open: 8, now: at(500)) == .refuse(.busy))
        #expect(judge.verdict(on: try Self.request(2), open: 8, now: at(1_099)) == .refuse(.busy))
        #expect(judge.verdict(on: try Self.request(2), open: 8, now: at(1_100)) == .answer(losses: 100))
    }

    @Test func `none is answered once its events have named 100 losses in an hour`() throws {
        var judge = RequestJudge()
        _ = judge.verdict(on: try Self.request(1), open: 0, now: at(0))
        judge.answered(losses: 60, now: at(0))
        #expect(judge.verdict(on: try Self.request(2), open: 0, now: at(1)) == .answer(losses: 40))
        judge.answered(losses: 40, now: at(1))
        #expect(judge.verdict(on: try Self.request(3), open: 0, now: at(3_599)) == .refuse(.tooMany))
        #expect(judge.verdict(on: try Self.request(3), open: 0, now: at(3_600)) == .answer(losses: 100))
    }

    @Test func `no more than 64 are answered in a minute`() throws {
        var judge = RequestJudge()
        for number: UInt64 in 1...64 {
            #expect(judge.verdict(on: try Self.request(number), open: 0, now: at(1)) == .answer(losses: 100))
            judge.answered(losses: 0, now: at(1))
        }
        #expect(judge.verdict(on: try Self.request(65), open: 0, now: at(2)) == .refuse(.tooMany))
        #expect(judge.verdict(on: try Self.request(65), open: 0, now: at(61)) == .answer(losses: 100))
    }
}
