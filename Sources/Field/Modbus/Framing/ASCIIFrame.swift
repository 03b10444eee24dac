import Domain

/// ASCII: a colon, then unit, PDU and a checksum in hexadecimal characters, then CR LF (Modbus over serial line 1.02,
/// section 2.5.2). Pure.
///
/// A request or reply has two forms: the characters on the wire, and the bytes that they stand for, without colon and
/// CR LF. The rules of `ReadRequest` hold for the bytes.
enum ASCIIFrame {
    /// How many bytes come before the unit id, and after the data.
    static let prefix = 0
    static let suffix = 1

    /// The most characters of a frame: 1 + 2 x (1 + 253 + 1) + 2.
    static let longest = 513

    static let colon = UInt8(ascii: ":")

    /// Returns the characters of a frame of so many bytes, the checksum's byte included.
    static func characters(ofBytes count: Int) -> Int { 1 + 2 * count + 2 }

    /// Replaces unit and PDU by the characters of their frame.
    static func write(_ frame: inout [UInt8]) {
        let bytes = frame + [checksum(frame[...])]
        frame = [colon]
        for byte in bytes { frame += [digit(byte >> 4), digit(byte & 0xF)] }
        frame += [13, 10]
    }

    /// Returns the length in characters of the frame that begins with the first of these; nil before its function code
    /// and byte count came. A frame whose characters are no hexadecimal digits counts as the shortest.
    static func length(of frame: [UInt8], count: Int) -> Int? {
        guard count >= 7 else { return nil }
        guard let function = byte(of: frame, at: 3), let size = byte(of: frame, at: 5) else {
            return characters(ofBytes: 4)
        }
        return characters(ofBytes: (1...4).contains(function) ? 4 + Int(size) : 4)
    }

    /// What is wrong with the characters of a frame.
    enum Flaw: Error, Hashable {
        case checksum
        /// The text names the flaw.
        case shape(String)
    }

    /// Returns the bytes of a whole frame, its checksum included.
    static func bytes(of frame: ArraySlice<UInt8>) throws(Flaw) -> [UInt8] {
        if frame.contains(where: { $0 > 127 }) {
            throw .shape("its characters have eight bits: check parity and data_bits 7")
        }
        guard frame.count >= 3, frame.first == colon, frame.suffix(2).elementsEqual([13, 10]) else {
            throw .shape("it does not stand between a colon and CR LF")
        }
        let digits = Array(frame.dropFirst().dropLast(2))
        guard digits.count.isMultiple(of: 2) else { throw .shape("half a byte is missing") }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = byte(of: digits, at: index) else { throw .shape("it is not hexadecimal") }
            bytes.append(byte)
        }
        guard bytes.reduce(0, &+) == 0 else { throw .checksum }
        return bytes
    }

    /// The two's complement of the sum of all bytes.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt8 { 0 &- bytes.reduce(0, &+) }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 55 }

    /// Returns the byte that two characters stand for; small letters are accepted.
    private static func byte(of characters: [UInt8], at index: Int) -> UInt8? {
        guard let high = value(of: characters[index]), let low = value(of: characters[index + 1]) else { return nil }
        return high << 4 | low
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case 48...57: character - 48
        case 65...70: character - 55
        case 97...102: character - 87
        default: nil
        }
    }
}

/// ASCII frames for those who judge frames as they are in RTU.
public enum CharacterFrames {
    /// Returns the frames in these characters as RTU frames; a damaged one has a wrong checksum there too.
    public static func rtu(in characters: [UInt8]) -> [UInt8] {
        characters.split(separator: ASCIIFrame.colon).flatMap { part -> [UInt8] in
            var frame = Array(part.prefix { $0 != 13 && $0 != 10 })
            frame = stride(from: 0, to: frame.count - 1, by: 2).map {
                UInt8(String(decoding: frame[$0...($0 + 1)], as: UTF8.self), radix: 16) ?? 0xFF
            }
            let isRight = frame.reduce(0, &+) == 0
            frame = frame.dropLast()
            RTUFrame.appendChecksum(to: &frame)
            if !isRight, let last = frame.popLast() { frame.append(~last) }
            return frame
        }
    }
}
