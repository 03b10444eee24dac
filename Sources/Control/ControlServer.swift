import CLinux
import Glibc
public import Platform
import Synchronization

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
    public init(path: String, answer: @escaping @Sendable (String) -> [UInt8]) throws(SystemError) {
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
            try system("listen", path) { listen(listener, 8) }
        } catch {
            close(listener)
            throw error
        }
        let stopping = stopping
        thread.withLock { thread in
            thread = WorkerThread(name: "control") {
                var loop = ControlLoop(listener: listener, stopping: stopping.descriptor, answer: answer)
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
        var descriptor: Int32
        var request: [UInt8] = []
    }

    /// More would be somebody's mistake.
    private static let mostClients = 16
    private static let longestRequest = 64 * 1024

    let listener: Int32
    let stopping: Int32
    let answer: (String) -> [UInt8]
    private var clients: [Client] = []

    init(listener: Int32, stopping: Int32, answer: @escaping (String) -> [UInt8]) {
        self.listener = listener
        self.stopping = stopping
        self.answer = answer
    }

    mutating func run() {
        while true {
            var set = [
                pollfd(fd: stopping, events: Int16(POLLIN), revents: 0),
                pollfd(fd: listener, events: clients.count < Self.mostClients ? Int16(POLLIN) : 0, revents: 0),
            ]
            set += clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            guard clinux_poll(&set, Int32(set.count), -1) > 0 else { continue }
            if set[0].revents != 0 { break }
            for index in clients.indices.reversed() where set[index + 2].revents != 0 {
                if !serve(&clients[index]) {
                    close(clients[index].descriptor)
                    clients.remove(at: index)
                }
            }
            if set[1].revents != 0 {
                let client = accept(listener, nil, nil)
                if client >= 0 {
                    // A client that does not read its answer must not hold up the others.
                    var limit = timeval(tv_sec: 2, tv_usec: 0)
                    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                    clients.append(Client(descriptor: client))
                }
            }
        }
        for client in clients { close(client.descriptor) }
    }

    /// Reads what came and answers whole lines; false when the client is done with.
    private func serve(_ client: inout Client) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(client.descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        client.request += buffer[..<count]
        while let end = client.request.firstIndex(of: 10) {
            let line = String(decoding: client.request[..<end], as: UTF8.self)
            client.request.removeSubrange(...end)
            guard ControlSocket.send(answer(line) + [10], to: client.descriptor) else { return false }
        }
        return client.request.count <= Self.longestRequest
    }
}
