import CTLS
import Domain
import Glibc

/// A TLS session on a connected socket, for Modbus/TCP Security (specification v36, 2021): MBAP inside TLS. It ends
/// when this goes; the socket must stay open for as long.
final class TLSSession {
    private let session: OpaquePointer
    /// Whether anything came since the handshake.
    private var hasReceived = false

    private init(_ session: OpaquePointer) { self.session = session }

    deinit { ctls_free(session) }

    /// Makes the session and its handshake.
    ///
    /// - Parameters:
    ///   - socket: connected; it does not block.
    ///   - host: the name or address that the device's certificate must be for.
    static func open(
        on socket: Int32,
        host: String,
        files: TLSFiles,
        deadline: Uptime,
        time: any TimeSource
    ) throws(ModbusError.Kind) -> TLSSession {
        var words = [CChar](repeating: 0, count: 256)
        guard
            let made = ctls_new(
                socket,
                files.caFile,
                files.certificateFile,
                files.keyFile,
                host,
                &words,
                words.count
            )
        else {
            let text = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .tlsFailed(String(decoding: text, as: UTF8.self))
        }
        let session = TLSSession(made)
        while true {
            let result = ctls_handshake(made)
            if result > 0 { return session }
            if result < 0 { throw session.failure }
            var waited = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let left = max(0, (deadline - time.uptime()).wholeMilliseconds)
            if poll(&waited, 1, Int32(clamping: left)) == 0 { throw .tlsFailed("the peer does not answer in TLS") }
        }
    }

    private var failure: ModbusError.Kind { .tlsFailed(String(cString: ctls_words(session))) }

    /// What an errno of this session means; EPROTO is a failure of TLS itself.
    private func failure(_ code: Int32) -> ModbusError.Kind {
        code == EPROTO ? failure : .init(code: code, during: .talkingTCP)
    }

    /// As recv(2) without waiting; with `peek` the bytes stay.
    func receive(_ buffer: UnsafeMutableRawBufferPointer, peek: Bool = false) -> Int {
        let count = ctls_receive(session, buffer.baseAddress, buffer.count, peek ? 1 : 0)
        if count > 0 { hasReceived = true }
        return count
    }

    func write(_ bytes: [UInt8]) throws(ModbusError.Kind) {
        if ctls_send(session, bytes, bytes.count) == bytes.count { return }
        let kind = failure(errno)
        guard kind == .closedByPeer, !hasReceived else { throw kind }
        // What the device sent before it closed is still here: the alert that names its reason.
        var byte: UInt8 = 0
        let isAlert = withUnsafeMutableBytes(of: &byte) { receive($0, peek: true) } < 0 && errno == EPROTO
        throw isAlert ? failure : closing
    }

    /// What it means that the device closes the connection. In TLS 1.3 it judges this side's certificate only after the
    /// handshake.
    var closing: ModbusError.Kind {
        hasReceived
            ? .closedByPeer : .tlsFailed("closed after the handshake: it may want a certificate of its authority")
    }

    /// The failure of `receive`, by errno.
    var receiveFailure: ModbusError.Kind {
        let kind = failure(errno)
        return kind == .closedByPeer ? closing : kind
    }
}
