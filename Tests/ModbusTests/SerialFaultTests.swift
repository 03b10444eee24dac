import Domain
import Modbus
import Platform
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct SerialFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: ModbusError.Kind
        var start = 0x0102
        var table = RegisterTable.holding
        var count = 2
        /// Whether what came is surely the reply, only damaged.
        var hasCome = false
        var reply: @Sendable (_ request: [UInt8]) -> [UInt8]
    }

    static let faults = [
        Fault(testDescription: "CRC error", kind: .crc, hasCome: true) {
            var reply = ModbusFrames.rtuAddresses(to: $0)
            reply[4] ^= 0x10
            return reply
        },
        Fault(testDescription: "wrong unit", kind: .foreignReply(UnitID(9))) {
            ModbusFrames.rtuAddresses(to: [9] + $0.dropFirst())
        },
        Fault(testDescription: "wrong unit with a CRC error: nobody's reply", kind: .crc) {
            [9] + ModbusFrames.rtuAddresses(to: $0).dropFirst()
        },
        Fault(testDescription: "wrong function code", kind: .badFrame("its function code is 4")) {
            ModbusFrames.rtuAddresses(to: [$0[0], 4] + $0.dropFirst(2))
        },
        Fault(testDescription: "fewer registers than asked for", kind: .badFrame("its byte count is 2, not 4")) {
            ModbusFrames.rtuReply(to: $0, words: [1])
        },
        Fault(testDescription: "byte count beyond any frame", kind: .badFrame("its byte count is beyond any frame's")) {
            ModbusFrames.rtu([$0[0], $0[1], 255, 0, 0])
        },
        Fault(testDescription: "truncated", kind: .badFrame("it broke off after 6 of 9 bytes")) {
            Array(ModbusFrames.rtuAddresses(to: $0).prefix(6))
        },
        Fault(testDescription: "exception 0", kind: .badFrame("exception code 0 does not exist")) {
            ModbusFrames.rtu([$0[0], $0[1] | 0x80, 0])
        },
        Fault(testDescription: "noise before the frame", kind: .crc) {
            [0, 0, 0, 0, 0, 0] + ModbusFrames.rtuAddresses(to: $0)
        },
        Fault(testDescription: "silence", kind: .timeout) { _ in [] },
        Fault(testDescription: "echo", kind: .echo, start: 0) { $0 },
        Fault(testDescription: "echo seen in part", kind: .echo) { $0 },
        Fault(testDescription: "echo, then the reply", kind: .echo) { $0 + ModbusFrames.rtuAddresses(to: $0) },
        Fault(testDescription: "echo that has a reply's shape", kind: .echo, start: 0x0305, table: .coil, count: 20) {
            $0
        },
    ]

    @Test(arguments: faults) func isNamedAndAReadOfTheSameLengthWaitsUntilNoLateReplyCanCome(_ fault: Fault) throws {
        let clock = ShiftedClock()
        try withSerialPeer(time: clock) { number, request in
            if number == 0 { return [.send(fault.reply(request))] }
            if request[1] == 1 {
                let bytes = (Int(request[4]) << 8 + Int(request[5]) + 7) / 8
                return [.send(ModbusFrames.rtu([1, 1, UInt8(bytes)] + [UInt8](repeating: 0, count: bytes)))]
            }
            return [.send(ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, peer) throws in
            let range = RegisterRange(fault.table, start: fault.start, count: fault.count)
            let longer = RegisterRange(fault.table, start: fault.start, count: fault.count + 8)
            func expected(_ range: RegisterRange) -> [UInt16] {
                (0..<range.count).map { range.table == .coil ? 0 : UInt16(range.start + $0) }
            }
            #expect(bus.failure(range) == fault.kind)
            let failed = clock.uptime()
            #expect(bus.restingUntil != nil)
            #expect(bus.isInDoubt(range, unit: UnitID(1), timing: quick) == !fault.hasCome)
            if !fault.hasCome { #expect(bus.failure(range) == .distrusted) }
            #expect(peer.requests.count == 1)
            // A request of another length is made at once.
            #expect(try bus.words(longer) == expected(longer))
            #expect(bus.restingUntil == nil)
            #expect(peer.requests.count == 2)
            #expect(peer.times[1] - failed >= .milliseconds(95), "the line rests for worstReply")
            clock.advance(by: quick.latestReply)
            #expect(try bus.words(range) == expected(range))
            #expect(peer.requests.count == 3)
        }
    }

    /// A transceiver that switches its direction, or a line without bias, adds such bytes.
    @Test(arguments: [[0], [0xFF], [0, 0], [0xFF, 0x00, 0xFE], [1, 3, 0, 0x80]] as [[UInt8]])
    func strayBytesBeforeAReplyAreDropped(_ strays: [UInt8]) throws {
        try withSerialPeer { _, request in
            [.send(strays + ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, _) throws in
            for count in [1, 2, 10, 40] {
                let range = RegisterRange(.holding, start: 100, count: count)
                #expect(try bus.words(range) == (100..<100 + count).map { UInt16($0) })
            }
            #expect(bus.counters.strayBytes == 4 * strays.count && bus.counters.crcErrors == 0)
        }
    }

    @Test func strayBytesBeforeAnExceptionAreDropped() throws {
        try withSerialPeer { _, request in
            [.send([0] + ModbusFrames.rtu([1, request[1] | 0x80, 2]))]
        } body: { (bus, _) throws in
            #expect(bus.failure() == .exception(2))
        }
    }

    @Test func aDamagedReplyBehindStrayBytesIsNoReply() throws {
        try withSerialPeer { _, request in
            var reply = ModbusFrames.rtuAddresses(to: request)
            reply[4] ^= 1
            return [.send([0] + reply)]
        } body: { (bus, _) throws in
            #expect(bus.failure() == .crc)
        }
    }

    /// Reserved ids are in use: 248 on power meters, 255 on solar chargers.
    @Test(arguments: [248, 250, 255] as [UInt8]) func aReservedUnitIDIsAskedAndItsReplyChecked(unit: UInt8) throws {
        try withSerialPeer { number, request in
            var reply = ModbusFrames.rtuAddresses(to: request)
            if number == 1 { reply[4] ^= 1 }
            if number == 2 { reply = ModbusFrames.rtuAddresses(to: [7] + request.dropFirst()) }
            return [.send(reply)]
        } body: { (bus, _) throws in
            #expect(try bus.words(RegisterRange(.holding, start: 3, count: 2), unit: unit) == [3, 4])
            #expect(bus.failure(RegisterRange(.holding, start: 3, count: 3), unit: unit) == .crc)
            #expect(bus.failure(RegisterRange(.holding, start: 3, count: 4), unit: unit) == .foreignReply(UnitID(7)))
        }
    }

    /// The reply comes while the line rests, so nothing is missing any more, and the device is known to be slow.
    @Test func aLateReplyThatFallsIntoTheRestEndsTheDoubt() throws {
        let timing = ReplyTiming(replyTime: .milliseconds(100), worstReply: .milliseconds(600))
        let clock = ShiftedClock()
        try withSerialPeer(time: clock) { number, request in
            [.pause(.milliseconds(number == 0 ? 300 : 0)), .send(ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, peer) throws in
            let range = RegisterRange(.holding, start: 5, count: 1)
            #expect(bus.failure(range, timing: timing) == .timeout)
            #expect(bus.isInDoubt(range, unit: UnitID(1), timing: timing))
            peer.whenIdle()
            clock.advance(by: timing.rest)
            #expect(!bus.isInDoubt(range, unit: UnitID(1), timing: timing))
            #expect(bus.takeLateReplies().map(\.unit) == [UnitID(1)])
            #expect(try bus.words(range) == [5])
        }
    }

    /// 0.7 s after the request, where 0.3 s were allowed and 1 s is the worst: it falls into the rest, and disturbs
    /// nothing.
    @Test func aLateReplyIsNeverAValue() throws {
        let timing = ReplyTiming(replyTime: .milliseconds(300), worstReply: .seconds(1))
        let clock = ShiftedClock()
        try withSerialPeer(time: clock) { number, request in
            (number == 0 ? [.pause(.milliseconds(700))] : []) + [.send(ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, _) throws in
            #expect(bus.failure(RegisterRange(.holding, start: 100, count: 2), timing: timing) == .timeout)
            for start in 200..<205 {
                let range = RegisterRange(.holding, start: start, count: 3)
                #expect(try bus.words(range, timing: timing) == (0..<3).map { UInt16(start + $0) })
            }
            clock.advance(by: timing.latestReply)
            #expect(try bus.words(RegisterRange(.holding, start: 200, count: 2), timing: timing) == [200, 201])
        }
    }

    /// A reply 5 s late for a `worst_reply` of 2 s. It comes at the worst moment, in place of the reply to a request of
    /// its own length, or of another.
    @Test(arguments: [1, 2, 3], [0, 1]) func aReplyFarLaterThanTheWorstIsNeverAValue(count: Int, longer: Int) throws {
        let timing = ReplyTiming(replyTime: .milliseconds(100), worstReply: .milliseconds(200))
        let late = Mutex<(reply: [UInt8], due: Uptime)?>(nil)
        let clock = ShiftedClock()
        try withSerialPeer(time: clock) { number, request in
            late.withLock { late in
                let reply = ModbusFrames.rtuAddresses(to: request)
                if number == 0 {
                    late = (reply, clock.uptime() + .milliseconds(500))
                    return []
                }
                guard let (stale, due) = late, due <= clock.uptime(), Int(request[5]) == count + longer || number > 20
                else { return [.send(reply)] }
                late = nil
                // It replaces the request's own reply.
                return [.send(stale)]
            }
        } body: { (bus, _) throws in
            var start = 100
            /// - Returns: whether there was a reply.
            func read(_ asked: Int) -> Bool {
                start = start % 60_000 + 1
                let range = RegisterRange(.holding, start: start, count: asked)
                do throws(ModbusError) {
                    let block = try bus.read(range, unit: UnitID(1), timing: timing)
                    #expect(block.words == (0..<asked).map { UInt16(start + $0) })
                    return true
                } catch {
                    #expect(bus.restingUntil != nil || error.kind == .distrusted)
                    return false
                }
            }
            #expect(!read(count))
            let latest = clock.uptime() + timing.latestReply
            var replies = 0
            while late.withLock({ $0 != nil }), clock.uptime() < latest {
                for asked in [count, count + 1] where read(asked) { replies += 1 }
            }
            #expect(replies > 0)
            clock.advance(by: timing.latestReply)
            #expect(read(count) && read(count + 1))
        }
    }

    @Test func aLateReplyOfOneUnitIsNeverAnothersValue() throws {
        let timing = ReplyTiming(replyTime: .milliseconds(100), worstReply: .milliseconds(50))
        let clock = ShiftedClock()
        try withSerialPeer(time: clock) { number, request in
            (number == 0 ? [.pause(.milliseconds(200))] : []) + [.send(ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, _) throws in
            #expect(bus.failure(RegisterRange(.holding, start: 100, count: 2), timing: timing) == .timeout)
            #expect(bus.failure(unit: 2, timing: timing) == .foreignReply(UnitID(1)))
            clock.advance(by: timing.latestReply)
            #expect(try bus.words(unit: 2, timing: timing) == [0, 1])
            #expect(try bus.words(unit: 1, timing: timing) == [0, 1])
        }
    }

    /// The first request's answer, an exception, comes in place of the second's; the second's comes in place of the
    /// third's.
    @Test func anExceptionThatMayBeALateOneLeavesItsOwnRequestInDoubt() throws {
        try withSerialPeer { number, request in
            switch number {
            case 0: []
            case 1: [.send(ModbusFrames.rtu([1, 0x83, 2]))]
            default: [.send(ModbusFrames.rtuReply(to: request, words: [7, 7, 7].prefix(Int(request[5])).map { $0 }))]
            }
        } body: { (bus, _) throws in
            #expect(bus.failure(RegisterRange(.holding, start: 0, count: 2)) == .timeout)
            let second = RegisterRange(.holding, start: 10, count: 3)
            #expect(bus.failure(second) == .exception(2))
            #expect(bus.isInDoubt(second, unit: UnitID(1), timing: quick))
            #expect(bus.failure(RegisterRange(.holding, start: 20, count: 3)) == .distrusted)
            #expect(try bus.words(RegisterRange(.holding, start: 20, count: 1)) == [7])
        }
    }

    @Test(arguments: 1...11) func exceptionsCostNoRest(code: UInt8) throws {
        try withSerialPeer { number, request in
            [.send(number == 0 ? ModbusFrames.rtu([1, 0x83, code]) : ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, peer) throws in
            #expect(bus.failure() == .exception(code))
            #expect(bus.restingUntil == nil)
            #expect(try bus.words() == [0, 1])
            #expect(peer.requests.count == 2)
        }
    }

    /// At 1200 baud 8 characters and a reply of 55 take 0.525 s; with 0.5 s until it begins the deadline is 1.025 s.
    @Test func tricklingBytesDoNotProlongTheDeadline() throws {
        try withSerialPeer(baud: 1_200) { _, request in
            ModbusFrames.rtuAddresses(to: request).flatMap { [.send([$0]), .pause(.milliseconds(100))] }
        } body: { (bus, _) throws in
            let timing = ReplyTiming(replyTime: .milliseconds(500), worstReply: .milliseconds(100))
            let began = clock.uptime()
            guard case .badFrame = bus.failure(RegisterRange(.holding, start: 0, count: 25), timing: timing) else {
                Issue.record("a reply that takes 5.5 s is none")
                return
            }
            let took = clock.uptime() - began
            #expect(took >= .milliseconds(1_015) && took < .milliseconds(1_127), "\(took)")
        }
    }

    /// At 300 baud 3.5 characters are 117 ms.
    @Test func framesKeepTheirSilence() throws {
        try withSerialPeer(baud: 300) { _, request in
            [.send(ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, peer) throws in
            let first = try bus.read(RegisterRange(.holding, start: 0, count: 2), unit: UnitID(1), timing: quick)
            _ = try bus.words()
            let gap = peer.times[1] - first.arrived
            #expect(gap >= .milliseconds(116) && gap < .milliseconds(200), "\(gap)")
        }
    }

    @Test func noiseBetweenReadsIsFlushed() throws {
        let line = PseudoTerminal()
        defer { line.close() }
        let peer = ScriptedPeer(on: line) { _, request in
            [.send(ModbusFrames.rtuAddresses(to: request) + [0, 0xFF, 0x55])]
        }
        defer { peer.stop() }
        let bus = ModbusBus(endpoint: .serialLine(path: line.path, settings: .init(baud: 300)), time: clock)
        for start in 0..<3 {
            let range = RegisterRange(.input, start: start, count: 2)
            #expect(try bus.words(range) == [UInt16(start), UInt16(start + 1)])
        }
    }

    @Test func rawFramesAndCountersCanBeSeen() throws {
        try withSerialPeer { number, request in
            [.send(number == 0 ? ModbusFrames.rtu([1, 0x83, 2]) : ModbusFrames.rtuAddresses(to: request))]
        } body: { (bus, _) throws in
            var frames: [String] = []
            bus.trace = { frame in
                let hex = frame.bytes.map { String($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
                frames.append((frame.direction == .sent ? "> " : "< ") + hex)
            }
            // The request of the Modbus application protocol 1.1b3, section 6.3, with its CRC.
            #expect(bus.failure(RegisterRange(.holding, start: 0x6B, count: 3)) == .exception(2))
            #expect(try bus.words(RegisterRange(.holding, start: 0x6B, count: 3)) == [0x6B, 0x6C, 0x6D])
            #expect(frames.prefix(2) == ["> 01 03 00 6b 00 03 74 17", "< 01 83 02 c0 f1"])
            #expect(frames.count == 4)
            #expect(bus.counters.bytesSent == 16)
            #expect(bus.counters.bytesReceived == 16)
            #expect(bus.counters.exceptions == 1 && bus.counters.replies == 1 && bus.counters.requests == 2)
            #expect(bus.counters.busy > .zero)
        }
    }
}
