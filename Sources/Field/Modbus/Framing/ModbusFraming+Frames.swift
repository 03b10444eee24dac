import Domain

/// A framing's rules, as `RTUFrame` and `MBAPFrame` know them.
extension ModbusFraming {
    /// Bytes before the unit id.
    var prefix: Int {
        switch self {
        case .rtu: RTUFrame.prefix
        case .mbap: MBAPFrame.prefix
        }
    }

    /// Bytes after the data.
    var suffix: Int {
        switch self {
        case .rtu: RTUFrame.suffix
        case .mbap: MBAPFrame.suffix
        }
    }

    /// How long the reply at the beginning of these bytes is; nil before enough of it came to tell.
    func replyLength(in bytes: [UInt8], count: Int) -> Int? {
        switch self {
        case .rtu: RTUFrame.length(of: bytes, count: count)
        case .mbap: MBAPFrame.length(of: bytes, count: count)
        }
    }
}
