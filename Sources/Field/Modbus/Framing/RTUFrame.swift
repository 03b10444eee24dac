/// RTU: unit, PDU and a checksum (Modbus over serial line 1.02, section 2.5.1). Pure.
enum RTUFrame {
    /// How many bytes come before the unit id, and after the data.
    static let prefix = 0
    static let suffix = 2

    /// Appends the checksum of the frame's bytes, its low byte first.
    static func appendChecksum(to frame: inout [UInt8]) {
        let crc = crc(frame, count: frame.count)
        frame.append(UInt8(crc & 0xFF))
        frame.append(UInt8(crc >> 8))
    }

    /// Whether the last two bytes of a whole frame are its right checksum: the CRC over all bytes is then zero.
    static func hasRightChecksum(_ frame: [UInt8], count: Int) -> Bool { count >= 4 && crc(frame, count: count) == 0 }

    /// Returns the length of a frame by its function code and byte count, as libmodbus 3.1.6 computes it; nil before
    /// these came. It covers codes that we never send, because another master's traffic can be heard on a line.
    static func length(of frame: [UInt8], count: Int) -> Int? {
        guard count >= 3 else { return nil }
        return switch frame[1] {
        case 0...4, 0x11, 0x17: 5 + Int(frame[2])
        case 5, 6, 15, 16: 8
        case 0x16: 10
        default: 5
        }
    }

    /// Modbus over serial line 1.02, appendix B. libmodbus checks every reply's CRC; this function covers what
    /// libmodbus does not check: the request as sent, and replies by other units, which it passes on unchecked.
    static func crc(_ frame: [UInt8], count: Int) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for byte in frame.prefix(count) {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return crc
    }
}

/// The checksum of a serial frame.
public enum SerialChecksum {
    /// Whether a whole frame, with its last two bytes, is as it was sent.
    public static func isRight(_ frame: [UInt8]) -> Bool { RTUFrame.hasRightChecksum(frame, count: frame.count) }
}
