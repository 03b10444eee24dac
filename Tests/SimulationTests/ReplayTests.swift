import Domain
import Platform
@testable import Simulation
import Synchronization
import TestSupport
import Testing

@Suite struct `A recording played back` {
    private let request = SerialFrame.frame(unit: 1, pdu: [3, 0, 0, 0, 2])
    private func reply(_ low: UInt8) -> [UInt8] { SerialFrame.frame(unit: 1, pdu: [3, 4, 0x80, 0x6B, 0x42, low]) }

    private func answers(_ slaves: inout RecordedSlaves, _ frame: [UInt8]) -> [UInt8]? {
        if case .reply(let reply, _) = slaves.answer(frame, at: 0) { return reply.bytes }
        return nil
    }

    @Test func `gives each request its replies in their order, over and over`() {
        var slaves = RecordedSlaves(
            [
                BusExchange(request: request, reply: reply(0x12), latency: .milliseconds(1)),
                BusExchange(request: request, reply: nil, latency: .zero),
                BusExchange(request: request, reply: [1, 0x83, 2, 0xC0, 0xF1], latency: .zero),
            ],
            framing: .rtu
        ) { _ in }
        #expect(answers(&slaves, request) == reply(0x12))
        #expect(answers(&slaves, request) == nil)
        #expect(answers(&slaves, request) == [1, 0x83, 2, 0xC0, 0xF1])
        #expect(answers(&slaves, request) == reply(0x12))
    }

    @Test func `keeps silent about what was never asked, and tells of it`() {
        let told = Mutex<[[UInt8]]>([])
        let other = SerialFrame.frame(unit: 2, pdu: [3, 0, 0, 0, 2])
        var slaves = RecordedSlaves([.init(request: request, reply: reply(0x12), latency: .zero)], framing: .rtu) {
            frame in told.withLock { $0.append(frame) }
        }
        #expect(answers(&slaves, other) == nil)
        #expect(told.withLock { $0 } == [other])
    }

    @Test func `answers over TCP to the transaction that asks`() {
        let recorded: [UInt8] = [0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1]
        let back: [UInt8] = [0, 1, 0, 0, 0, 5, 1, 3, 2, 0xAB, 0xCD]
        var slaves = RecordedSlaves(
            [
                .init(request: recorded, reply: back, latency: .zero),
                .init(request: recorded, reply: [9, 9] + back.dropFirst(2), latency: .zero),
            ],
            framing: .mbap
        ) { _ in }
        let asked: [UInt8] = [0x12, 0x34] + recorded.dropFirst(2)
        #expect(answers(&slaves, asked) == [0x12, 0x34] + back.dropFirst(2))
        // A reply to another transaction was wrong in the recording and stays wrong.
        #expect(answers(&slaves, asked) == [9, 9] + back.dropFirst(2))
    }

    @Test func `takes the time that it took on site, on a pty and over TCP`() throws {
        let clock = SystemClock()
        let folder = try ScratchFolder()
        let latency = Duration.milliseconds(60)
        let serial = try Replay(
            [.init(request: request, reply: reply(0x12), latency: latency)],
            at: .serialLine(path: folder.path + "/line", settings: SerialSettings()),
            time: clock
        ) { _ in }
        defer { serial.stop() }
        let line = try LineEnd(folder.path + "/line")
        let began = clock.uptime()
        #expect(line.exchange(request, bytes: 9) == reply(0x12))
        #expect(clock.uptime() - began >= latency)
        #expect(serial.statistics.answered == 1)

        let port = try freePort()
        let question: [UInt8] = [0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1]
        let answer: [UInt8] = [0, 1, 0, 0, 0, 5, 1, 3, 2, 0xAB, 0xCD]
        let tcp = try Replay(
            [.init(request: question, reply: answer, latency: latency)],
            at: .modbusTCP(host: "127.0.0.1", port: port),
            time: clock
        ) { _ in }
        defer { tcp.stop() }
        let asked = clock.uptime()
        #expect(try LineEnd(port: port).exchange(question, bytes: 11) == answer)
        #expect(clock.uptime() - asked >= latency)
    }
}
