import Domain
import Glibc
import Platform

/// Resolves and connects. libmodbus could (`modbus_connect`), but reports an unreachable host and an unknown name both
/// as "refused", and puts its descriptor into an FD_SET before any check that it fits.
enum TCPDial {
    /// - Parameter deadline: for all of the name's addresses together. The resolver has its own time limit.
    static func connect(
        host: String,
        port: Int,
        deadline: Uptime,
        time: any TimeSource
    ) throws(ModbusError.Kind) -> Descriptor {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &list)
        if result != 0, DescriptorRoom.isExhausted { throw .tooManyDescriptors }
        guard result == 0 else { throw .nameUnknown(String(cString: gai_strerror(result))) }
        defer { freeaddrinfo(list) }
        var failure = ModbusError.Kind.tcpTimeout
        var next = list
        while let address = next?.pointee {
            do throws(ModbusError.Kind) {
                return try connect(to: address, deadline: deadline, time: time)
            } catch {
                failure = error
            }
            next = address.ai_next
        }
        throw failure
    }

    private static func connect(
        to address: addrinfo,
        deadline: Uptime,
        time: any TimeSource
    ) throws(ModbusError.Kind) -> Descriptor {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let made = socket(address.ai_family, type, address.ai_protocol)
        if made < 0 { throw .init(code: errno, during: .connecting) }
        let descriptor = try Descriptor(socket: made)
        let number = descriptor.number
        var on: Int32 = 1
        // Without it a request could wait for the acknowledgement of the previous one.
        setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        if Glibc.connect(number, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
        if errno != EINPROGRESS && errno != EINTR { throw .init(code: errno, during: .connecting) }
        var waited = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        while true {
            let left = max(0, (deadline - time.uptime()).wholeMilliseconds)
            let ready = poll(&waited, 1, Int32(clamping: left))
            if ready > 0 { break }
            if ready == 0 { throw .tcpTimeout }
            if errno != EINTR { throw .init(code: errno, during: .connecting) }
        }
        var outcome: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(number, SOL_SOCKET, SO_ERROR, &outcome, &size)
        if outcome != 0 { throw .init(code: outcome, during: .connecting) }
        return descriptor
    }
}
