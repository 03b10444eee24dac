import Glibc

/// A loopback port whose backlog is full: it ignores connection attempts without an answer, like an absent host.
public final class FullListener {
    public let port: Int
    private var descriptors: [Int32] = []

    public init() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var filling: [Int32] = []
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(listener, address, size) == 0 && listen(listener, 0) == 0, "no listener: \(errno)")
                getsockname(listener, address, &size)
                for _ in 0..<4 {
                    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
                    let client = socket(AF_INET, type, 0)
                    _ = connect(client, address, size)
                    filling.append(client)
                }
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        descriptors = filling + [listener]
    }

    public func close() {
        for descriptor in descriptors { Glibc.close(descriptor) }
        descriptors = []
    }
}
