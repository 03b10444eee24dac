import Domain
import Glibc

/// An established Modbus TCP connection and the replies that are coming in on it. It never blocks.
///
/// The frames are written and gathered here and not by libmodbus: its `modbus_send_raw_request` (3.1.6) gives every request the
/// transaction id 0, so that nothing could be checked, and its receiving waits in between and takes six system calls a reply.
struct TCPLink: ~Copyable {
    private let socket: Descriptor
    /// What has come since the last request and was not dropped: `count` bytes.
    private(set) var frame = [UInt8](repeating: 0, count: 2 * ReadRequest.longestFrame)
    private(set) var count = 0

    init(_ socket: consuming Descriptor) { self.socket = socket }

    var descriptor: Int32 { socket.number }

    /// Whether the connection is open, and without a byte that nobody asked for.
    var isQuiet: Bool {
        var byte: UInt8 = 0
        let result = recv(socket.number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return result < 0 && (errno == EAGAIN || errno == EINTR)
    }

    mutating func send(_ frame: [UInt8]) throws(ModbusError.Kind) {
        count = 0
        let sent = Glibc.send(socket.number, frame, frame.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        if sent < 0 { throw .init(code: errno, during: .talkingTCP) }
        if sent != frame.count { throw .tcpFailed("it takes no bytes") }
    }

    /// Takes the first reply's bytes out, so that the next one's come to the front.
    mutating func drop(_ length: Int) {
        frame.withUnsafeMutableBytes { buffer in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[length..<count]))
        }
        count -= length
    }

    /// Takes what has come, unless the first frame is whole already.
    ///
    /// - Returns: how long the first frame is, once it is whole. What stands behind it is the next reply, or was not asked for.
    mutating func receive() throws(ModbusError.Kind) -> Int? {
        if let length = try wholeLength() { return length }
        let got = frame.withUnsafeMutableBytes { buffer in
            recv(socket.number, buffer.baseAddress! + count, buffer.count - count, Int32(MSG_DONTWAIT))  // never empty
        }
        if got == 0 { throw .closedByPeer }
        if got < 0 {
            if errno == EAGAIN || errno == EINTR { return nil }
            throw .init(code: errno, during: .talkingTCP)
        }
        count += got
        return try wholeLength()
    }

    private func wholeLength() throws(ModbusError.Kind) -> Int? {
        guard let length = ReadRequest.tcpLength(of: frame, count: count) else { return nil }
        if length > ReadRequest.longestFrame { throw .badFrame("its byte count is beyond any frame's") }
        return length <= count ? length : nil
    }
}
