import Domain
import Glibc
import Modbus
import Platform
import Synchronization
import TestSupport
import Testing

/// Several requests that are sent in one segment, before the first is answered.
@Suite(.serialized) struct SeveralRequestsTests {
    private static let ranges = [5, 200, 300].map { RegisterRange(.holding, start: $0, count: 2) }

    private struct Outcome {
        var blocks: [RegisterBlock] = []
        var failures: [ModbusError.Kind] = []
    }

    /// What three requests at once bring, when the peer sends that at the third of them.
    private func outcome(
        timing: ReplyTiming = patient,
        _ answer: @escaping @Sendable (_ requests: [[UInt8]]) -> [ScriptedPeer.Step],
        then check: (ModbusBus, ScriptedPeer, Outcome) throws -> Void
    ) throws {
        let held = Mutex<[[UInt8]]>([])
        try withTCPPeer { number, request in
            if number == 0 || number > 3 { return [.send(ModbusFrames.tcpAddresses(to: request))] }
            let requests = held.withLock { held in
                held.append(request)
                return held
            }
            return number == 3 ? answer(requests) : []
        } body: { (bus, peer) throws in
            #expect(try bus.words() == [0, 1])  // connects
            #expect(try bus.ask(Self.ranges, unit: UnitID(1), timing: timing) != nil)
            var outcome = Outcome()
            while let deadline = bus.deadline {
                do throws(ModbusError) {
                    if let block = try bus.collect() {
                        outcome.blocks.append(block)
                        continue
                    }
                    var waited = pollfd(fd: bus.socket ?? -1, events: Int16(POLLIN), revents: 0)
                    let left = (deadline - clock.uptime()).wholeMilliseconds + 1
                    if poll(&waited, 1, Int32(max(0, left))) == 0 { try bus.giveUp() }
                } catch {
                    outcome.failures.append(error.kind)
                }
            }
            try check(bus, peer, outcome)
            #expect(try bus.words() == [0, 1])
        }
    }

    private func words(_ outcome: Outcome) -> [[UInt16]] { outcome.blocks.map(\.words) }

    @Test func `replies that come together are each request's own`() throws {
        try outcome {
            [.send($0.flatMap(ModbusFrames.tcpAddresses))]
        } then: { bus, peer, outcome in
            #expect(words(outcome) == [[5, 6], [200, 201], [300, 301]])
            #expect(outcome.blocks.map(\.range) == Self.ranges)
            #expect(outcome.failures.isEmpty)
            #expect(bus.counters.requests == 4 && bus.counters.replies == 4)
            #expect(bus.counters.bytesReceived == 4 * 13)
            #expect(peer.connections == 1)
        }
    }

    @Test func `replies that are torn anywhere are put together`() throws {
        let torn: @Sendable ([[UInt8]]) -> [ScriptedPeer.Step] = { requests in
            let bytes = requests.flatMap(ModbusFrames.tcpAddresses)
            return stride(from: 0, to: bytes.count, by: 5).flatMap { start in
                [.send(Array(bytes[start..<min(start + 5, bytes.count)])), .pause(.milliseconds(2))]
            }
        }
        try outcome(torn) { _, peer, outcome in
            #expect(words(outcome) == [[5, 6], [200, 201], [300, 301]])
            #expect(peer.connections == 1)
        }
    }

    @Test func `an exception is one request's and leaves the others`() throws {
        let refusing: @Sendable ([[UInt8]]) -> [ScriptedPeer.Step] = { requests in
            [
                .send(ModbusFrames.tcpAddresses(to: requests[0])),
                .send(ModbusFrames.tcp(to: requests[1], [1, 0x83, 2])),
                .send(ModbusFrames.tcpAddresses(to: requests[2])),
            ]
        }
        try outcome(refusing) { _, peer, outcome in
            #expect(words(outcome) == [[5, 6], [300, 301]])
            #expect(outcome.failures == [.exception(2)])
            #expect(peer.connections == 1)
        }
    }

    @Test func `replies in another order are an error and no value`() throws {
        try outcome {
            [.send($0.reversed().flatMap(ModbusFrames.tcpAddresses))]
        } then: { _, peer, outcome in
            #expect(outcome.blocks.isEmpty)
            guard case .foreignTransaction = outcome.failures.first else {
                Issue.record("\(outcome.failures)")
                return
            }
        }
    }

    @Test func `a missing reply ends what was asked with it, and costs no value that came`() throws {
        let first: @Sendable ([[UInt8]]) -> [ScriptedPeer.Step] = { [.send(ModbusFrames.tcpAddresses(to: $0[0]))] }
        try outcome(timing: quick, first) { bus, _, outcome in
            #expect(words(outcome) == [[5, 6]])
            #expect(outcome.failures == [.timeout])
            #expect(bus.socket == nil)
        }
    }

    @Test func `a byte after the last reply costs the connection`() throws {
        try outcome {
            [.send($0.flatMap(ModbusFrames.tcpAddresses) + [0])]
        } then: { bus, _, outcome in
            #expect(words(outcome) == [[5, 6], [200, 201], [300, 301]])
            #expect(bus.socket == nil)
        }
    }

    @Test func `each reply has its own time, from when the one before had come`() throws {
        let timing = ReplyTiming(replyTime: .milliseconds(400), worstReply: .milliseconds(400))
        let slow: @Sendable ([[UInt8]]) -> [ScriptedPeer.Step] = { requests in
            requests.flatMap { [.pause(.milliseconds(200)), .send(ModbusFrames.tcpAddresses(to: $0))] }
        }
        try outcome(timing: timing, slow) { _, _, outcome in
            #expect(words(outcome) == [[5, 6], [200, 201], [300, 301]])
        }
    }
}
