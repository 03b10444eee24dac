import Foundation
import Glibc

/// Plays the service manager's part of sd_notify(3).
public final class NotifySocket {
    public let path: String
    private let descriptor: Int32

    public init(in folder: String) throws {
        path = folder + "/notify.sock"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if descriptor < 0 || bound != 0 { throw BrokerFailure(words: "\(path): \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Waits until that many messages with these words have come; false after `limit` seconds of silence.
    public func receives(_ words: String, times: Int = 1, within limit: Int32 = 20) -> Bool {
        var left = times
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while left > 0 {
            var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waited, 1, limit * 1_000) > 0 else { return false }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            if String(decoding: buffer[..<count], as: UTF8.self).contains(words) { left -= 1 }
        }
        return true
    }
}
