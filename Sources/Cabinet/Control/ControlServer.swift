import Glibc
public import Platform
import Synchronization

/// Answers on two local sockets: a request is a line of text, the answer is a line of text.
///
/// Everything can be requested over the asking socket, which its group may open (mode 0660). The reading socket beside
/// it, which everybody may open who can reach its folder (mode 0666), allows only requests that change nothing.
public final class ControlServer: Sendable {
    /// Why there is no reading socket; nil when there is one. The asking socket still answers everything.
    public let readingProblem: SystemError?
    private let paths: [String]
    private let listeners: [Int32]
    private let stopping: PollFlag
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    /// Binds the sockets; a file left by a dead daemon is removed, the file of a living one is not.
    ///
    /// - Parameter answer: called on the server's thread with the request's line of text; must be quick.
    public convenience init(path: String, answer: @escaping @Sendable (String) -> [UInt8]) throws(SystemError) {
        try self.init(path: path, call: { $0.answer(answer($0.request)) }, gone: { _ in })
    }

    /// Binds the sockets, as above.
    ///
    /// - Parameters:
    ///   - path: the asking socket's.
    ///   - call: called on the server's thread; must be quick, and may arrange a later answer. A client has one call at
    ///     a time.
    ///   - gone: called on the server's thread when a client that has sent a request over the asking socket has ended
    ///     its connection.
    public init(
        path: String,
        call: @escaping @Sendable (ControlCall) -> Void,
        gone: @escaping @Sendable (Int) -> Void
    ) throws(SystemError) {
        stopping = try PollFlag()
        let outbox = try ControlOutbox()
        let asking = try ControlSocket.listen(at: path, mode: 0o660)
        var reading: Int32?
        var problem: SystemError?
        do throws(SystemError) {
            reading = try ControlSocket.listen(at: ControlSocket.readingPath(of: path), mode: 0o666)
        } catch {
            problem = error
        }
        readingProblem = problem
        listeners = [asking] + (reading.map { [$0] } ?? [])
        paths = [path] + (reading == nil ? [] : [ControlSocket.readingPath(of: path)])
        let stopping = stopping
        do throws(SystemError) {
            try thread.withLock { [reading] thread throws(SystemError) in
                thread = try WorkerThread(name: "control") {
                    var loop = ControlLoop(
                        asking: asking,
                        reading: reading,
                        stopping: stopping.descriptor,
                        outbox: outbox,
                        call: call,
                        gone: gone
                    )
                    loop.run()
                }
            }
        } catch {
            closeListeners()
            throw error
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
        closeListeners()
    }

    private func closeListeners() {
        for listener in listeners { close(listener) }
        for path in paths { unlink(path) }
    }

    deinit { stop() }
}
