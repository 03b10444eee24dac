import Glibc
import Installation

/// A listening socket that the service manager opened, and where it listens (sd_listen_fds(3)).
struct InheritedSocket {
    let descriptor: Int32
    let address: ListenAddress

    private static let first: Int32 = 3

    /// - Returns: nil where the service manager passed none on to this process.
    static func take() -> InheritedSocket? {
        func number(_ name: String) -> Int32? { getenv(name).flatMap { Int32(String(cString: $0)) } }
        guard number("LISTEN_PID") == getpid(), let count = number("LISTEN_FDS"), count > 0 else { return nil }
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
        guard let address = address(of: first) else { return nil }
        return InheritedSocket(descriptor: first, address: address)
    }

    private static func address(of descriptor: Int32) -> ListenAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let failed = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(descriptor, address, &length) != 0
                    || getnameinfo(
                        address,
                        length,
                        &host,
                        socklen_t(host.count),
                        &port,
                        socklen_t(port.count),
                        NI_NUMERICHOST | NI_NUMERICSERV
                    ) != 0
            }
        }
        if failed { return nil }
        let (name, number) = (text(host), text(port))
        return ListenAddress(name.contains(":") ? "[\(name)]:\(number)" : "\(name):\(number)")
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
