import Domain

/// The rules of a framing, from `RTUFrame` and `MBAPFrame`.
extension ModbusFraming {
    /// How many bytes come before the unit id.
    var prefix: Int {
        switch self {
        case .rtu: RTUFrame.prefix
        case .mbap: MBAPFrame.prefix
        }
    }

    /// How many bytes come after the data.
    var suffix: Int {
        switch self {
        case .rtu: RTUFrame.suffix
        case .mbap: MBAPFrame.suffix
        }
    }

    /// Returns the length of the reply at the beginning of these bytes; nil before enough bytes came.
    func replyLength(in bytes: [UInt8], count: Int) -> Int? {
        switch self {
        case .rtu: RTUFrame.length(of: bytes, count: count)
        case .mbap: MBAPFrame.length(of: bytes, count: count)
        }
    }
}
