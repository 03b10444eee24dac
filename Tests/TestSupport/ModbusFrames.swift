/// Replies like those of a device, correct and wrong ones, written apart from the code under test.
public enum ModbusFrames {
    /// A serial frame: unit, function code and data, with its CRC.
    public static func rtu(_ bytes: [UInt8]) -> [UInt8] {
        var crc: UInt16 = 0xFFFF
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 {
                let carry = crc & 1
                crc >>= 1
                if carry == 1 { crc ^= 0xA001 }
            }
        }
        return bytes + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
    }

    /// The reply to a serial request for holding or input registers.
    public static func rtuReply(to request: [UInt8], words: [UInt16]) -> [UInt8] {
        rtu([request[0], request[1], UInt8(words.count * 2)] + bytes(of: words))
    }

    /// A correct reply to a serial request for registers: each word is its own address.
    public static func rtuAddresses(to request: [UInt8]) -> [UInt8] {
        let start = UInt16(request[2]) << 8 | UInt16(request[3])
        let count = UInt16(request[4]) << 8 | UInt16(request[5])
        return rtuReply(to: request, words: (0..<count).map { start + $0 })
    }

    /// A TCP frame with the request's transaction id: unit, function code and data follow.
    public static func tcp(to request: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        request.prefix(2) + [0, 0, 0, UInt8(bytes.count)] + bytes
    }

    /// A correct reply to a TCP request for registers: each word is its own address.
    public static func tcpAddresses(to request: [UInt8]) -> [UInt8] {
        let start = UInt16(request[8]) << 8 | UInt16(request[9])
        let count = UInt16(request[10]) << 8 | UInt16(request[11])
        let words = (0..<count).map { start + $0 }
        return tcp(to: request, [request[6], request[7], UInt8(count * 2)] + bytes(of: words))
    }

    private static func bytes(of words: [UInt16]) -> [UInt8] {
        words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
}
