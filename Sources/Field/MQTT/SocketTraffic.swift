import CLinux
import Domain
import Glibc
import Platform

/// What one connection's socket has carried, from the kernel's counters.
///
/// It holds a second descriptor of the socket: libmosquitto closes its own before anybody can ask what the last bytes
/// were, and a connection that fails in its handshake costs bytes too. The connection ends when both are closed.
final class SocketTraffic {
    /// Headers of one segment: IPv4 or IPv6, TCP, and TCP's timestamps where the connection has them.
    static func header(sixth: Bool, timestamps: Bool) -> Int64 { (sixth ? 40 : 20) + 20 + (timestamps ? 12 : 0) }

    private let descriptor: Int32

    /// - Returns: nil where there is no descriptor left, or where the kernel lacks the counters (before Linux 4.19).
    init?(of socket: Int32) {
        let second = fcntl(socket, F_DUPFD_CLOEXEC, DescriptorRoom.selectLimit)
        descriptor = second >= 0 ? second : fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        if read() == nil { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Bytes in both directions so far, with an estimate of the headers: what was sent again counts again.
    func read() -> (sent: Int64, received: Int64)? {
        var counted = clinux_tcp_traffic()
        guard clinux_read_tcp_traffic(descriptor, &counted) == 0 else { return nil }
        let header = Self.header(sixth: counted.sixth != 0, timestamps: counted.timestamps != 0)
        return (
            Int64(clamping: counted.sent) + Int64(counted.segments_out) * header,
            Int64(clamping: counted.received) + Int64(counted.segments_in) * header
        )
    }
}
