import Domain
import Modbus
import Platform
import TestSupport
import Testing

@Suite(.serialized) struct TCPFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: ModbusError.Kind
        var reply: @Sendable (_ request: [UInt8]) -> [ScriptedPeer.Step]

        init(_ name: String, _ kind: ModbusError.Kind, _ reply: @escaping @Sendable ([UInt8]) -> [ScriptedPeer.Step]) {
            testDescription = name
            self.kind = kind
            self.reply = reply
        }

        /// A right reply with one byte changed.
        init(_ name: String, _ kind: ModbusError.Kind, at index: Int, becomes byte: UInt8) {
            self.init(name, kind) { request in
                var reply = ModbusFrames.tcpAddresses(to: request)
                reply[index] = byte
                return [.send(reply)]
            }
        }
    }

    static let faults = [
        Fault("wrong transaction id", .foreignTransaction(0x0301), at: 0, becomes: 3),
        Fault(
            "wrong protocol id, high byte",
            .badFrame("its protocol id is 256, not 0: no Modbus TCP"),
            at: 2,
            becomes: 1
        ),
        Fault(
            "wrong protocol id, low byte",
            .badFrame("its protocol id is 1, not 0: no Modbus TCP"),
            at: 3,
            becomes: 1
        ),
        Fault("length too long", .badFrame("its length field says 8, not 7"), at: 5, becomes: 8),
        Fault("length too short", .badFrame("its length field says 6, not 7"), at: 5, becomes: 6),
        Fault("wrong unit", .foreignReply(UnitID(9)), at: 6, becomes: 9),
        Fault("wrong function code", .badFrame("its function code is 6"), at: 7, becomes: 6),
        Fault("another table", .badFrame("its function code is 4"), at: 7, becomes: 4),
        Fault("byte count too small", .badFrame("its length field says 7, not 6"), at: 8, becomes: 3),
        Fault("byte count too large", .badFrame("it broke off after 13 of 13 bytes"), at: 8, becomes: 6),
        Fault("byte count beyond any frame", .badFrame("its byte count is beyond any frame's"), at: 8, becomes: 255),
        Fault("fewer registers than asked for", .badFrame("its byte count is 2, not 4")) {
            [.send(ModbusFrames.tcp(to: $0, [1, 3, 2, 0, 0]))]
        },
        Fault("a long exception", .badFrame("its length field says 5, not 3")) {
            [.send(ModbusFrames.tcp(to: $0, [1, 0x83, 2, 0, 0]))]
        },
        Fault("exception 0", .badFrame("exception code 0 does not exist")) {
            [.send(ModbusFrames.tcp(to: $0, [1, 0x83, 0]))]
        },
        Fault("an exception of another function", .badFrame("its function code is 132")) {
            [.send(ModbusFrames.tcp(to: $0, [1, 0x84, 2]))]
        },
        Fault("truncated, connection held", .badFrame("it broke off after 10 of 13 bytes")) {
            [.send(Array(ModbusFrames.tcpAddresses(to: $0).prefix(10)))]
        },
        Fault("truncated, then closed", .closedByPeer) {
            [.send(Array(ModbusFrames.tcpAddresses(to: $0).prefix(10))), .hangUp]
        },
        Fault("closed without a reply", .closedByPeer) { _ in [.hangUp] },
    ]

    @Test func aConnectionThatWasAnsweredOnIsClosedAfterSilence() throws {
        try withTCPPeer { number, request in
            number == 1 ? [] : [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, peer) throws in
            #expect(try bus.words() == [0, 1])
            #expect(bus.failure() == .timeout && !bus.keepsConnection)
            #expect(try bus.words() == [0, 1])
            #expect(peer.connections == 2)
        }
    }

    /// Such devices would never give a value if each lost request cost the connection.
    @Test func aDeviceThatLosesTheFirstRequestsOfAConnectionIsAskedAgainOnIt() throws {
        try withTCPPeer { number, request in
            number < 2 ? [] : [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, peer) throws in
            #expect(bus.failure() == .timeout && bus.keepsConnection)
            #expect(bus.failure() == .timeout && bus.keepsConnection)
            #expect(try bus.words() == [0, 1])
            #expect(peer.connections == 1)
        }
    }

    /// A converter that confuses transaction ids could give the late reply to another request.
    @Test func anotherRequestThanTheUnansweredOneGetsANewConnection() throws {
        try withTCPPeer { number, request in
            number == 0 ? [] : [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, peer) throws in
            #expect(bus.failure() == .timeout)
            #expect(try bus.words(RegisterRange(.holding, start: 7, count: 2)) == [7, 8])
            #expect(peer.connections == 2)
        }
    }

    @Test func aLateReplyToTheSameRequestIsNotTakenForTheSecondOne() throws {
        try withTCPPeer { number, request in
            let reply = ScriptedPeer.Step.send(ModbusFrames.tcp(to: request, [1, 3, 4, 0, UInt8(number), 0, 0]))
            return number == 0 ? [.pause(.milliseconds(400)), reply] : [reply]
        } body: { (bus, _) throws in
            #expect(bus.failure() == .timeout)
            #expect(try bus.words() == [1, 0])
            let late = bus.takeLateReplies()
            #expect(late.map(\.unit) == [UnitID(1)] && late[0].after.map { $0 >= .milliseconds(395) } == true)
        }
    }

    @Test func aDeviceThatIsMuteAfterConnectingIsAskedWhenItsPauseIsOver() throws {
        try withTCPPeer { _, request in
            [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, peer) throws in
            var timing = patient
            timing.connectPause = .milliseconds(150)
            timing.requestGap = .milliseconds(80)
            let began = clock.uptime()
            _ = try bus.words(timing: timing)
            #expect(peer.times[0] - began >= .milliseconds(145))
            _ = try bus.words(timing: timing)
            #expect(peer.times[1] - peer.times[0] >= .milliseconds(75))
        }
    }

    @Test(arguments: faults) func isNamedAndTheNextReadIsRightOnANewConnection(_ fault: Fault) throws {
        try withTCPPeer { number, request in
            number == 0 ? fault.reply(request) : [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, peer) throws in
            let range = RegisterRange(.holding, start: 0x0102, count: 2)
            #expect(bus.failure(range) == fault.kind)
            #expect(try bus.words(range) == [0x0102, 0x0103])
            #expect(peer.connections == 2)
            #expect(bus.restingUntil == nil)
        }
    }

    @Test(arguments: 1...11) func exceptionsKeepTheConnection(code: UInt8) throws {
        try withTCPPeer { number, request in
            [
                .send(
                    number == 0
                        ? ModbusFrames.tcp(to: request, [1, 0x83, code]) : ModbusFrames.tcpAddresses(to: request)
                )
            ]
        } body: { (bus, peer) throws in
            #expect(bus.failure() == .exception(code))
            #expect(try bus.words() == [0, 1])
            #expect(peer.connections == 1)
        }
    }

    @Test func aLateReplyIsNeverAnotherReadsValue() throws {
        try withTCPPeer { number, request in
            number == 0
                ? [.pause(.milliseconds(450)), .send(ModbusFrames.tcpAddresses(to: request))]
                : [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, _) throws in
            #expect(bus.failure(RegisterRange(.holding, start: 100, count: 2)) == .timeout)
            for start in 200..<210 {
                #expect(
                    try bus.words(RegisterRange(.holding, start: start, count: 2), timing: patient)
                        == [UInt16(start), UInt16(start + 1)]
                )
            }
        }
    }

    private let patient = ReplyTiming(replyTime: .seconds(2), worstReply: .seconds(2))

    @Test func aReplyThatNobodyAskedForCostsTheConnectionAndNoValue() throws {
        try withTCPPeer { number, request in
            let reply = ModbusFrames.tcpAddresses(to: request)
            return [.send(number == 0 ? reply + reply : reply)]
        } body: { (bus, peer) throws in
            #expect(try bus.words(RegisterRange(.holding, start: 5, count: 2)) == [5, 6])
            #expect(try bus.words(RegisterRange(.holding, start: 7, count: 2)) == [7, 8])
            #expect(peer.connections == 2)
        }
    }

    @Test func aConnectionClosedBetweenReadsIsMadeAnewWithoutAnError() throws {
        try withTCPPeer { _, request in
            [.send(ModbusFrames.tcpAddresses(to: request)), .hangUp]
        } body: { (bus, peer) throws in
            #expect(try bus.words() == [0, 1])
            // The peer closes right after its reply; if it has not closed yet, the read itself finds out.
            let second = bus.failure()
            #expect(second == nil || second == .closedByPeer)
            #expect(peer.connections <= 2)
        }
    }

    @Test func tricklingBytesDoNotProlongTheDeadline() throws {
        try withTCPPeer { _, request in
            ModbusFrames.tcpAddresses(to: request).flatMap { [.send([$0]), .pause(.milliseconds(200))] }
        } body: { (bus, _) throws in
            let timing = ReplyTiming(replyTime: .seconds(1), worstReply: .seconds(1))
            let began = clock.uptime()
            guard case .badFrame = bus.failure(timing: timing) else {
                Issue.record("a reply that takes 2.6 s is none")
                return
            }
            let took = clock.uptime() - began
            #expect(took >= .milliseconds(990) && took < .milliseconds(1_100), "\(took)")
        }
    }

    @Test func transactionIdsDiffer() throws {
        try withTCPPeer { _, request in
            [.send(ModbusFrames.tcpAddresses(to: request))]
        } body: { (bus, peer) throws in
            for _ in 0..<3 { _ = try bus.words() }
            #expect(Set(peer.requests.map { $0.prefix(2) }).count == 3)
        }
    }

    @Test func aRefusedPortIsRefused() throws {
        let peer = ScriptedPeer { _, _ in [] }
        peer.stop()  // its port is free again, and nobody listens there
        let bus = ModbusBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock)
        #expect(bus.failure() == .tcpRefused)
        #expect(bus.counters.connectionFailures == 1)
    }

    @Test func aHostThatSwallowsConnectionsTimesOut() throws {
        let hole = FullListener()
        defer { hole.close() }
        let bus = ModbusBus(
            endpoint: .modbusTCP(host: "127.0.0.1", port: hole.port),
            time: clock,
            connectTimeout: .milliseconds(500)
        )
        let began = clock.uptime()
        #expect(bus.failure() == .tcpTimeout)
        let took = clock.uptime() - began
        #expect(took >= .milliseconds(490) && took < .milliseconds(700), "\(took)")
    }

    @Test func aNameThatDoesNotResolveIsNamedSo() throws {
        let bus = ModbusBus(endpoint: .modbusTCP(host: "no such host", port: 502), time: clock)
        guard case .nameUnknown = bus.failure() else {
            Issue.record("not nameUnknown")
            return
        }
    }
}
