/// ASCII framing (Modbus over serial line 1.02, section 2.5.2): a colon, unit, PDU and LRC in hexadecimal, CR LF.
enum CharacterFrame {
    static func frame(unit: UInt8, pdu: [UInt8]) -> [UInt8] {
        let body = [unit] + pdu
        let sum = body.reduce(0) { $0 + Int($1) }
        let whole = body + [UInt8((256 - sum % 256) % 256)]
        let text = whole.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        return Array(":\(text)\r\n".utf8)
    }

    /// Returns unit and PDU of a whole frame; nil where it is damaged.
    static func body(_ frame: [UInt8]) -> [UInt8]? {
        let text = String(decoding: frame, as: UTF8.self)
        guard text.hasPrefix(":"), text.hasSuffix("\r\n") else { return nil }
        let digits = Array(text.dropFirst().dropLast())  // CR LF is one character
        guard digits.count.isMultiple(of: 2), digits.count >= 6 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(digits[index...(index + 1)]), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes.reduce(0) { $0 + Int($1) } % 256 == 0 ? bytes.dropLast() : nil
    }

    /// Removes and returns the next request, and drops garbage before it; nil when more bytes must come.
    static func takeRequest(from buffer: inout [UInt8]) -> [UInt8]? {
        while let start = buffer.firstIndex(of: UInt8(ascii: ":")) {
            guard let end = buffer[start...].firstIndex(of: 10) else {
                buffer.removeFirst(start)
                return nil
            }
            let frame = Array(buffer[start...end])
            buffer.removeFirst(end + 1)
            if body(frame) != nil { return frame }
        }
        buffer.removeAll()
        return nil
    }
}
