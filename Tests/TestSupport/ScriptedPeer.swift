public import Domain
import Foundation
import Glibc
import Platform
import Synchronization

/// A peer that answers each request with the steps that a test has written down: over TCP on a free loopback port, or
/// on a pty. It runs on its own thread until `stop`.
public final class ScriptedPeer: Sendable {
    public enum Step: Sendable {
        case send([UInt8])
        /// The peer's slowness, not a test's wait.
        case pause(Duration)
        /// TCP: closes the connection.
        case hangUp
    }

    /// The request's number from 0 on, and its bytes.
    public typealias Script = @Sendable (_ number: Int, _ request: [UInt8]) -> [Step]

    private final class Turn: @unchecked Sendable {  // touched under the condition's lock only
        var isServing = false
        var descriptor: Int32 = -1
    }

    private struct Seen {
        var requests: [[UInt8]] = []
        var times: [Uptime] = []
        var connections = 0
    }

    private let seen = Mutex(Seen())
    private let turns = NSCondition()
    private let turn = Turn()
    private let stopFlag = needed(try PollFlag())
    private let thread = Mutex<WorkerThread?>(nil)
    /// TCP: the port it listens on; 0 on a pty.
    public let port: Int

    /// Listens on 127.0.0.1.
    ///
    /// - Parameter requestLength: in bytes: 12 in Modbus TCP, 8 in RTU, 17 in ASCII.
    public init(tcp script: @escaping Script, requestLength: Int = 12) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(listener, address, size) == 0 && listen(listener, 8) == 0, "no listener: \(errno)")
                getsockname(listener, address, &size)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        start {
            defer { close(listener) }
            while self.wait(for: listener) {
                let connection = accept(listener, nil, nil)
                if connection < 0 { continue }
                self.seen.withLock { $0.connections += 1 }
                self.serve(connection, requestLength: requestLength, script: script)
                close(connection)
            }
        }
    }

    /// Answers on a pty's master.
    ///
    /// - Parameter requestLength: in bytes: 8 in RTU, 17 in ASCII.
    public init(on line: PseudoTerminal, requestLength: Int = 8, script: @escaping Script) {
        port = 0
        let master = line.master
        start { self.serve(master, requestLength: requestLength, script: script) }
    }

    /// The requests so far.
    public var requests: [[UInt8]] { seen.withLock { $0.requests } }
    /// When each request was complete.
    public var times: [Uptime] { seen.withLock { $0.times } }
    public var connections: Int { seen.withLock { $0.connections } }

    /// Waits until every request that has come was answered to its last step.
    public func whenIdle() {
        turns.withLock {
            while true {
                var waiting = pollfd(fd: turn.descriptor, events: Int16(POLLIN), revents: 0)
                if !turn.isServing, poll(&waiting, 1, 0) <= 0 || waiting.revents != Int16(POLLIN) { return }
                turns.wait()
            }
        }
    }

    /// Ends the thread. Call it once, before the pty is closed.
    public func stop() {
        stopFlag.raise()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }

    private func start(_ body: @escaping @Sendable () -> Void) {
        let started = needed(try WorkerThread(name: "scripted peer", body: body))
        thread.withLock { $0 = started }
    }

    /// Waits until the descriptor is readable; false when the peer must stop.
    private func wait(for descriptor: Int32) -> Bool {
        var waited = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stopFlag.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&waited, 2, -1) < 0 && errno == EINTR {}
        return waited[1].revents == 0
    }

    /// Waits until then, or until the peer must stop.
    private func isStopped(by deadline: Uptime, _ clock: SystemClock) -> Bool {
        var waited = pollfd(fd: stopFlag.descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let left = (deadline - clock.uptime()).wholeMilliseconds
            if left <= 0 { return false }
            if poll(&waited, 1, Int32(clamping: left)) > 0 { return true }
        }
    }

    /// Whether it is function code 43 or 17, which are shorter: a peer stays silent to them.
    private static func asksIdentity(_ request: [UInt8], _ requestLength: Int) -> Bool {
        switch requestLength {
        case 8: request.count == 7 && request[1] == 0x2B || request.count == 4 && request[1] == 0x11
        case 12: request.count == 11 && request[7] == 0x2B || request.count == 8 && request[7] == 0x11
        default: request.count == 15 && request[3...4].elementsEqual("2B".utf8) || request.count == 9
        }
    }

    private func note(isServing: Bool, _ descriptor: Int32) {
        turns.withLock {
            turn.isServing = isServing
            turn.descriptor = descriptor
            turns.broadcast()
        }
    }

    private func serve(_ descriptor: Int32, requestLength: Int, script: Script) {
        let clock = SystemClock()
        var request: [UInt8] = []
        note(isServing: false, descriptor)
        defer { note(isServing: false, -1) }
        while wait(for: descriptor) {
            note(isServing: true, descriptor)
            defer { note(isServing: false, descriptor) }
            var bytes = [UInt8](repeating: 0, count: requestLength - request.count)
            let count = read(descriptor, &bytes, bytes.count)
            if count <= 0 { return }
            request += bytes.prefix(count)
            if Self.asksIdentity(request, requestLength) {
                request = []
                continue
            }
            if request.count < requestLength { continue }
            let number = seen.withLock { seen in
                seen.requests.append(request)
                seen.times.append(clock.uptime())
                return seen.requests.count - 1
            }
            for step in script(number, request) {
                switch step {
                case .send(let bytes):
                    // A peer whose other end has hung up must not end the tests by SIGPIPE.
                    if send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) < 0 && errno == ENOTSOCK {
                        _ = write(descriptor, bytes, bytes.count)
                    }
                case .pause(let duration):
                    if isStopped(by: clock.uptime() + duration, clock) { return }
                case .hangUp:
                    // At once: whoever waits until the peer is idle goes on before the descriptor is closed.
                    shutdown(descriptor, Int32(SHUT_RDWR))
                    return
                }
            }
            request = []
        }
    }
}
