import Domain

/// What came in reply to an RTU request: how many bytes, and what is wrong with them. Pure.
///
/// libmodbus checks the CRC of the unit that was asked (`SerialPort.receive`); here other frames are told from noise.
struct RTUReply {
    let count: Int
    /// Nil when it is the right reply.
    let flaw: ModbusError.Kind?
    private let outcome: LineReception

    /// - Parameters:
    ///   - outcome: how the wait for it ended.
    ///   - bytes: what came, followed by `filler`.
    ///   - request: what was asked; `sent` holds its bytes.
    init(_ outcome: LineReception, in bytes: [UInt8], filler: UInt8, to request: ReadRequest, sent: [UInt8]) {
        var count = (bytes.lastIndex { $0 != filler } ?? -1) + 1
        var flaw: ModbusError.Kind?
        switch outcome {
        case .frame(let length):
            count = length
            flaw = request.flaw(in: bytes, count: length)
        case .unchecked:
            count = RTUFrame.length(of: bytes, count: bytes.count) ?? count
            let isRight = RTUFrame.hasRightChecksum(bytes, count: count)
            flaw = isRight ? request.flaw(in: bytes, count: count) : .crc
        case .failed(.timeout) where count > 0:
            flaw = request.brokeOff(after: count)
        case .failed(let kind):
            flaw = kind
        }
        // libmodbus stops at what it takes for a whole reply (five bytes at least), so an echo may be seen in part. A
        // right reply begins like its request only where its byte count and data repeat the address and count.
        let isEcho = count >= 5 && bytes.starts(with: sent.prefix(count))
        self.count = count
        self.flaw = isEcho ? .echo : flaw
        self.outcome = outcome
    }

    /// How many bytes libmodbus has read: what comes next stands behind them.
    func read(of bytes: [UInt8]) -> Int {
        switch outcome {
        case .frame(let length): length
        case .unchecked, .failed(.crc): RTUFrame.length(of: bytes, count: bytes.count) ?? count
        // Its byte count was too large, so it read no further.
        case .failed(.badFrame): 3
        // It has read everything that came in time.
        case .failed: bytes.count
        }
    }
}
