import Domain
import Glibc

/// Reports the service's state to systemd (sd_notify(3)), as one datagram to the socket that systemd names.
///
/// It keeps its socket open, so that even a process without a free descriptor feeds the watchdog.
public final class ServiceManager: Sendable {
    private let path: String?
    private let descriptor: Int32

    /// Sends nothing where `NOTIFY_SOCKET` is not set: the process is then not a service.
    public convenience init() {
        self.init(path: getenv("NOTIFY_SOCKET").map { String(cString: $0) })
    }

    init(path: String?) {
        self.path = path
        descriptor = path == nil ? -1 : socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Half of the time within which systemd expects a message; nil where systemd does not watch.
    public static var watchdogInterval: Duration? {
        guard let text = getenv("WATCHDOG_USEC"), let microseconds = Int64(String(cString: text)), microseconds > 0
        else {
            return nil
        }
        return .microseconds(microseconds / 2)
    }

    public func ready() { send("READY=1", within: .seconds(5)) }
    public func stopping() { send("STOPPING=1", within: .seconds(5)) }
    public func alive() { send("WATCHDOG=1") }

    /// Sends the one line of text that `systemctl status` shows.
    public func status(_ line: String) { send("STATUS=\(line.visible)") }

    /// Announces that a reload begins; `ready` ends it. systemd needs the monotonic time with it (Type=notify-reload).
    public func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
        send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)", within: .seconds(5))
    }

    /// - Parameter limit: how long to wait for room in the manager's queue (the kernel's default holds eleven
    ///   datagrams). Messages that are soon repeated do not wait at all: a manager that does not read must not stop the
    ///   loop that watches all others.
    private func send(_ text: String, within limit: Duration = .zero) {
        guard let path, path.utf8.count < 108, descriptor >= 0 else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { buffer in
            buffer.copyBytes(from: path.utf8)
            // An abstract socket's name begins with NUL, written as "@".
            if path.hasPrefix("@") { buffer[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let bytes = Array(text.utf8)
        var patience = timeval(tv_sec: Int(limit.components.seconds), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let flags = Int32(MSG_NOSIGNAL) | (limit == .zero ? Int32(MSG_DONTWAIT) : 0)
        // A manager that does not read is no fault of ours.
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, flags, $0, length)
            }
        }
    }
}
