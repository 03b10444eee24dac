import Domain

/// The replies that are arriving over a connection: the bytes as they came, and where the first frame ends. Pure.
struct ReplyBuffer {
    let framing: ModbusFraming
    /// What has come since the last request and was not dropped: `count` bytes.
    private(set) var bytes = [UInt8](repeating: 0, count: 2 * ReadRequest.longestFrame)
    private(set) var count = 0

    init(_ framing: ModbusFraming) { self.framing = framing }

    mutating func removeAll() { count = 0 }

    /// Lets `read` write behind what has come.
    ///
    /// - Parameter read: returns how many bytes it wrote; zero or a negative number means none.
    /// - Returns: what `read` returned.
    mutating func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
        let filled = count
        let got = bytes.withUnsafeMutableBytes { read(UnsafeMutableRawBufferPointer(rebasing: $0[filled...])) }
        count += max(0, got)
        return got
    }

    /// Removes the first reply's bytes, so that the next one's move to the front.
    mutating func drop(_ length: Int) {
        bytes.withUnsafeMutableBytes { buffer in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[length..<count]))
        }
        count -= length
    }

    /// Returns the length of the first reply, once it is whole. What follows it is the next reply, or was not asked
    /// for.
    ///
    /// - Throws: `badFrame` where its header announces more bytes than any reply has.
    func wholeLength() throws(ModbusError.Kind) -> Int? {
        guard let length = framing.replyLength(in: bytes, count: count) else { return nil }
        if length > ReadRequest.longestFrame { throw .badFrame("its byte count is beyond any frame's") }
        return length <= count ? length : nil
    }
}
