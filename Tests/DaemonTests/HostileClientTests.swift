import Control
import Domain
import Foundation
import Glibc
import TestSupport
import Testing

extension Daemon {
    /// Clients of the control sockets that try to keep out others, and the line's polls.
    @Suite struct `A hostile client` {
        private let bench: LineBox
        private var line: PseudoTerminal { bench.line }
        private var peer: ScriptedPeer { bench.peer }
        private var subscriber: Subscriber { bench.subscriber }
        private var box: GatewayBox { bench.box }

        init() throws { bench = try LineBox(units: [1]) }

        private func end() { bench.end() }

        private var topic: String { bench.topic }
        private var socket: String { box.folder + "/control.sock" }
        private var readingSocket: String { box.folder + "/control-status.sock" }
        private var readings: [Message] { subscriber.messages.filter { $0.topic == topic && !$0.retained } }

        private func read(
            unit: UInt8,
            count: Int = 2,
            reply: Duration = .milliseconds(100),
            rest: Duration = .zero
        ) -> String {
            ControlRequest.borrow(
                BorrowedRead(
                    bus: "line",
                    endpoint: "\(line.path) (115200 8N1)",
                    unit: UnitID(unit),
                    range: RegisterRange(.holding, start: 0, count: count),
                    replyTime: reply,
                    worstReply: rest,
                    listen: .zero,
                    patience: .zero
                )
            )
        }

        private func ask(_ request: String, of client: ControlClient) throws -> BorrowedAnswer {
            try BorrowedAnswer(json: try client.ask(request, within: .seconds(60)))
        }

        private func probe(_ arguments: String...) -> [String] {
            ["probe", "--config", box.configuration, "--profiles", box.folder + "/profiles"] + arguments
        }

        private func expectStatus(_ place: SourceLocation = #_sourceLocation) throws {
            for path in [socket, readingSocket] {
                let line = try ControlClient(path: path).ask(ControlRequest.status, within: .seconds(2))
                #expect(try SystemStatus(json: line).gateway == "box-1", sourceLocation: place)
            }
        }

        @Test func `has the line alone, and the next is told at once who has it`() throws {
            defer { end() }
            let first = try ControlClient(path: socket)
            #expect(try ask(read(unit: 1), of: first).exchange.words == [0, 1])
            let refused = try ask(read(unit: 1), of: try ControlClient(path: socket))
            #expect(refused.exchange.words == nil && refused.holder?.process == getpid())
            #expect(refused.refused?.contains("process \(getpid())") == true, "\(refused)")
            #expect(try ask("take line", of: try ControlClient(path: socket)).holder?.process == getpid())
            let told = try ChildProcess.run(GatewayProgram.path, probe("gate", "--lang", "en"))
            let words = told.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
            #expect(told.status == 1)
            #expect(words.contains("process \(getpid())") && words.contains("--wait-line"), "\(words)")
            let dikatakan = try ChildProcess.run(GatewayProgram.path, probe("gate", "--lang", "id"))
            #expect(dikatakan.lines.joined().contains("dipinjam"), "\(dikatakan.lines)")
            #expect(try ask("release line", of: first).refused == nil)
            #expect(try ChildProcess.run(GatewayProgram.path, probe("gate")).status == 0)
        }

        @Test func `that has the line is waited for by a probe that may wait`() throws {
            defer { end() }
            var first: ControlClient? = try ControlClient(path: socket)
            #expect(try first.map { try ask(read(unit: 1), of: $0).exchange.words } == [0, 1])
            let patient = try ChildProcess(GatewayProgram.path, probe("gate", "--wait-line", "--lang", "en"))
            #expect(patient.line(with: "waiting: line is lent to") != nil, "\(patient.lines)")
            first = nil
            #expect(patient.exitStatus() == 0, "\(patient.lines)")
        }

        @Test func `that is killed has no line any more`() throws {
            defer { end() }
            let watch = try ChildProcess(GatewayProgram.path, probe("--watch", "600", "--wait-line"))
            let client = try ControlClient(path: socket)
            while try ask(read(unit: 1), of: client).holder?.process != watch.identifier {
                _ = try ask("release line", of: client)
                // It lasts until the next poll, so that the other client finds the line free.
                _ = subscriber.all(readings.count + 1) { $0.topic == topic && !$0.retained }
            }
            watch.stop(SIGKILL)
            let deadline = Date(timeIntervalSinceNow: 5)
            var answer = BorrowedAnswer()
            repeat {
                answer = try ask(read(unit: 1), of: client)
            } while answer.exchange.words == nil && Date() < deadline
            #expect(answer.exchange.words == [0, 1], "\(answer)")
        }

