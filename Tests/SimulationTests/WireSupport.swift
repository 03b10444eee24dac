import Glibc
import Platform

/// A master's end of a serial line or a TCP connection.
final class LineEnd {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = try system("open", path) { open(path, O_RDWR | O_NOCTTY | O_CLOEXEC) }
    }

    init(port: Int) throws {
        descriptor = try system("socket") { Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let socket = descriptor
        _ = try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                try system("connect") { connect(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
        }
    }

    deinit { close(descriptor) }

    /// Whether the other end of the line has been closed.
    var isHungUp: Bool {
        var set = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&set, 1, 0) > 0 && set.revents & Int16(POLLHUP) != 0
    }

    /// Sends, and reads until that many bytes have come; fewer after two seconds of silence.
    func exchange(_ request: [UInt8], bytes wanted: Int) -> [UInt8] {
        _ = write(descriptor, request, request.count)
        var got: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while got.count < wanted {
            var set = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&set, 1, 2_000) > 0 else { break }
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            got += buffer.prefix(count)
        }
        return got
    }
}
