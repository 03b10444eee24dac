public import Domain
import Glibc

/// A flag that any thread may raise and that one thread at a time sleeps on; raising it twice wakes once.
///
/// It takes no descriptor, so it cannot fail and leaves descriptors to sockets; `PollFlag` is the flag for a poll set.
/// Deadlines are on the boot clock, which goes on while a machine is suspended. The sleep itself is relative and on the
/// monotonic clock, as poll's is: after a suspension the thread wakes up late by at most the length of the sleep, and
/// the sleeper then checks its own clock.
///
/// Unchecked: the mutex guards what the pointers lead to, and `isRaised`.
public final class WakeFlag: @unchecked Sendable {
    /// Both keep their addresses, because the C library refers to them by address.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isRaised = false

    /// Longer sleeps are split.
    private static let longestSleep: Int64 = 86_400 * 1_000_000_000

    public init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // The default is the wall clock, which steps.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Costs no system call while no thread sleeps.
    public func raise() {
        pthread_mutex_lock(mutex)
        let isNews = !isRaised
        isRaised = true
        pthread_mutex_unlock(mutex)
        // This follows the unlock, because the sleeper first takes the lock.
        if isNews { pthread_cond_signal(condition) }
    }

    /// Sleeps until the flag is raised (and lowers it) or the deadline has passed; nil waits for ever.
    ///
    /// - Returns: whether the flag was raised.
    @discardableResult
    public func wait(until deadline: Uptime?, time: any TimeSource) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isRaised {
            let left = deadline.map { ($0 - time.uptime()).wholeNanoseconds } ?? .max
            if left <= 0 { return false }
            var end = Self.monotonic(after: min(left, Self.longestSleep))
            let isOver = pthread_cond_timedwait(condition, mutex, &end) == ETIMEDOUT
            if isOver, left <= Self.longestSleep, !isRaised { return false }
        }
        isRaised = false
        return true
    }

    private static func monotonic(after nanoseconds: Int64) -> timespec {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let end = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) + nanoseconds
        return timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
    }
}
