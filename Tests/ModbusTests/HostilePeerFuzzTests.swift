import Domain
import Glibc
import Modbus
import Platform
import Synchronization
import TestSupport
import Testing

/// Bytes of every kind in place of replies: a read fails, or returns what the peer answered to that very request.
@Suite(.serialized) struct HostilePeerFuzzTests {
    private static let timing = ReplyTiming(replyTime: .milliseconds(30), worstReply: .milliseconds(2))

    /// A clock that the test moves: what the bus distrusts, it distrusts until then, however slow the machine is.
    private final class StandingClock: TimeSource {
        private let now = Mutex(clock.uptime())

        func uptime() -> Uptime { now.withLock { $0 } }
        func stamp(at uptime: Uptime) -> Stamp { clock.stamp(at: uptime) }
        func advance(by duration: Duration) { now.withLock { $0 = $0 + duration } }
    }

    /// The lines that RTU or ASCII can come on.
    enum Line: CaseIterable {
        case serial, serialASCII, server, serverASCII

        var isASCII: Bool { self == .serialASCII || self == .serverASCII }
        var isServer: Bool { self == .server || self == .serverASCII }
    }

    @Test(arguments: Line.allCases) func `a line gives no wrong value, whatever comes on it`(_ kind: Line) throws {
        let framing = kind.isASCII ? ModbusFraming.ascii : .rtu
        for var chance in FuzzRounds("bytes on a line: \(kind)", 4) {
            let replies = HostileReplies(chance, serial: true)
            let standing = StandingClock()
            let line = PseudoTerminal()
            defer { line.close() }
            let script: ScriptedPeer.Script = { number, request in
                guard kind.isASCII else { return replies.steps(number, request) }
                return replies.steps(number, Self.bytes(of: request)).map(Self.inCharacters)
            }
            let length = kind.isASCII ? 17 : 8
            let peer =
                kind.isServer
                ? ScriptedPeer(tcp: script, requestLength: length)
                : ScriptedPeer(on: line, requestLength: length, script: script)
            defer { peer.stop() }
            let settings = SerialSettings(baud: 115_200)
            let endpoint: ModbusEndpoint =
                kind.isServer
                ? .lineOverTCP(host: "127.0.0.1", port: peer.port, framing: framing, settings: settings)
                : .serialLine(path: line.path, settings: settings, framing: framing)
            let bus = ModbusBus(endpoint: endpoint, time: standing)
            var values = 0
            for _ in 0..<100 {
                if chance.isLucky(oneIn: 12) {
                    // No earlier reply may come later than the bus expects.
                    peer.whenIdle()
                    replies.forgetLate()
                    standing.advance(by: Self.timing.latestReply)
                }
                if !kind.isServer, chance.isLucky(oneIn: 6) { line.say(chance.bytes(1 + chance.next(in: 0..<30))) }
                let (range, unit) = (chance.range(), UnitID(UInt8(1 + chance.next(in: 0..<2))))
                // Errors of every kind are expected.
                guard let block = try? bus.read(range, unit: unit, timing: Self.timing) else { continue }
                values += 1
                let last = try #require(replies.last)
                #expect(last.request.starts(with: Self.request(range, unit)))
                #expect(last.words == block.words, "\(range) of \(unit)")
            }
            #expect(values > 5, "\(replies.counts)")
        }
    }

    /// The RTU request that a request in ASCII stands for.
    private static func bytes(of request: [UInt8]) -> [UInt8] {
        let digits = Array(String(decoding: request.dropFirst().prefix(12), as: UTF8.self))
        return ModbusFrames.rtu(
            stride(from: 0, to: 12, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 }
        )
    }

    /// The same step in ASCII: a frame whose checksum is wrong in RTU has a wrong one there too.
    private static func inCharacters(_ step: ScriptedPeer.Step) -> ScriptedPeer.Step {
        guard case .send(let bytes) = step, bytes.count > 3 else { return step }
        let body = Array(bytes.dropLast(2))
        let isRight = ModbusFrames.rtu(body) == bytes
        let sum = body.reduce(UInt8(0), &+)
        let whole = body + [(0 &- sum) &+ (isRight ? 0 : 1)]
        let text = whole.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        return .send(Array(":\(text)\r\n".utf8))
    }

    @Test func `Modbus TCP gives no wrong value, whatever comes`() throws {
        for var chance in FuzzRounds("bytes over Modbus TCP", 6) {
            let replies = HostileReplies(chance, serial: false)
            let peer = ScriptedPeer(tcp: { replies.steps($0, $1) })
            defer { peer.stop() }
            let bus = ModbusBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock)
            var transactions: [UInt16] = []
            bus.trace = { frame in
                let bytes = frame.bytes
                guard frame.direction == .sent else { return }
                transactions = stride(from: 0, to: bytes.count, by: 12).map {
                    UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
                }
            }
            var values = 0
            func check(_ block: RegisterBlock, _ index: Int, _ unit: UnitID) {
                values += 1
                let answer = replies.answered(transactions[index])
                #expect(answer?.request.dropFirst(6).elementsEqual(Self.request(block.range, unit)) == true)
                #expect(answer?.words == block.words, "\(block.range) of \(unit)")
            }
            for _ in 0..<100 {
                let unit = UnitID(UInt8(1 + chance.next(in: 0..<2)))
                guard bus.socket != nil, chance.isLucky(oneIn: 2) else {
                    // Errors of every kind are expected.
                    if let block = try? bus.read(chance.range(), unit: unit, timing: Self.timing) {
                        check(block, 0, unit)
                    }
                    continue
                }
                let ranges = (0...chance.next(in: 0..<4)).map { _ in chance.range() }
                for (index, block) in Self.askAll(bus, ranges, unit).enumerated() { check(block, index, unit) }
            }
            #expect(values > 20, "\(replies.counts)")
        }
    }

    /// Sends several requests in one segment, as the event loop does; returns what came until the first error.
    private static func askAll(_ bus: ModbusBus, _ ranges: [RegisterRange], _ unit: UnitID) -> [RegisterBlock] {
        var blocks: [RegisterBlock] = []
        if let first = ranges.first { bus.dropUnlessReady(for: first, unit: unit) }
        guard bus.socket != nil else { return [] }
        do {
            _ = try bus.ask(ranges, unit: unit, timing: timing)
            while let deadline = bus.deadline {
                if clock.uptime() >= deadline { try bus.giveUp() }
                if let block = try bus.collect() {
                    blocks.append(block)
                    continue
                }
                var waited = pollfd(fd: bus.socket ?? -1, events: Int16(POLLIN), revents: 0)
                poll(&waited, 1, 5)
            }
        } catch {
            // An exception leaves the others unanswered; they do not matter here.
            bus.close()
        }
        return blocks
    }

    private static func request(_ range: RegisterRange, _ unit: UnitID) -> [UInt8] {
        [unit.number, range.table.functionCode]
            + [range.start, range.count].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
}

extension PseudoTerminal {
    /// Sends unasked bytes.
    fileprivate func say(_ bytes: [UInt8]) { _ = write(master, bytes, bytes.count) }
}
