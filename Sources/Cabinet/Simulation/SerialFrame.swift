/// RTU framing (Modbus over serial line 1.02, section 2.5): unit, PDU, CRC with its low byte first.
enum SerialFrame {
    static func frame(unit: UInt8, pdu: [UInt8]) -> [UInt8] {
        let body = [unit] + pdu
        let crc = crc(body[...])
        return body + [UInt8(crc & 0xff), UInt8(crc >> 8)]
    }

    /// CRC-16 with the polynomial 0xA001, starting with 0xFFFF.
    static func crc(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.reduce(0xffff) { crc, byte in
            (0..<8).reduce(crc ^ UInt16(byte)) { crc, _ in crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xa001 }
        }
    }

    private static func isWhole(_ frame: ArraySlice<UInt8>) -> Bool {
        guard let low = frame.dropLast().last, let high = frame.last else { return false }
        return crc(frame.dropLast(2)) == UInt16(high) << 8 | UInt16(low)
    }

    /// Removes and returns the next request, and drops garbage before it; nil when more bytes must come.
    ///
    /// A read request has 8 bytes. Other functions have other lengths, so any length with a right CRC is accepted.
    static func takeRequest(from buffer: inout [UInt8]) -> [UInt8]? {
        var start = 0
        while buffer.count - start >= 4 {
            let rest = buffer[start...]
            if rest.count >= 8, isWhole(rest.prefix(8)) { return take(8, at: start, from: &buffer) }
            if !(1...4).contains(rest[start + 1]) {
                for length in 4...min(rest.count, 256) where isWhole(rest.prefix(length)) {
                    return take(length, at: start, from: &buffer)
                }
            }
            // Fewer than 8 bytes may be the beginning of a request, so they stay; more cannot be one.
            if rest.count < 8 { break }
            start += 1
        }
        buffer.removeFirst(start)
        return nil
    }

    private static func take(_ length: Int, at start: Int, from buffer: inout [UInt8]) -> [UInt8] {
        defer { buffer.removeFirst(start + length) }
        return Array(buffer[start..<start + length])
    }
}

/// Modbus TCP framing (Modbus messaging on TCP/IP 1.0b, section 3.1.3): transaction, protocol 0, length, unit, PDU.
enum TCPFrame {
    static func frame(transaction: [UInt8], unit: UInt8, pdu: [UInt8]) -> [UInt8] {
        let length = pdu.count + 1
        return transaction + [0, 0, UInt8(length >> 8), UInt8(length & 0xff), unit] + pdu
    }

    enum Taken {
        case request([UInt8])
        case incomplete
        /// Not Modbus: the connection is closed.
        case foreign
    }

    /// Removes and returns the next request from the bytes so far.
    static func takeRequest(from buffer: inout [UInt8]) -> Taken {
        guard buffer.count >= 6 else { return .incomplete }
        let length = Int(buffer[4]) << 8 | Int(buffer[5])
        guard buffer[2] == 0, buffer[3] == 0, (2...254).contains(length) else { return .foreign }
        guard buffer.count >= 6 + length else { return .incomplete }
        defer { buffer.removeFirst(6 + length) }
        return .request(Array(buffer[..<(6 + length)]))
    }
}
