import Control
import Domain
import Testing

/// The texts come from earlier releases: a probe and a gateway of two releases must understand each other.
@Suite struct `An answer to a borrowed read` {
    private static let empty = #""frames":[],"latency":0,"strayLatency":0,"strays":[]"#

    private func text(_ answer: BorrowedAnswer) -> String { String(decoding: answer.json, as: UTF8.self) }

    @Test func `has the members of its exchange beside its own`() throws {
        var exchange = BusExchange()
        exchange.words = [7]
        exchange.arrived = Uptime(nanoseconds: 12)
        exchange.latency = .milliseconds(1)
        exchange.frames = [.init(.sent, [1, 3], at: Uptime(nanoseconds: 11))]
        let json = """
            {"arrived":12,"frames":[{"at":11,"bytes":[1,3],"sent":true}],"latency":1000000,"strayLatency":0,\
            "strays":[],"words":[7]}
            """
        #expect(text(BorrowedAnswer(exchange)) == json)
        #expect(try BorrowedAnswer(json: Array(json.utf8)) == BorrowedAnswer(exchange))
    }

    @Test func `of a failed read has the word for it`() throws {
        var exchange = BusExchange()
        exchange.failure = .init(word: "exception", number: 2)
        let json = #"{"arrived":0,"failure":{"number":2,"word":"exception"},\#(Self.empty)}"#
        #expect(text(BorrowedAnswer(exchange)) == json)
        #expect(try BorrowedAnswer(json: Array(json.utf8)).exchange.failure?.number == 2)
    }

    @Test func `that refuses says why as a value too, and a later word is none`() throws {
        let answer = BorrowedAnswer(refused: "no such bus", as: .noBus, about: ["line"])
        let json = """
            {"about":["line"],"arrived":0,"frames":[],"latency":0,"refusal":"no_bus","refused":"no such bus",\
            "strayLatency":0,"strays":[]}
            """
        #expect(text(answer) == json)
        #expect(try BorrowedAnswer(json: Array(json.utf8)) == answer)
        let later = try BorrowedAnswer(json: Array(json.replacing("no_bus", with: "of a later gateway").utf8))
        #expect(later.refusal == nil)
        #expect(later.refused == "no such bus")
    }

    @Test func `that refuses has an empty exchange`() throws {
        var answer = BorrowedAnswer(refused: "no such bus")
        answer.freeFrom = 5
        let json = """
            {"arrived":0,"frames":[],"freeFrom":5,"latency":0,"refused":"no such bus","strayLatency":0,"strays":[]}
            """
        #expect(text(answer) == json)
        #expect(try BorrowedAnswer(json: Array(json.utf8)) == answer)
        #expect(text(BorrowedAnswer()) == #"{"arrived":0,\#(Self.empty)}"#)
    }

    @Test func `names the probe that has the line`() throws {
        let json = """
            {"arrived":0,"frames":[],"holder":{"command":"gateway","process":7,"since":9,"user":"budi"},"latency":0,\
            "refused":"lent","strayLatency":0,"strays":[]}
            """
        let answer = try BorrowedAnswer(json: Array(json.utf8))
        #expect(answer.holder?.user == "budi" && answer.holder?.processName == "7 gateway")
        #expect(text(answer) == json)
    }
}
