import Domain
import Glibc
import Testing

@testable import Control

/// One connection over a real socket, with a clock that the test moves.
@Suite(.timeLimit(.minutes(1))) final class ControlConnectionTests {
    private let far: Int32
    private var near: ControlConnection

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        far = ends[0]
        near = ControlConnection(client: 1, descriptor: ends[1], mayChange: true, now: Self.at(0))
    }

    deinit {
        close(far)
        close(near.descriptor)
    }

    private static func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: Int64(seconds * 1_000_000_000)) }

    private func write(_ text: String) { #expect(ControlSocket.send(Array(text.utf8), to: far)) }

    private func receive(at seconds: Double) -> ControlConnection.State { near.receive(now: Self.at(seconds)) }

    private func next() -> String { near.nextRequest(now: Self.at(1)) }

    private func answer(_ line: [UInt8], at seconds: Double = 1) -> ControlConnection.State {
        near.answer(line, now: Self.at(seconds))
    }

    @Test func aRequestMustBeCompleteInTime() {
        write("st")
        #expect(receive(at: 100) == .open)
        #expect(near.deadline == Self.at(100) + ControlConnection.requestTime)
        // Byte by byte it does not get more time.
        write("a")
        #expect(receive(at: 104) == .open)
        #expect(near.deadline == Self.at(100) + ControlConnection.requestTime)
        write("tus\n")
        #expect(receive(at: 104.5) == .open)
        #expect(near.deadline == nil && near.hasRequest)
    }

    @Test func anIdleConnectionHasNoDeadline() {
        #expect(near.deadline == nil && !near.isOwed)
    }

    @Test func anAnswerMustBeTakenInTime() {
        write("a\n")
        #expect(receive(at: 1) == .open)
        #expect(next() == "a")
        #expect(near.deadline == nil && near.isOwed)
        let big = [UInt8](repeating: 65, count: 4 << 20)
        #expect(answer(big, at: 50) == .open)
        #expect(near.waiting > 0 && near.isOwed)
        #expect(near.deadline == Self.at(50) + ControlConnection.answerTime)
        // While the answer is pending, no other request is served and not much is read.
        write(String(repeating: "b\n", count: 20_000))
        for _ in 0..<8 { #expect(receive(at: 51) == .open) }
        #expect(!near.hasRequest)
        #expect(near.events & Int16(POLLOUT) != 0)
    }

    @Test func oneRequestAtATimeIsServed() {
        write("a\nb\n")
        #expect(receive(at: 1) == .open)
        #expect(next() == "a")
        #expect(!near.hasRequest)
        #expect(answer([65], at: 2) == .open)
        #expect(near.hasRequest && next() == "b")
        // Each request is answered once; a second answer is ignored.
        #expect(answer([66], at: 3) == .open)
        #expect(answer([67], at: 3) == .open)
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = recv(far, &bytes, bytes.count, 0)
        #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "A\nB\n")
    }

    @Test func whoHasFinishedAskingStillGetsItsAnswers() {
        write("a\nb\nrest")
        #expect(shutdown(far, Int32(SHUT_WR)) == 0)
        #expect(receive(at: 1) == .open)
        #expect(receive(at: 1) == .open)
        #expect(next() == "a")
        #expect(answer([65], at: 1) == .open)
        #expect(next() == "b")
        #expect(answer([66], at: 1) == .over)
    }

    @Test func aRequestWithoutAnEndIsNone() {
        let piece = String(repeating: "A", count: 16_384)
        for _ in 0..<4 {
            write(piece)
            #expect(receive(at: 1) == .open)
        }
        write("A")
        #expect(receive(at: 1) == .over)
    }
}
