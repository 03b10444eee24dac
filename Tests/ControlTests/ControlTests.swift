import Foundation
import Glibc
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Control

@Suite(.timeLimit(.minutes(1))) struct ControlTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder.path + "/control.sock" }

    private func server(
        _ answer: @escaping @Sendable (String) -> [UInt8] = { Array("<\($0)>".utf8) }
    ) throws -> ControlServer {
        try ControlServer(path: path, answer: answer)
    }

    private func code(_ body: () throws -> Void) -> Int32? {
        do {
            try body()
            return nil
        } catch {
            return (error as? SystemError)?.code
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func aRequestIsAnswered() throws {
        let server = try server()
        defer { server.stop() }
        let client = try ControlClient(path: path)
        #expect(text(try client.ask("status")) == "<status>")
        #expect(text(try client.ask("again")) == "<again>")
    }

    /// Slow work never delays the server's thread.
    @Test func anAnswerMayComeLaterFromAnotherThread() throws {
        let calls = Mutex<[ControlCall]>([])
        let server = try ControlServer(
            path: path,
            call: { call in
                guard call.request == "now" else { return calls.withLock { $0.append(call) } }
                for waiting in calls.withLock({ $0 }) { waiting.answer(Array("late".utf8)) }
                call.answer(Array("soon".utf8))
            },
            gone: { _ in }
        )
        defer { server.stop() }
        let patient = try ControlClient(path: path)
        let path = path
        let asked = DispatchSemaphore(value: 0)
        let other = Thread {
            asked.wait()
            // Ask until the first one's request was seen, and answer with it.
            while calls.withLock({ $0.isEmpty }) { sched_yield() }
            _ = try? ControlClient(path: path).ask("now")
        }
        other.start()
        asked.signal()
        #expect(text(try patient.ask("later")) == "late")
    }

    @Test func theKernelSaysWhoAsks() throws {
        let server = try ControlServer(
            path: path,
            call: { $0.answer(Array("\($0.user.map(String.init) ?? "nobody")".utf8)) },
            gone: { _ in }
        )
        defer { server.stop() }
        #expect(text(try ControlClient(path: path).ask("who")) == "\(getuid())")
    }

    @Test func whatIsAskedToBeComputedAgainComesThroughAsItWasSaid() throws {
        let request = RecomputeRequest(
            from: "2026-11-01",
            to: "2026-11-02",
            reason: "kartu \"rusak\"\nsejak kemarin",
            by: "sari"
        )
        #expect(!request.line.contains("\n"))
        let json = try #require(ControlRequest.arguments(of: request.line, after: ControlRequest.recompute))
        #expect(RecomputeRequest(json: json) == request)
        // A client of an earlier version gives no reason.
        #expect(RecomputeRequest(json: "2026-11-01 2026-11-02") == nil)
    }

    @Test func aClientThatHasGoneIsTold() throws {
        let gone = Mutex<Int?>(nil)
        let asked = Mutex<Int?>(nil)
        let told = DispatchSemaphore(value: 0)
        let server = try ControlServer(
            path: path,
            call: { call in
                asked.withLock { $0 = call.client }
                call.answer([65])
            },
            gone: { client in
                gone.withLock { $0 = client }
                told.signal()
            }
        )
        defer { server.stop() }
        _ = try ControlClient(path: path).ask("status")
        #expect(told.wait(timeout: .now() + 20) == .success)
        #expect(gone.withLock { $0 } != nil && gone.withLock { $0 } == asked.withLock { $0 })
    }

    @Test func anAnswerOfAMegabyteArrivesWhole() throws {
        let big = [UInt8](repeating: 65, count: 1 << 20)
        let server = try server { _ in big }
        defer { server.stop() }
        #expect(try ControlClient(path: path).ask("status") == big)
    }

    @Test func manyClientsAreAnsweredEach() throws {
        let server = try server()
        defer { server.stop() }
        let clients = try (0..<16).map { _ in try ControlClient(path: path) }
        for (index, client) in clients.enumerated() { #expect(text(try client.ask("\(index)")) == "<\(index)>") }
    }

    @Test func aSocketOfAFormerDaemonIsReplaced() throws {
        // Bound and closed without being removed, as after a killed daemon.
        let stale = try ControlSocket.make()
        #expect(try ControlSocket.withAddress(path) { bind(stale, $0, $1) } == 0)
        close(stale)
        #expect(code { _ = try ControlClient(path: path) } == ECONNREFUSED)
        let server = try server()
        defer { server.stop() }
        #expect(text(try ControlClient(path: path).ask("a")) == "<a>")
    }

    @Test func aFileThatIsNoSocketIsNotRemoved() throws {
        try folder.write("precious", to: "control.sock")
        #expect(code { try server().stop() } == EADDRINUSE)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test func aSecondServerIsRefusedAndTheFirstLivesOn() throws {
        let server = try server()
        defer { server.stop() }
        #expect(code { try self.server().stop() } == EADDRINUSE)
        #expect(text(try ControlClient(path: path).ask("a")) == "<a>")
    }

    @Test func onlyOwnerAndGroupMayAsk() throws {
        let server = try server()
        defer { server.stop() }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
    }

    @Test func theSocketGoesWithTheServer() throws {
        let server = try server()
        server.stop()
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(code { _ = try ControlClient(path: path) } == ENOENT)
        server.stop()
    }

    /// The kernel's `sun_path` has 107 bytes and a NUL.
    @Test(arguments: [108, 4_000]) func aPathThatIsTooLongIsATypedError(length: Int) {
        let path = "/tmp/" + String(repeating: "x", count: length - 5)
        #expect(code { try ControlServer(path: path) { _ in [] }.stop() } == ENAMETOOLONG)
        #expect(code { _ = try ControlClient(path: path) } == ENAMETOOLONG)
    }

    @Test func aFolderThatIsNotThereIsATypedError() {
        #expect(code { try ControlServer(path: "/nowhere/at/all.sock") { _ in [] }.stop() } == ENOENT)
    }

    @Test func aClientThatDoesNotReadDoesNotBlockTheOthersForEver() throws {
        let big = [UInt8](repeating: 65, count: 4 << 20)
        let server = try server { $0 == "big" ? big : Array("<\($0)>".utf8) }
        defer { server.stop() }
        let mute = try ControlSocket.connect(path)
        defer { close(mute) }
        #expect(ControlSocket.send(Array("big\n".utf8), to: mute))
        #expect(text(try ControlClient(path: path).ask("a")) == "<a>")
    }

    @Test func aRequestWithoutAnEndIsGivenUp() throws {
        let server = try server()
        defer { server.stop() }
        let endless = try ControlSocket.connect(path)
        defer { close(endless) }
        _ = ControlSocket.send([UInt8](repeating: 65, count: 128 * 1_024), to: endless)
        var byte: UInt8 = 0
        #expect(recv(endless, &byte, 1, 0) <= 0)
        #expect(text(try ControlClient(path: path).ask("a")) == "<a>")
    }

    @Test func aServerThatEndsIsAConnectionLost() throws {
        let server = try server()
        let client = try ControlClient(path: path)
        _ = try client.ask("a")
        server.stop()
        let code = code { _ = try client.ask("b") }
        #expect(code == ECONNRESET || code == EPIPE)
    }
}
