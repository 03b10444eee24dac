import Domain

/// The rules of a framing, from `RTUFrame`, `ASCIIFrame` and `MBAPFrame`.
extension ModbusFraming {
    /// How many bytes come before the unit id.
    var prefix: Int {
        switch self {
        case .rtu: RTUFrame.prefix
        case .ascii: ASCIIFrame.prefix
        case .mbap: MBAPFrame.prefix
        }
    }

    /// How many bytes come after the data.
    var suffix: Int {
        switch self {
        case .rtu: RTUFrame.suffix
        case .ascii: ASCIIFrame.suffix
        case .mbap: MBAPFrame.suffix
        }
    }

    /// The most bytes that a reply has on the wire.
    var longestReply: Int { self == .ascii ? ASCIIFrame.longest : ReadRequest.longestFrame }

    /// The most bytes that a line's frame has on the wire: in RTU 256 (Modbus over serial line 1.02, section 2.5.1).
    var longestLineFrame: Int { self == .ascii ? ASCIIFrame.longest : 256 }

    /// Returns the length on the wire of a frame of so many bytes.
    func wireLength(ofBytes count: Int) -> Int {
        self == .ascii ? ASCIIFrame.characters(ofBytes: count) : count
    }

    /// How many bytes on the wire hold the function code and the byte count of a line's frame.
    var lineHead: Int { self == .ascii ? 7 : 3 }

    /// Returns the length of a line's frame at the beginning of these bytes, as they are on the wire; nil before enough
    /// came.
    func lineLength(of bytes: [UInt8], count: Int) -> Int? {
        self == .ascii ? ASCIIFrame.length(of: bytes, count: count) : RTUFrame.length(of: bytes, count: count)
    }

    /// Returns the length of the reply at the beginning of what a connection of its own brought; nil before enough
    /// bytes came.
    func replyLength(in bytes: [UInt8], count: Int) -> Int? {
        switch self {
        case .rtu, .ascii: lineLength(of: bytes, count: count)
        case .mbap: MBAPFrame.length(of: bytes, count: count)
        }
    }
}
