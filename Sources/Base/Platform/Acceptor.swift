import CLinux
public import Domain
import Glibc

/// Takes connections from a listening socket, also when the process has no descriptor left.
///
/// A connection that cannot be taken keeps the listener readable, and a loop that only tries again would spin. So one
/// descriptor is kept in reserve: given up, it takes one more connection, whose end frees it again. When that is gone
/// too, the listener rests for a moment. Used on one thread; a class, since it owns the descriptor in reserve.
public final class Acceptor {
    public enum Outcome: Equatable {
        /// Does not block, and belongs to the caller.
        case connection(Int32)
        case nobody
        /// The process is out of descriptors or memory; the listener rests.
        case exhausted
    }

    /// How long the listener is left alone when nothing can be taken from it.
    public static let rest = Duration.milliseconds(250)

    private let listener: Int32
    private var reserve: Int32 = -1
    /// The end of the listener's rest; nil when it does not rest.
    public private(set) var restsUntil: Uptime?

    /// - Parameter listener: does not block; stays the caller's.
    public init(_ listener: Int32) {
        self.listener = listener
        keepReserve()
    }

    deinit { if reserve >= 0 { close(reserve) } }

    /// The listener for a poll set; -1, which poll passes over, while it rests.
    public func pollable(now: Uptime) -> Int32 {
        if let end = restsUntil, now >= end { restsUntil = nil }
        return restsUntil == nil ? listener : -1
    }

    /// Takes the next connection.
    public func accept(now: Uptime) -> Outcome {
        restsUntil = nil
        keepReserve()
        if let connection = take() { return .connection(connection) }
        guard Self.isExhaustion(errno) else { return .nobody }
        if reserve >= 0 {
            close(reserve)
            reserve = -1
            if let connection = take() { return .connection(connection) }
        }
        restsUntil = now + Self.rest
        return .exhausted
    }

    private func take() -> Int32? {
        while true {
            let connection = clinux_accept(listener)
            if connection >= 0 { return connection }
            // A peer that has gone before it was taken is nobody, and says nothing of the next one.
            if errno != EINTR, errno != ECONNABORTED { return nil }
        }
    }

    private func keepReserve() {
        if reserve < 0 { reserve = open("/dev/null", O_RDONLY | O_CLOEXEC) }
    }

    private static func isExhaustion(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }
}
