import Profiles

/// Bytes that stand in a text.
enum EncodedBytes {
    /// Base64 (RFC 4648), with either alphabet and with or without padding; nil for anything else, bits beyond the
    /// last byte included.
    static func base64(_ text: [UInt8]) -> [UInt8]? {
        var digits = trimmed(text)
        let whole = digits.count
        while digits.last == UInt8(ascii: "="), digits.count > 0, whole - digits.count < 2 {
            digits = digits.dropLast()
        }
        if digits.count < whole, !whole.isMultiple(of: 4) { return nil }
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var (bits, count) = (0 as UInt32, 0)
        for digit in digits {
            guard let value = sixBits(digit) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    private static func sixBits(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// Two digits a byte, after `0x` or not; blanks, colons and hyphens may stand between bytes. Or what is wrong.
    static func hexadecimal(_ text: [UInt8]) -> Result<[UInt8], Flaw> {
        var digits = trimmed(text)
        if digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8) { digits = digits.dropFirst(2) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            if " :-".utf8.contains(digit) {
                guard high == nil else { return .failure(Flaw(why: "a separator stands within a byte")) }
                continue
            }
            guard let value = fourBits(digit) else { return .failure(Flaw(why: "not hexadecimal")) }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { return .failure(Flaw(why: "an odd number of hexadecimal digits")) }
        return .success(bytes)
    }

    struct Flaw: Error {
        var why: String
    }

    private static func fourBits(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return text[first...last]
    }
}
