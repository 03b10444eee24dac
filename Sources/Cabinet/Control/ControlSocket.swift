import Glibc
import Platform

/// A Unix stream socket and its address.
enum ControlSocket {
    /// The kernel's `sun_path` holds 107 bytes and a NUL.
    static let longestPath = 107

    /// The socket for looking, beside the one for asking: `control-status.sock` beside `control.sock`.
    static func readingPath(of path: String) -> String {
        let suffix = ".sock"
        return path.hasSuffix(suffix) ? path.dropLast(suffix.count) + "-status" + suffix : path + "-status"
    }

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

    /// Binds a non-blocking socket for connections. A file left by a dead daemon is removed, the file of a living one
    /// is not.
    static func listen(at path: String, mode: mode_t) throws(SystemError) -> Int32 {
        if let peer = try? connect(path) {  // anything but a connection means that nobody answers there
            close(peer)
            throw SystemError(code: EADDRINUSE, operation: "another gateway answers on", subject: path)
        }
        // Only a socket is ever removed: a path that names another file is somebody's mistake, and bind reports it.
        var file = stat()
        if lstat(path, &file) == 0, file.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        let listener = try make()
        do throws(SystemError) {
            let bound = try withAddress(path) { bind(listener, $0, $1) }
            guard bound == 0 else { throw SystemError(code: errno, operation: "bind", subject: path) }
            try system("chmod", path) { chmod(path, mode) }
            try system("fcntl", path) { fcntl(listener, F_SETFL, O_NONBLOCK) }
            try system("listen", path) { Glibc.listen(listener, 128) }
            return listener
        } catch {
            close(listener)
            throw error
        }
    }

    /// Connects, or throws why not: ENOENT (no daemon), ECONNREFUSED (the file of a dead one), EACCES (not in the
    /// group).
    static func connect(_ path: String) throws(SystemError) -> Int32 {
        let descriptor = try make()
        // A server that accepts no more connections must not block this client for ever.
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        do throws(SystemError) {
            let result = try withAddress(path) { Glibc.connect(descriptor, $0, $1) }
            guard result == 0 else { throw SystemError(code: errno, operation: "connect", subject: path) }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Writes everything; false when the peer has gone.
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
