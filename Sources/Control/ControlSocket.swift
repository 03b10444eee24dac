import Glibc
import Platform

/// A Unix stream socket and its address.
enum ControlSocket {
    /// The kernel's `sun_path` holds 107 bytes and a NUL.
    static let longestPath = 107

    static func withAddress<T>(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> T
    ) throws(SystemError) -> T {
        guard path.utf8.count <= longestPath else {
            throw SystemError(code: ENAMETOOLONG, operation: "control socket", subject: path)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { buffer in
            buffer.copyBytes(from: path.utf8)
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    static func make() throws(SystemError) -> Int32 {
        try system("socket") { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0) }
    }

    /// Connects, or throws why not: ENOENT (no daemon), ECONNREFUSED (a dead one's file), EACCES (not in the group).
    static func connect(_ path: String) throws(SystemError) -> Int32 {
        let descriptor = try make()
        do throws(SystemError) {
            let result = try withAddress(path) { Glibc.connect(descriptor, $0, $1) }
            guard result == 0 else { throw SystemError(code: errno, operation: "connect", subject: path) }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Writes everything; false when the peer is gone.
    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }
}
