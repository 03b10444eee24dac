import Domain

/// What came in reply to a request on a shared line: how much of it, and what is wrong with it. Pure.
struct LineReply {
    /// How many bytes came on the wire.
    let count: Int
    /// Nil when it is the right reply.
    let flaw: ModbusError.Kind?
    /// Whether what came begins as the right reply does.
    let beginsRight: Bool
    /// The bytes that the characters of an ASCII reply stand for; nil in RTU, where they are what came.
    let decoded: [UInt8]?

    /// A reply that is surely none of this line.
    init(count: Int, flaw: ModbusError.Kind) {
        self.count = count
        self.flaw = flaw
        beginsRight = false
        decoded = nil
    }

    /// - Parameters:
    ///   - reply: the judged RTU reply.
    ///   - bytes: what came.
    init(_ reply: RTUReply, in bytes: [UInt8], to request: ReadRequest) {
        count = reply.count
        flaw = reply.flaw
        beginsRight = bytes.starts(with: request.replyHead)
        decoded = nil
    }

    /// Judges an ASCII reply.
    ///
    /// - Parameters:
    ///   - outcome: how the wait for it ended.
    ///   - characters: what came, followed by zeros.
    ///   - request: what was asked; `sent` holds its characters.
    init(ascii outcome: LineReception, in characters: [UInt8], to request: ReadRequest, sent: [UInt8]) {
        let came = characters[..<((characters.lastIndex { $0 != 0 } ?? -1) + 1)]
        count = came.count
        var bytes: [UInt8]?
        var found: ModbusError.Kind?
        switch outcome {
        case .frame(let length):
            do throws(ASCIIFrame.Flaw) {
                let frame = try ASCIIFrame.bytes(of: characters[..<length])
                found = request.flaw(in: frame, count: frame.count)
                bytes = frame
            } catch {
                switch error {
                case .checksum: found = .crc
                case .shape(let words): found = .badFrame(words)
                }
            }
        case .failed(.timeout) where !came.isEmpty:
            found =
                came.contains { $0 > 127 }
                ? .badFrame("its characters have eight bits") : request.brokeOff(after: count)
        case .unchecked: found = .timeout
        case .failed(let kind): found = kind
        }
        let isEcho = count >= 5 && sent.starts(with: came)
        flaw = isEcho ? .echo : found
        decoded = bytes
        beginsRight = bytes.map { $0.starts(with: request.replyHead) } ?? false
    }
}
