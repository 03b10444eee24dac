import Domain
import Modbus
import TestSupport
import Testing

/// A line behind a serial server: RTU over TCP.
@Suite(.serialized) struct LineOverTCPTests {
    private func withServer(
        time: any TimeSource = clock,
        _ script: @escaping ScriptedPeer.Script,
        body: (ModbusBus, ScriptedPeer) throws -> Void
    ) throws {
        let peer = ScriptedPeer(tcp: script, requestLength: 8)
        defer { peer.stop() }
        let endpoint = ModbusEndpoint.lineOverTCP(
            host: "127.0.0.1",
            port: peer.port,
            settings: SerialSettings(baud: 115_200)
        )
        try body(ModbusBus(endpoint: endpoint, time: time), peer)
    }

    @Test(arguments: SerialFaultTests.faults)
    func `what is wrong on a line is wrong behind a serial server`(_ fault: SerialFaultTests.Fault) throws {
        let clock = ShiftedClock()
        try withServer(time: clock) { number, request in
            [.send(number == 0 ? fault.reply(request) : ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, peer) throws in
            let range = RegisterRange(fault.table, start: fault.start, count: fault.count)
            #expect(bus.failure(range) == fault.kind)
            #expect(bus.restingUntil != nil)
            #expect(bus.isInDoubt(range, unit: UnitID(1), timing: quick) == !fault.hasCome)
            if !fault.hasCome { #expect(bus.failure(range) == .distrusted) }
            clock.advance(by: quick.latestReply)
            guard fault.table == .holding else { return }
            #expect(try bus.words(range) == (0..<range.count).map { UInt16(range.start + $0) })
        }
    }

    @Test func `a late reply to another request is never taken, though the connection stands`() throws {
        let clock = ShiftedClock()
        try withServer(time: clock) { number, request in
            switch number {
            case 0: []
            case 1:
                [
                    .send(ModbusFrames.rtuReply(to: request, words: [7, 7])),
                    .send(ModbusFrames.rtuAddresses(to: request)),
                ]
            default: [.send(ModbusFrames.rtuAddresses(to: request))]
            }
        } body: { (bus, peer) throws in
            let first = RegisterRange(.holding, start: 10, count: 2)
            #expect(bus.failure(first) == .timeout)
            #expect(bus.failure(RegisterRange(.holding, start: 20, count: 2)) == .distrusted)
            // Another length cannot be mistaken: the late reply is an error, and no value.
            #expect(
                bus.failure(RegisterRange(.holding, start: 20, count: 3)) == .badFrame("its byte count is 4, not 6")
            )
            // What the second answer was, the peer has sent by then.
            peer.whenIdle()
            clock.advance(by: quick.latestReply)
            #expect(try bus.words(first) == [10, 11])
            #expect(bus.counters.connections == 1)
        }
    }

    @Test func `a reply in pieces is put together`() throws {
        try withServer { _, request in
            let reply = ModbusFrames.rtuAddresses(to: request)
            return reply.map { .send([$0]) }.flatMap { [$0, .pause(.milliseconds(2))] }
        } body: { (bus, _) throws in
            #expect(try bus.words(RegisterRange(.holding, start: 3, count: 2)) == [3, 4])
        }
    }

    @Test func `a server that closes between two polls costs no reading`() throws {
        try withServer { _, request in
            [.send(ModbusFrames.rtuAddresses(to: request)), .hangUp]
        } body: { (bus, peer) throws in
            for start in 0..<5 {
                #expect(try bus.words(RegisterRange(.holding, start: start, count: 1)) == [UInt16(start)])
                peer.whenIdle()
            }
            #expect(bus.counters.connections == 5)
        }
    }

    @Test func `a server that closes instead of answering is named, and asked again over a new connection`() throws {
        let clock = ShiftedClock()
        try withServer(time: clock) { number, request in
            number == 0 ? [.hangUp] : [.send(ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, _) throws in
            let range = RegisterRange(.holding, start: 5, count: 1)
            #expect(bus.failure(range) == .closedByPeer)
            clock.advance(by: quick.latestReply)
            #expect(try bus.words(range) == [5])
        }
    }

    @Test func `a port that answers in Modbus TCP is told`() throws {
        try withServer { _, request in
            [.send([request[0], request[1], 0, 0, 0, 7, 1, 3, 4, 0, 1, 0, 2])]
        } body: { (bus, _) throws in
            let kind = bus.failure(RegisterRange(.holding, start: 0, count: 2))
            #expect(kind == .badFrame("it is a frame of Modbus TCP: this port speaks Modbus TCP, so write no framing"))
        }
    }

    @Test func `refused, unreachable and unknown are told as over Modbus TCP`() {
        let peer = ScriptedPeer(tcp: { _, _ in [] }, requestLength: 8)
        peer.stop()
        let closed = ModbusBus(endpoint: .lineOverTCP(host: "127.0.0.1", port: peer.port), time: clock)
        #expect(closed.failure() == .tcpRefused)
    }
}
