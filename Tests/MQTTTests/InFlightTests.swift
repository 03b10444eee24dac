import Domain
import Testing

@testable import MQTT

@Suite struct InFlightTests {
    private func filled(_ packets: ClosedRange<Int32>, window: Int) -> InFlight {
        var inFlight = InFlight(window: window)
        for packet in packets { add(packet, to: &inFlight) }
        return inFlight
    }

    private func add(_ packet: Int32, to inFlight: inout InFlight) {
        inFlight.append(
            .init(packet: packet, token: MQTTToken(Int64(packet) * 10), sent: Uptime(nanoseconds: Int64(packet)))
        )
    }

    @Test func `answers in order free the window from its old end`() {
        var inFlight = filled(1...3, window: 3)
        #expect(!inFlight.hasRoom)
        for packet in Int32(4)...20 {
            #expect(inFlight.remove(packet: packet - 3) == MQTTToken(Int64(packet - 3) * 10))
            add(packet, to: &inFlight)
            #expect(inFlight.oldest?.packet == packet - 2)
        }
        #expect(inFlight.tokens == [180, 190, 200])
    }

    @Test(arguments: 1...5 as ClosedRange<Int32>)
    func `an answer out of order leaves the others in theirs`(packet: Int32) {
        var inFlight = filled(1...4, window: 5)
        _ = inFlight.remove(packet: 1)
        add(5, to: &inFlight)
        add(6, to: &inFlight)
        let before = inFlight.tokens
        let token = inFlight.remove(packet: packet)
        #expect(token == (packet == 1 ? nil : MQTTToken(Int64(packet) * 10)))
        #expect(inFlight.tokens == before.filter { $0 != token })
    }

    @Test func `a window of one works`() {
        var inFlight = filled(1...1, window: 1)
        #expect(inFlight.remove(packet: 1) == 10)
        add(2, to: &inFlight)
        #expect(inFlight.tokens == [20])
    }
}

@Suite struct BackoffTests {
    @Test func `pauses stay between zero and a limit that doubles up to the longest`() {
        var backoff = Backoff(.seconds(1) ... .seconds(20))
        for limit in [1, 2, 4, 8, 16, 20, 20] {
            let pause = backoff.next()
            #expect(pause >= .zero && pause <= .seconds(limit))
        }
        backoff.reset()
        #expect(backoff.next() <= .seconds(1))
    }
}
