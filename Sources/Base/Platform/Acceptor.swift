import CLinux
public import Domain
import Glibc

/// Accepts connections from a listening socket, even when the process has no descriptor left.
///
/// A connection that cannot be accepted keeps the listener readable, and a loop that only tries again would spin. So
/// one descriptor is kept in reserve: released, it lets one more connection in, and the end of that connection frees it
/// again. When the reserve is used up too, the listener rests for a moment. Used on one thread. It is a class because
/// it owns the reserve descriptor.
public final class Acceptor {
    public enum Outcome: Equatable {
        /// Does not block; the caller owns it.
        case connection(Int32)
        case nobody
        /// The process is out of descriptors or memory; the listener rests.
        case exhausted
    }

    /// How long the listener rests when no connection can be accepted.
    public static let rest = Duration.milliseconds(250)

    private let listener: Int32
    private var reserve: Int32 = -1
    /// The end of the listener's rest; nil when it does not rest.
    public private(set) var restsUntil: Uptime?

    /// - Parameter listener: a non-blocking socket; the caller keeps it.
    public init(_ listener: Int32) {
        self.listener = listener
        keepReserve()
    }

    deinit { if reserve >= 0 { close(reserve) } }

    /// The listener for a poll set; -1, which poll ignores, while it rests.
    public func pollable(now: Uptime) -> Int32 {
        if let end = restsUntil, now >= end { restsUntil = nil }
        return restsUntil == nil ? listener : -1
    }

    /// Accepts the next connection.
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
            // A peer that left before it was accepted does not matter, and says nothing about the next one.
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
