import Domain
import Glibc

/// An established TCP connection, with TLS or without: bytes out and in, without waiting; closed when it goes.
struct TCPSocket: ~Copyable {
    private let descriptor: Descriptor
    private let session: TLSSession?

    /// - Parameter session: on this descriptor; nil where the bytes pass as they are.
    init(_ descriptor: consuming Descriptor, session: TLSSession? = nil) {
        self.descriptor = descriptor
        self.session = session
    }

    var number: Int32 { descriptor.number }

    /// Whether the connection is open, and holds no unasked byte.
    var isQuiet: Bool {
        var byte: UInt8 = 0
        let result =
            session.map { session in withUnsafeMutableBytes(of: &byte) { session.receive($0, peek: true) } }
            ?? recv(number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return result < 0 && (errno == EAGAIN || errno == EINTR)
    }

    /// Sends all of the bytes, or throws.
    func write(_ bytes: [UInt8]) throws(ModbusError.Kind) {
        if let session { return try session.write(bytes) }
        let sent = Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        if sent < 0 { throw .init(code: errno, during: .talkingTCP) }
        if sent != bytes.count { throw .tcpFailed("it takes no bytes") }
    }

    /// Takes what has arrived; there may be nothing.
    func read(into replies: inout ReplyBuffer) throws(ModbusError.Kind) {
        let number = number
        let session = session
        let got = replies.fill { buffer in
            session?.receive(buffer) ?? recv(number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        }
        if got == 0 { throw session?.closing ?? .closedByPeer }
        if got < 0, errno != EAGAIN, errno != EINTR {
            throw session?.receiveFailure ?? .init(code: errno, during: .talkingTCP)
        }
    }
}
