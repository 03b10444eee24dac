import Domain

/// An established connection and the replies that are arriving on it. It never blocks.
///
/// The frames are written and gathered here, not by libmodbus: its `modbus_send_raw_request` (3.1.6) gives every
/// request the transaction id 0, so that nothing could be checked, and its receive function waits in between and makes
/// six system calls a reply.
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

    /// Takes what has arrived.
    ///
    /// - Returns: all that has come since the last request.
    mutating func gather() throws(ModbusError.Kind) -> [UInt8] {
        try socket.read(into: &replies)
        return Array(replies.bytes[..<replies.count])
    }

    /// Removes the first reply's bytes, so that the next one's move to the front.
    mutating func drop(_ length: Int) { replies.drop(length) }

    /// Takes what has arrived, unless the first frame is whole already.
    ///
    /// - Returns: the length of the first frame, once it is whole. What follows it is the next reply, or was not asked
    ///   for.
    mutating func receive() throws(ModbusError.Kind) -> Int? {
        if let length = try replies.wholeLength() { return length }
        try socket.read(into: &replies)
        return try replies.wholeLength()
    }
}
