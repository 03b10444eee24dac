import Domain
import Glibc
import TestSupport
import Testing

@testable import Control

/// Requests of every kind on both sockets: the next client still gets an answer.
@Suite(.timeLimit(.minutes(30))) struct RequestFuzzTests {
    private static let seeds = [
        "status",
        ControlRequest.borrow(
            BorrowedRead(
                bus: "line",
                endpoint: "/dev/ttyUSB0",
                unit: UnitID(1),
                range: RegisterRange(.holding, start: 0, count: 2),
                replyTime: .seconds(1),
                worstReply: .seconds(1),
                listen: .zero,
                patience: .zero
            )
        ), RecomputeRequest(from: "2026-11-21", to: "2026-11-22", reason: "a test", by: "a").line,
        ControlRequest.saveIndicators,
        "take line", "release line",
    ].map { Array($0.utf8) }

    private static let words =
        ["\n", "\n\n", "\0", "\r\n", " ", "{", "\"", ":", "-1", "1e99", "[", "\u{202E}", "é"]
        .map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], Array(repeating: 0x5B, count: 3_000)]

    @Test func `a server goes on answering on both sockets, whatever they are sent`() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/control.sock"
        let server = try ControlServer(
            path: path,
            call: { call in
                // Read as the daemon reads it, from either socket.
                for word in [ControlRequest.borrow, ControlRequest.recompute, ControlRequest.take] {
                    guard let text = ControlRequest.arguments(of: call.request, after: word) else { continue }
                    _ = BorrowedRead(json: text)?.range
                    _ = RecomputeRequest(json: text)
                }
                call.answer(Array("<\(call.request.utf8.count)>".utf8))
            },
            gone: { _ in }
        )
        defer { server.stop() }
        let paths = [path, ControlSocket.readingPath(of: path)]
        for var chance in FuzzRounds("control requests", 150) {
            let clients = try (0..<4).map { _ in try ControlSocket.connect(chance.one(of: paths)) }
            for client in clients {
                for _ in 0..<chance.next(in: 0..<8) {
                    let line =
                        chance.isLucky(oneIn: 4)
                        ? chance.bytes(chance.next(in: 0..<chance.one(of: [20, 2_000, 70_000])))
                        : chance.bent(chance.one(of: Self.seeds), with: Self.words)
                    guard ControlSocket.send(line + (chance.isLucky(oneIn: 8) ? [] : [10]), to: client) else { break }
                    if chance.isLucky(oneIn: 3) {
                        var answer = [UInt8](repeating: 0, count: 100)
                        _ = recv(client, &answer, answer.count, Int32(MSG_DONTWAIT))
                    }
                }
                if chance.isLucky(oneIn: 4) { shutdown(client, Int32(SHUT_WR)) }
            }
            for path in paths {
                #expect(try ControlClient(path: path).ask("abc", within: .seconds(20)) == Array("<3>".utf8))
            }
            for client in clients { close(client) }
        }
    }
}
