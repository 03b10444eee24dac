import Foundation
import Glibc
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Control

/// Clients that try to keep others out, and one that asks for the status beside them.
@Suite(.timeLimit(.minutes(2))) struct ControlAttackTests {
    private static let big = [UInt8](repeating: 65, count: 1 << 20)

    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder.path + "/control.sock" }
    private var readingPath: String { folder.path + "/control-status.sock" }

    private func server() throws -> ControlServer {
        try ControlServer(path: path) { $0 == "big" ? Self.big : Array("<\($0)>".utf8) }
    }

    /// Asks over both sockets, within two seconds each.
    private func expectAnswers(_ place: SourceLocation = #_sourceLocation) throws {
        for path in [path, readingPath] {
            let client = try ControlClient(path: path)
            let answer = try client.ask("status", within: .seconds(2))
            #expect(String(decoding: answer, as: UTF8.self) == "<status>", sourceLocation: place)
        }
    }

    private func connections(_ count: Int, saying text: String = "") throws -> [Int32] {
        try [path, readingPath].flatMap { path in
            try (0..<count).map { _ in
                let connection = try ControlSocket.connect(path)
                // A connection closed to make room accepts nothing more.
                _ = ControlSocket.send(Array(text.utf8), to: connection)
                return connection
            }
        }
    }

    /// An idle client; a byte without a newline; an answer that is never read.
    @Test(arguments: ["", "s", "big\n", "status\nstatus\nstatus\n"])
    func aStatusIsAnsweredBesideManyThatHold(text: String) throws {
        let server = try server()
        defer { server.stop() }
        let held = try connections(40, saying: text)
        defer { for connection in held { close(connection) } }
        try expectAnswers()
    }

    @Test(arguments: ["", "s"]) func aStatusIsAnsweredWhenAllPlacesAreTaken(text: String) throws {
        let server = try server()
        defer { server.stop() }
        let held = try connections(300, saying: text)
        defer { for connection in held { close(connection) } }
        for _ in 0..<10 { try expectAnswers() }
    }

    @Test func aStatusIsAnsweredBesideOneThatConnectsAllTheTime() throws {
        let server = try server()
        defer { server.stop() }
        let path = path
        let isOver = Atomic(false)
        let loops = try (0..<2).map { _ in
            try WorkerThread(name: "connecting") {
                while !isOver.load(ordering: .relaxed) {
                    if let connection = try? ControlSocket.connect(path) { close(connection) }  // none is fine too
                }
            }
        }
        for _ in 0..<20 { try expectAnswers() }
        isOver.store(true, ordering: .relaxed)
        for loop in loops { loop.join() }
    }

    /// One client gets each of its answers; another need not wait for all of them.
    @Test func thousandsOfRequestsAtOnceAreAnsweredAndOthersInBetween() throws {
        let answered = Atomic(0)
        let server = try ControlServer(path: path) { request in
            if request == "more" { answered.add(1, ordering: .relaxed) }
            return Array("<\(request)>".utf8)
        }
        defer { server.stop() }
        let count = 20_000
        let many = try ControlSocket.connect(path)
        defer { close(many) }
        let writing = try WorkerThread(name: "writing") {
            _ = ControlSocket.send(Array(String(repeating: "more\n", count: count).utf8), to: many)
        }
        while answered.load(ordering: .relaxed) == 0 { sched_yield() }
        try expectAnswers()
        #expect(answered.load(ordering: .relaxed) < count)
        var received = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while received < count * 7 {
            let got = recv(many, &buffer, buffer.count, 0)
            guard got > 0 else { break }
            received += got
        }
        #expect(received == count * 7)
        writing.join()
    }

    @Test func whatADeadClientHadAskedIsNotServed() throws {
        let calls = Mutex<[ControlCall]>([])
        let gone = DispatchSemaphore(value: 0)
        let asked = DispatchSemaphore(value: 0)
        let server = try ControlServer(
            path: path,
            call: { call in
                calls.withLock { $0.append(call) }
                asked.signal()
            },
            gone: { _ in gone.signal() }
        )
        defer { server.stop() }
        let client = try ControlSocket.connect(path)
        #expect(ControlSocket.send(Array(String(repeating: "borrow\n", count: 3_000).utf8), to: client))
        #expect(asked.wait(timeout: .now() + 20) == .success)
        close(client)
        #expect(gone.wait(timeout: .now() + 20) == .success)
        // One at a time: the others never began.
        let begun = calls.withLock { $0 }
        #expect(begun.count == 1)
        for call in begun { call.answer([65]) }
    }

    @Test func whoHasShutItsWritingSideGetsItsAnswerLater() throws {
        let calls = Mutex<[ControlCall]>([])
        let asked = DispatchSemaphore(value: 0)
        let server = try ControlServer(
            path: path,
            call: { call in
                calls.withLock { $0.append(call) }
                asked.signal()
            },
            gone: { _ in }
        )
        defer { server.stop() }
        let client = try ControlSocket.connect(path)
        defer { close(client) }
        #expect(ControlSocket.send(Array("later\n".utf8), to: client))
        #expect(shutdown(client, Int32(SHUT_WR)) == 0)
        #expect(asked.wait(timeout: .now() + 20) == .success)
        for call in calls.withLock({ $0 }) { call.answer(Array("here".utf8)) }
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(recv(client, &bytes, bytes.count, 0) == 5)
        #expect(recv(client, &bytes, bytes.count, 0) == 0)
    }

    /// `gateway status --watch` that was stopped for a while continues.
    @Test func aClientWhosePlaceWasNeededConnectsAnew() throws {
        let server = try server()
        defer { server.stop() }
        let client = try ControlClient(path: path)
        _ = try client.ask("before")
        let held = try connections(200)
        defer { for connection in held { close(connection) } }
        try expectAnswers()
        #expect(String(decoding: try client.ask("after"), as: UTF8.self) == "<after>")
    }

    @Test func aUserWithAllPlacesIsToldThatThereIsNone() throws {
        let owed = DispatchSemaphore(value: 0)
        let server = try ControlServer(path: path, call: { _ in owed.signal() }, gone: { _ in })
        defer { server.stop() }
        let held = try (0..<128).map { _ in try ControlSocket.connect(path) }
        defer { for connection in held { close(connection) } }
        for connection in held { #expect(ControlSocket.send(Array("wait\n".utf8), to: connection)) }
        for _ in held { try #require(owed.wait(timeout: .now() + 20) == .success) }
        for _ in 0..<20 {
            #expect { _ = try ControlClient(path: path).ask("status") } throws: { ($0 as? SystemError)?.code == EBUSY }
        }
    }

    /// Only root can start a client as another user: the test needs to be root.
    @Test(.enabled(if: getuid() == 0))
    func anotherUserCannotTakeAllPlaces() throws {
        let owed = DispatchSemaphore(value: 0)
        let server = try ControlServer(
            path: path,
            call: { call in
                // Requests of another user are never answered, so that an answer is owed to each of its connections.
                if call.user == 0 { call.answer([65]) } else { owed.signal() }
            },
            gone: { _ in }
        )
        defer { server.stop() }
        chmod(folder.path, 0o755)
        let script = """
            import signal, socket, sys
            held = []
            for _ in range(100):
                client = socket.socket(socket.AF_UNIX)
                client.connect(sys.argv[1])
                try: client.sendall(b"wait\\n")
                except OSError: pass
                held.append(client)
            print("held", flush=True)
            signal.pause()
            """
        let other = try ChildProcess(
            "/usr/bin/setpriv",
            ["--reuid", "12345", "--clear-groups", "/usr/bin/python3", "-c", script, readingPath]
        )
        defer { other.stop(SIGKILL) }
        try #require(other.line(with: "held") != nil, "\(other.lines)")
        // All places.
        for _ in 0..<64 { try #require(owed.wait(timeout: .now() + 20) == .success) }
        for _ in 0..<5 { #expect(try ControlClient(path: readingPath).ask("status", within: .seconds(2)) == [65]) }
    }

    // MARK: Two sockets

    @Test func theReadingSocketIsForEverybodyAndChangesNothing() throws {
        let server = try ControlServer(
            path: path,
            call: { $0.answer(Array("\($0.mayChange)".utf8)) },
            gone: { _ in }
        )
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(server.readingProblem == nil)
        #expect(try mode(path) == 0o660 && mode(readingPath) == 0o666)
        #expect(try ControlClient(path: path).ask("may I") == Array("true".utf8))
        #expect(try ControlClient(path: readingPath).ask("may I") == Array("false".utf8))
        #expect(try ControlClient(lookingAt: path).ask("may I") == Array("false".utf8))
        server.stop()
        #expect(!FileManager.default.fileExists(atPath: readingPath))
    }

    /// A configuration with which the last release started must not be refused for it.
    @Test func withoutItsReadingSocketAServerGoesOn() throws {
        try folder.write("precious", to: "control-status.sock")
        let server = try server()
        defer { server.stop() }
        #expect(server.readingProblem?.code == EADDRINUSE)
        #expect(try ControlClient(lookingAt: path).ask("a") == Array("<a>".utf8))
        #expect(try String(contentsOfFile: readingPath, encoding: .utf8) == "precious")
    }
}
