import Domain
import Glibc
import Logging
import Platform
import Synchronization

/// Ends the process in time, whatever else is in progress: a disk that hangs, a name that does not resolve, a reload.
final class Ending: Sendable {
    /// The longest time from SIGTERM to the end. The service manager kills later.
    static let limit = Duration.seconds(5)
    /// The time that an orderly end leaves for a forced one.
    private static let margin = Duration.milliseconds(200)

    private let log: Logger
    private let time = SystemClock()
    private let deadline = Mutex<Uptime?>(nil)
    private let over = WakeFlag()

    init(log: Logger) { self.log = log }

    /// Ends the process within `limit`, in order or not.
    func begin() {
        let end = time.uptime() + Self.limit
        let isFirst = deadline.withLock { deadline in
            defer { deadline = deadline ?? end }
            return deadline == nil
        }
        guard isFirst else { return }
        do {
            _ = try WorkerThread(name: "last resort") { [self] in
                // Whatever ends the sleep early, the process has its whole time.
                repeat { if over.wait(until: end, time: time) { return } } while time.uptime() < end
                log.critical(
                    "something hangs; ending without waiting for it. The next start says what was not committed"
                )
                _exit(EXIT_FAILURE)
            }
        } catch {
            // Without a thread the kernel ends the process, without a log line.
            alarm(UInt32(Self.limit.components.seconds))
        }
    }

    var isAsked: Bool { deadline.withLock { $0 != nil } }

    /// The time left for an orderly end; the whole limit before anybody asked.
    var left: Duration {
        let end = deadline.withLock { $0 } ?? time.uptime() + Self.limit
        return max(.zero, end - Self.margin - time.uptime())
    }

    func isOver() { over.raise() }
}
