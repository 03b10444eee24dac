import Asking
import Diagnosing
import Domain
import Modbus
import Platform
import Testing
import TestSupport

@Suite struct `A bus of the probe's own` {
    private let request = ProbeRequest(
        unit: UnitID(1),
        range: RegisterRange(.holding, start: 7, count: 2),
        timing: ReplyTiming(replyTime: .milliseconds(300), worstReply: .milliseconds(10))
    )

    @Test func `brings the registers, the latency and both frames`() throws {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line) { _, request in [.send(ModbusFrames.rtuAddresses(to: request))] }
        defer {
            peer.stop()
            line.close()
        }
        let bus = OwnBus(endpoint: .serialLine(path: line.path, settings: SerialSettings()), time: SystemClock())
        let exchange = try bus.exchange(request)
        #expect(exchange.block?.words == [7, 8])
        #expect(exchange.error == nil)
        #expect(exchange.latency > .zero && exchange.latency < .milliseconds(350))
        #expect(exchange.frames.map(\.direction) == [.sent, .received])
        #expect(exchange.frames.map(\.bytes) == peer.requests + [ModbusFrames.rtuAddresses(to: peer.requests[0])])
        #expect(bus.counters.replies == 1)
    }

    @Test func `refuses what another program told in words that this one does not know`() {
        var exchange = BusExchange()
        exchange.failure = .init(word: "frozen")
        let endpoint = ModbusEndpoint.modbusTCP(host: "127.0.0.1", port: 502)
        #expect(throws: ProbeFailure.unclear) { try ProbeExchange(request, exchange, at: endpoint) }
    }

    @Test func `brings a failure as an exchange too`() throws {
        let bus = OwnBus(
            endpoint: .serialLine(path: "/dev/no-such-port", settings: SerialSettings()),
            time: SystemClock()
        )
        let exchange = try bus.exchange(request)
        #expect(exchange.error?.kind == .portMissing)
        #expect(exchange.latency == .zero)
        #expect(exchange.frames.isEmpty)
    }
}
