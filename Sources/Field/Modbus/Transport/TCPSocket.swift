import Domain
import Glibc

/// An established TCP connection: bytes out and in, without waiting; closed when it goes.
struct TCPSocket: ~Copyable {
    private let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    var number: Int32 { descriptor.number }

    /// Whether the connection is open, and holds no unasked byte.
    var isQuiet: Bool {
        var byte: UInt8 = 0
        let result = recv(number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return result < 0 && (errno == EAGAIN || errno == EINTR)
    }

    /// Sends all of the bytes, or throws.
    func write(_ bytes: [UInt8]) throws(ModbusError.Kind) {
        let sent = Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        if sent < 0 { throw .init(code: errno, during: .talkingTCP) }
        if sent != bytes.count { throw .tcpFailed("it takes no bytes") }
    }

    /// Takes what has arrived, in one system call; there may be nothing.
    func read(into replies: inout ReplyBuffer) throws(ModbusError.Kind) {
        let number = number
        let got = replies.fill { recv(number, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT)) }
        if got == 0 { throw .closedByPeer }
        if got < 0, errno != EAGAIN, errno != EINTR { throw .init(code: errno, during: .talkingTCP) }
    }
}
