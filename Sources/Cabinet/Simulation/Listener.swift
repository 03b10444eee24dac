import Glibc
import Platform

/// A TCP socket that listens at a loopback address; the bus's thread owns it once it runs.
struct Listener {
    let descriptor: Int32

    /// - Throws: `SimulationError` when the address is not this machine's loopback, or is taken.
    init(bus: String, host: String, port: Int) throws(SimulationError) {
        func fail(_ reason: String) -> SimulationError { SimulationError(bus: bus, reason: reason) }
        let isSix = host.contains(":")
        let name = host == "localhost" ? "127.0.0.1" : host
        guard name.hasPrefix("127.") || name == "::1" else {
            throw fail("\(host) is not this machine: only loopback addresses such as 127.0.0.1:1502 are played")
        }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(isSix ? AF_INET6 : AF_INET, kind, 0)
        guard socket >= 0 else { throw fail(SystemError(code: errno, operation: "socket").description) }
        do {
            var yes: Int32 = 1
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            try system("bind", "\(host):\(port)") { Self.bind(socket, name, port, isSix: isSix) }
            try system("listen", "\(host):\(port)") { listen(socket, 16) }
        } catch {
            close(socket)
            let advice =
                switch error.code {
                case EADDRINUSE:
                    "; another program, perhaps another simulation, has it: stop that or choose another port"
                case EACCES: "; ports below 1024 need privileges: choose another, such as 1502"
                default: ""
                }
            throw fail(error.description + advice)
        }
        descriptor = socket
    }

    private static func bind(_ socket: Int32, _ host: String, _ port: Int, isSix: Bool) -> Int32 {
        let number = UInt16(truncatingIfNeeded: port).bigEndian
        if isSix {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = number
            inet_pton(AF_INET6, host, &address.sin6_addr)
            return withUnsafeBytes(of: &address) { bind(socket, $0) }
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = number
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            errno = EADDRNOTAVAIL
            return -1
        }
        return withUnsafeBytes(of: &address) { bind(socket, $0) }
    }

    private static func bind(_ socket: Int32, _ address: UnsafeRawBufferPointer) -> Int32 {
        // The buffer is never empty: it is a whole socket address.
        Glibc.bind(socket, address.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
    }
}