        /// Each of these reads stops the line for 1.4 s: one after the other they would leave no time for polls.
        @Test func `with twenty slow reads leaves the polls half of the line and others their status`() throws {
            defer { end() }
            // Each has another length: no request is sent while a late reply could answer it.
            let slow = (1...4).map { read(unit: 9, count: $0, reply: .milliseconds(200), rest: .milliseconds(1_200)) }
            let clients = try (0..<20).map { _ in try ControlClient(path: socket) }
            let before = readings.count
            let began = Date()
            // All ask before any of them reads an answer.
            let answers = Answers(count: clients.count)
            for client in clients {
                nonisolated(unsafe) let client = client  // this thread's alone from here on
                let thread = Thread {
                    // An error counts as an answer that is missed below.
                    for request in slow {
                        guard let line = try? client.ask(request, within: .seconds(60)),
                            let answer = try? BorrowedAnswer(json: line)
                        else { break }
                        answers.add(answer)
                        if answer.holder != nil { break }
                    }
                    answers.end()
                }
                thread.start()
            }
            while !answers.isOver {
                try expectStatus()
                _ = answers.wait(seconds: 0.2)
            }
            let took = Date().timeIntervalSince(began)
            let all = answers.all
            #expect(all.count { $0.holder != nil } == 19)
            #expect(all.count { $0.exchange.failure?.word == "timeout" } == 4, "\(all.compactMap(\.refused))")
            let lent = 4 * 1.4
            #expect(took >= 2 * lent - 1.4 - 2, "\(took)")
            let told = readings.dropFirst(before)
            let missed = told.reduce(0) { $0 + ($1.json["missed"].integer ?? 0) }
            #expect(missed <= told.count, "\(missed) polls missed, \(told.count) made")
            #expect(told.allSatisfy { $0.point("passed")["reason"] == .absent })
        }

        @Test func `that may only look changes nothing`() throws {
            defer { end() }
            let client = try ControlClient(path: readingSocket)
            #expect(try SystemStatus(json: try client.ask(ControlRequest.status)).gateway == "box-1")
            _ = try RecomputeStatus(json: try client.ask(ControlRequest.recomputed))
            for request in [read(unit: 1), "take line", "release line", "save-indicators", "recompute {}", "nonsense"] {
                let answer = try ask(request, of: client)
                #expect(answer.refused?.contains(socket) == true, "\(request): \(answer)")
            }
        }

        /// There are as many connections as the process may have descriptors, and more.
        @Test func `that takes the last descriptor stops neither polls nor status, and nothing spins`() throws {
            defer { end() }
            let process = try #require(box.process?.identifier)
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
            let limited = try ChildProcess.run("/usr/bin/prlimit", ["--pid", "\(process)", "--nofile=\(open + 6)"])
            try #require(limited.status == 0, "\(limited.lines)")
            let held = try (0..<60).map { index in
                try ControlClient(path: index.isMultiple(of: 2) ? socket : readingSocket)
            }
            let before = readings.count
            let (spent, began) = (try cpuTime(process), Date())
            for _ in 0..<3 { try expectStatus() }
            _ = try #require(subscriber.all(before + 6) { $0.topic == topic && !$0.retained })
            let share = (try cpuTime(process) - spent) / Date().timeIntervalSince(began)
            #expect(share < 0.5, "\(share) of a core")
            #expect(readings.dropFirst(before).allSatisfy { $0.point("passed")["reason"] == .absent })
            withExtendedLifetime(held) {}
        }

        /// Seconds of CPU time that a process has used.
        private func cpuTime(_ process: Int32) throws -> Double {
            let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
            try #require(fields.count > 12)
            let ticks = try #require(Double(fields[11])) + #require(Double(fields[12]))
            return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        }

        @Test func `of the simulation that takes the last descriptor makes nothing spin`() throws {
            let port = try freePort()
            defer { end() }
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(port) } }
                devices: { gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 500ms } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(bench.broker.port) } }
                """
            )
            let simulation = try ChildProcess(
                GatewayProgram.path,
                ["simulate", "--config", box.configuration, "--profiles", box.folder + "/profiles"]
            )
            defer { simulation.stop() }
            try #require(simulation.line(with: "ready") != nil, "\(simulation.lines)")
            let process = simulation.identifier
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
            try ChildProcess.run("/usr/bin/prlimit", ["--pid", "\(process)", "--nofile=\(open + 2)"])
            let held = (0..<8).map { _ in connection(to: port) }
            let before = readings.count
            let (spent, began) = (try cpuTime(process), Date())
            // Wait by counting the polls of the gateway beside it.
            _ = try #require(subscriber.all(before + 4) { $0.topic == topic && !$0.retained })
            let share = (try cpuTime(process) - spent) / Date().timeIntervalSince(began)
            #expect(share < 0.3, "\(share) of a core")
            for descriptor in held { close(descriptor) }
            let probed = try ChildProcess.run(
                GatewayProgram.path,
                ["probe", "--profile", "counter", "--tcp", "127.0.0.1:\(port)", "--profiles", box.folder + "/profiles"]
            )
            #expect(probed.status == 0, "\(probed.lines)")
        }

        private func connection(to port: Int) -> Int32 {
            let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return descriptor
        }
    }
}

/// Answers that come on several threads.
private final class Answers: @unchecked Sendable {  // touched under the condition's lock only
    private let condition = NSCondition()
    private var answers: [BorrowedAnswer] = []
    private var running: Int

    init(count: Int) { running = count }

    func add(_ answer: BorrowedAnswer) { condition.withLock { answers.append(answer) } }

    func end() {
        condition.withLock {
            running -= 1
            condition.broadcast()
        }
    }

    var isOver: Bool { condition.withLock { running == 0 } }
    var all: [BorrowedAnswer] { condition.withLock { answers } }

    /// Waits until all have ended, or until the time has passed.
    func wait(seconds: Double) -> Bool {
        condition.withLock { condition.wait(until: Date(timeIntervalSinceNow: seconds)) }
    }
}
