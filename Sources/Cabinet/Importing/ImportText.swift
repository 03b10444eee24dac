/// The text of a table's file, in the encodings that spreadsheets write.
package enum ImportText {
    package enum Encoding: String, Sendable {
        case utf8 = "UTF-8"
        case utf16 = "UTF-16"
        /// What spreadsheets of Windows write as "CSV": each byte is a letter.
        case windows1252 = "Windows-1252"
    }

    /// Nil for bytes that are no text.
    package static func read(_ bytes: [UInt8]) -> (text: String, encoding: Encoding)? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let isLittle = bytes[0] == 0xFF
            let words = stride(from: 2, to: bytes.count - 1, by: 2).map { index -> UInt16 in
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                return isLittle ? second << 8 | first : first << 8 | second
            }
            let text = String(decoding: words, as: UTF16.self)
            return text.unicodeScalars.contains("\0") ? nil : (text, .utf16)
        }
        guard !bytes.contains(0) else { return nil }
        if let text = String(validating: bytes, as: UTF8.self) { return (text, .utf8) }
        guard bytes.allSatisfy({ $0 >= 32 || (9...13).contains($0) }) else { return nil }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(windows[byte] ?? Unicode.Scalar(byte)) }
        return (text, .windows1252)
    }

    /// Where the encoding differs from Latin-1: signs that tables use.
    private static let windows: [UInt8: Unicode.Scalar] = [
        0x80: "€", 0x82: "‚", 0x84: "„", 0x85: "…", 0x89: "‰", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•",
        0x96: "–", 0x97: "—", 0x99: "™",
    ]
}
