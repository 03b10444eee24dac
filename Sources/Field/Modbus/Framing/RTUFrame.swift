/// RTU: unit, PDU and a checksum (Modbus over serial line 1.02, section 2.5.1). Pure.
enum RTUFrame {
    /// Bytes before the unit id, and after the data.
    static let prefix = 0
    static let suffix = 2

    /// Appends the checksum of what stands in the frame, its low byte first.
    static func appendChecksum(to frame: inout [UInt8]) {
        let crc = crc(frame, count: frame.count)
        frame.append(UInt8(crc & 0xFF))
        frame.append(UInt8(crc >> 8))
    }

    /// Whether a whole frame's checksum, its last two bytes, is right: over both the CRC is zero.
    static func hasRightChecksum(_ frame: [UInt8], count: Int) -> Bool { count >= 4 && crc(frame, count: count) == 0 }

    /// How long a frame is by its function code and byte count, as libmodbus 3.1.6 takes it; nil before these came.
    /// Codes that are never sent stand here because another master's traffic can be heard on a line.
    static func length(of frame: [UInt8], count: Int) -> Int? {
        guard count >= 3 else { return nil }
        return switch frame[1] {
        case 0...4, 0x11, 0x17: 5 + Int(frame[2])
        case 5, 6, 15, 16: 8
        case 0x16: 10
        default: 5
        }
    }

    /// Modbus over serial line 1.02, appendix B. libmodbus checks every reply's; this one is for what it keeps to
    /// itself: the request as sent, and replies by other units, which it hands over unchecked.
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
    /// Whether a whole frame, its last two bytes included, is as it was sent.
    public static func isRight(_ frame: [UInt8]) -> Bool { RTUFrame.hasRightChecksum(frame, count: frame.count) }
}
