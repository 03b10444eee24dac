import Domain
import Foundation
import Testing

/// The texts are those of earlier releases: a probe and a gateway of two releases must understand each other.
@Suite struct `An exchange on a bus` {
    private static let read = """
        {"arrived":5040,"frames":[{"at":5000,"bytes":[1,3],"sent":true},{"at":5040,"bytes":[1,3,2],"sent":false}],\
        "latency":40,"strayLatency":90,"strays":[7,255],"words":[0,65535]}
        """
    private static let failed = """
        {"arrived":0,"failure":{"number":2,"text":"x","word":"exception"},"frames":[],"latency":0,"strayLatency":0,\
        "strays":[]}
        """

    private func text(_ exchange: BusExchange) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(exchange), as: UTF8.self)
    }

    private func exchange(_ text: String) throws -> BusExchange {
        try JSONDecoder().decode(BusExchange.self, from: Data(text.utf8))
    }

    @Test func `is told with its frames, its times in nanoseconds`() throws {
        var exchange = BusExchange()
        exchange.words = [0, 65_535]
        exchange.arrived = Uptime(nanoseconds: 5_040)
        exchange.latency = .nanoseconds(40)
        exchange.frames = [
            .init(.sent, [1, 3], at: Uptime(nanoseconds: 5_000)),
            .init(.received, [1, 3, 2], at: Uptime(nanoseconds: 5_040)),
        ]
        exchange.strays = [7, 255]
        exchange.strayLatency = .nanoseconds(90)
        #expect(try text(exchange) == Self.read)
        #expect(try self.exchange(Self.read) == exchange)
    }

    @Test func `that failed is told by a word, and what goes with it`() throws {
        var exchange = BusExchange()
        exchange.failure = .init(word: "exception", number: 2, text: "x")
        #expect(try text(exchange) == Self.failed)
        #expect(try self.exchange(Self.failed) == exchange)
    }

    @Test func `keeps a word of a newer program, and overlooks its new members`() throws {
        let text = Self.failed.replacing("exception", with: "frozen").replacing(
            "\"strays\"",
            with: "\"a\":1,\"strays\""
        )
        #expect(try exchange(text).failure?.word == "frozen")
    }

    @Test(arguments: ["arrived", "latency", "frames", "strays", "strayLatency"])
    func `lacks no member that every release has told`(key: String) {
        #expect(throws: DecodingError.self) { try exchange(Self.read.replacing("\"\(key)\":", with: "\"other\":")) }
    }

    @Test func `has the request that was sent last, and all that came to it`() {
        let moment = Uptime(nanoseconds: 0)
        var exchange = BusExchange()
        #expect(exchange.request == nil && exchange.reply == nil)
        exchange.frames = [.init(.sent, [1], at: moment), .init(.received, [2], at: moment)]
        #expect(exchange.request == [1] && exchange.reply == [2])
        exchange.frames.append(.init(.sent, [3], at: moment))
        #expect(exchange.request == [3] && exchange.reply == nil)
        exchange.frames += [.init(.received, [4], at: moment), .init(.received, [5, 6], at: moment)]
        #expect(exchange.reply == [4, 5, 6])
        let recorded = BusExchange(request: [1], reply: nil, latency: .zero)
        #expect(recorded.request == [1] && recorded.reply == nil)
    }
}
