import Domain
import Profiles

extension FrameValue {
    /// The value that these bytes are; nil where they are none: nothing is guessed from a part of them.
    ///
    /// - Parameter sign: the bytes of the field that holds the number's sign; nil where the number has its own.
    func read(_ bytes: [UInt8], sign: [UInt8]? = nil) -> Value? {
        if !words.isEmpty {
            guard let text = Self.text(bytes) else { return nil }
            return words[text].map { .integer($0) }
        }
        switch kind {
        case .string: return Self.text(bytes).map { .string($0) }
        case .bits:
            guard bytes.count <= 8 else { return nil }
            return .unsigned(bytes.reduce(0) { $0 << 8 | UInt64($1) })
        case .number:
            let digits = isReversed ? bytes.reversed() : bytes
            guard let number = Self.number(digits, decimal: decimal, ownSign: self.sign == nil) else { return nil }
            guard self.sign != nil else { return .decimal(number) }
            guard let sign, let isNegative = Self.isNegative(sign) else { return nil }
            return .decimal(isNegative ? -number : number)
        }
    }

    /// Printable characters without the blanks around them.
    private static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
        return trimmed(String(decoding: bytes, as: UTF8.self))
    }

    /// Whether a sign field says minus; nil where it holds anything but a sign, a blank or the digit 0.
    private static func isNegative(_ bytes: [UInt8]) -> Bool? {
        let signs = bytes.filter { $0 != UInt8(ascii: " ") }
        guard signs.count <= 1 else { return nil }
        switch signs.first {
        case nil, UInt8(ascii: "+"), UInt8(ascii: "0"): return false
        case UInt8(ascii: "-"): return true
        default: return nil
        }
    }

    /// Blanks, a sign, blanks, digits with at most one decimal sign, blanks. A blank between two digits is a lost one.
    private static func number(
        _ bytes: some Collection<UInt8>,
        decimal: NumberText.DecimalSign,
        ownSign: Bool
    ) -> DecimalNumber? {
        let blank = UInt8(ascii: " ")
        var rest = bytes.drop { $0 == blank }
        var isNegative = false
        if ownSign, let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            rest = rest.dropFirst().drop { $0 == blank }
        }
        let written = decimal == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".")
        var text: [UInt8] = []
        var points = 0
        while let byte = rest.first, byte != blank {
            switch byte {
            case 0x30...0x39: text.append(byte)
            case written where points == 0:
                points = 1
                text.append(UInt8(ascii: "."))
            default: return nil
            }
            rest = rest.dropFirst()
        }
        guard text.count > points, rest.allSatisfy({ $0 == blank }) else { return nil }
        // No indicator shows more digits than a number of 64 bits has.
        guard text.count - points <= 18, let number = DecimalNumber(String(decoding: text, as: UTF8.self)) else {
            return nil
        }
        return isNegative ? -number : number
    }
}
