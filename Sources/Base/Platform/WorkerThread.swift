import CLinux
public import Domain
import Glibc
import Synchronization

/// A thread for work that blocks: a bus, a broker session, the journal. Code that needs its end joins it; a thread that
/// nobody joins frees its resources when it ends.
public final class WorkerThread: Sendable {
    private let handle: Mutex<pthread_t?>
    private let ended: WakeFlag

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - name: as `top -H` shows it; the kernel keeps 15 bytes.
    ///   - body: runs on the thread, once.
    /// - Throws: the service or the machine has no room for another thread.
    public init(name: String, body: @escaping @Sendable () -> Void) throws(SystemError) {
        let ended = WakeFlag()
        let start = Unmanaged.passRetained(Start(name: name, ended: ended, body: body))  // released by the thread
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                // pthread passes on the pointer from just below; it is never null.
                let start = Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
                clinux_name_this_thread(start.name)
                start.body()
                start.ended.raise()
                return nil
            },
            start.toOpaque()
        )
        guard result == 0 else {
            start.release()  // there is no thread that would
            throw SystemError(code: result, operation: "pthread_create", subject: name)
        }
        handle = Mutex(thread)
        self.ended = ended
    }

    deinit {
        // Otherwise the stack of an ended thread would stay mapped for the process' lifetime.
        if let thread = handle.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Waits for the thread's end. It blocks: call it from Swift concurrency only where blocking is allowed.
    public func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// Waits for the thread's end until a deadline; a late thread is left until the process ends.
    ///
    /// - Returns: whether it ended.
    public func join(until deadline: Uptime, time: any TimeSource) -> Bool {
        guard ended.wait(until: deadline, time: time) else { return false }
        join()
        return true
    }

    private final class Start: Sendable {
        let name: String
        let ended: WakeFlag
        let body: @Sendable () -> Void

        init(name: String, ended: WakeFlag, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.ended = ended
            self.body = body
        }
    }
}
