import CLinux
public import Domain
import Glibc

/// A flag that any thread may raise and that one thread sleeps on (eventfd); raising it twice wakes once.
public final class WakeFlag: Sendable {
    /// For a poll set of the owner's own: readable while raised.
    public let descriptor: Int32

    public init() {
        descriptor = clinux_eventfd()
        // Only a process out of descriptors or memory comes here, and it could not go on.
        precondition(descriptor >= 0, "eventfd: \(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    public func raise() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    public func lower() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }

    /// Sleeps until the flag is raised (and lowers it) or the deadline has passed; nil waits for ever.
    ///
    /// - Returns: whether the flag was raised.
    @discardableResult
    public func wait(until deadline: Uptime?, time: any TimeSource) -> Bool {
        while true {
            let left = deadline.map { max(0, ($0 - time.uptime()).wholeNanoseconds) } ?? -1
            var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let result = clinux_poll(&waited, 1, left)
            if result > 0 {
                lower()
                return true
            }
            if result == 0 { return false }
            // EINTR: a signal came; look at the clock again.
        }
    }
}
