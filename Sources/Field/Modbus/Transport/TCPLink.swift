import Domain

/// An established connection and the replies that are coming in on it. It never blocks.
///
/// The frames are written and gathered here and not by libmodbus: its `modbus_send_raw_request` (3.1.6) gives every
/// request the transaction id 0, so that nothing could be checked, and its receiving waits in between and takes six
/// system calls a reply.
struct TCPLink: ~Copyable {
    let socket: TCPSocket
    private(set) var replies: ReplyBuffer

    init(_ socket: consuming TCPSocket, framing: ModbusFraming) {
        self.socket = socket
        replies = ReplyBuffer(framing)
    }

    mutating func send(_ frame: [UInt8]) throws(ModbusError.Kind) {
        replies.removeAll()
        try socket.write(frame)
    }

    /// Takes the first reply's bytes out, so that the next one's come to the front.
    mutating func drop(_ length: Int) { replies.drop(length) }

    /// Takes what has come, unless the first frame is whole already.
    ///
    /// - Returns: how long the first frame is, once it is whole. What stands behind it is the next reply, or was not
    ///   asked for.
    mutating func receive() throws(ModbusError.Kind) -> Int? {
        if let length = try replies.wholeLength() { return length }
        try socket.read(into: &replies)
        return try replies.wholeLength()
    }
}
