import CLinux
import Glibc
public import Platform
import Synchronization

/// One request of one client, to be answered once, now or later, from any thread.
public struct ControlCall: Sendable {
    public let request: String
    /// The client's number while its connection lasts.
    public let client: Int
    /// Whose process asks, as the kernel says it; nil where it does not.
    public let user: UInt32?
    private let outbox: ControlOutbox

    fileprivate init(request: String, client: Int, user: UInt32?, outbox: ControlOutbox) {
        self.request = request
        self.client = client
        self.user = user
        self.outbox = outbox
    }

    /// Sends one line; a client that has gone by then gets nothing.
    public func answer(_ line: [UInt8]) { outbox.add(line, to: client) }
}

/// Answers on their way to the server's thread.
private final class ControlOutbox: Sendable {
    let flag = WakeFlag()
    private let answers = Mutex<[(client: Int, line: [UInt8])]>([])

    func add(_ line: [UInt8], to client: Int) {
        answers.withLock { $0.append((client, line)) }
        flag.raise()
    }

    func take() -> [(client: Int, line: [UInt8])] {
        flag.lower()
        return answers.withLock { answers in
            defer { answers = [] }
            return answers
        }
    }
}

/// Answers on the local socket: a request is a line, the answer is a line. Whoever may open the socket (the group of its folder)
/// may ask.
public final class ControlServer: Sendable {
    private let path: String
    private let listener: Int32
    private let stopping = WakeFlag()
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    /// Binds the socket; a file left by a dead daemon is taken away, a living one's is not.
    ///
    /// - Parameter answer: called on the server's thread with the request's line; must be quick.
    public convenience init(path: String, answer: @escaping @Sendable (String) -> [UInt8]) throws(SystemError) {
        try self.init(path: path, call: { $0.answer(answer($0.request)) }, gone: { _ in })
    }

    /// Binds the socket, as above.
    ///
    /// - Parameters:
    ///   - call: called on the server's thread; must be quick, and may have the call answered later.
    ///   - gone: called on the server's thread when a client's connection has ended.
    public init(
        path: String,
        call: @escaping @Sendable (ControlCall) -> Void,
        gone: @escaping @Sendable (Int) -> Void
    ) throws(SystemError) {
        self.path = path
        if let peer = try? ControlSocket.connect(path) {  // anything but a connection means that nobody answers there
            close(peer)
            throw SystemError(code: EADDRINUSE, operation: "another gateway answers on", subject: path)
        }
        // Only a socket is ever taken away: a path that names another file is somebody's mistake, and bind says so.
        var file = stat()
        if lstat(path, &file) == 0, file.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        let listener = try ControlSocket.make()
        self.listener = listener
        do throws(SystemError) {
            let bound = try ControlSocket.withAddress(path) { bind(listener, $0, $1) }
            guard bound == 0 else { throw SystemError(code: errno, operation: "bind", subject: path) }
            try system("chmod", path) { chmod(path, 0o660) }
            try system("listen", path) { listen(listener, 64) }
        } catch {
            close(listener)
            throw error
        }
        let stopping = stopping
        thread.withLock { thread in
            thread = WorkerThread(name: "control") {
                var loop = ControlLoop(listener: listener, stopping: stopping.descriptor, call: call, gone: gone)
                loop.run()
            }
        }
    }

    public func stop() {
        stopping.raise()
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        thread.join()
        close(listener)
        unlink(path)
    }

    deinit { stop() }
}

/// The server's thread: a poll set of the listener and the connected clients.
private struct ControlLoop {
    private struct Client {
        var number: Int
        var descriptor: Int32
        var user: UInt32?
        var request: [UInt8] = []
    }

    /// More would be somebody's mistake: a probe of many buses has a connection for each.
    private static let mostClients = 64
    private static let longestRequest = 64 * 1024

    let listener: Int32
    let stopping: Int32
    let call: (ControlCall) -> Void
    let gone: (Int) -> Void
    private let outbox = ControlOutbox()
    private var clients: [Client] = []
    private var lastNumber = 0

    init(
        listener: Int32,
        stopping: Int32,
        call: @escaping (ControlCall) -> Void,
        gone: @escaping (Int) -> Void
    ) {
        self.listener = listener
        self.stopping = stopping
        self.call = call
        self.gone = gone
    }

    mutating func run() {
        while true {
            let fixed = [stopping, outbox.flag.descriptor, clients.count < Self.mostClients ? listener : -1]
            var set = (fixed + clients.map(\.descriptor)).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard clinux_poll(&set, Int32(set.count), -1) > 0 else { continue }
            if set[0].revents != 0 { break }
            for index in clients.indices.reversed() where set[index + fixed.count].revents != 0 {
                if !serve(&clients[index]) { drop(index) }
            }
            sendAnswers()
            if set[2].revents != 0 { welcome() }
        }
        for client in clients { close(client.descriptor) }
    }

    private mutating func welcome() {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        // A client that does not read its answer must not hold up the others.
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        lastNumber += 1
        var user: UInt32 = 0
        let isKnown = clinux_peer_user(descriptor, &user) == 0
        clients.append(Client(number: lastNumber, descriptor: descriptor, user: isKnown ? user : nil))
    }

    private mutating func drop(_ index: Int) {
        close(clients[index].descriptor)
        gone(clients.remove(at: index).number)
    }

    /// Reads what came and passes whole lines on; false when the client is done with.
    private func serve(_ client: inout Client) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(client.descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        client.request += buffer[..<count]
        while let end = client.request.firstIndex(of: 10) {
            let line = String(decoding: client.request[..<end], as: UTF8.self)
            client.request.removeSubrange(...end)
            call(ControlCall(request: line, client: client.number, user: client.user, outbox: outbox))
        }
        return client.request.count <= Self.longestRequest
    }

    private mutating func sendAnswers() {
        for (number, line) in outbox.take() {
            guard let index = clients.firstIndex(where: { $0.number == number }) else { continue }
            if !ControlSocket.send(line + [10], to: clients[index].descriptor) { drop(index) }
        }
    }
}
