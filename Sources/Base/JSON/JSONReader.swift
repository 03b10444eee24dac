import Domain

/// The bytes are not JSON, or are nested too deep, or hold a number beyond the doubles.
public struct NotJSON: Error {
    public init() {}
}

/// Reads JSON (RFC 8259) strictly, in one pass over its bytes: wanted parts become values, the rest is only checked.
///
/// For any input, time and memory are linear in the number of bytes, and calls nest at most `greatestDepth` deep. Among
/// members of the same name the first counts. A UTF-8 byte order mark may precede the document.
struct JSONReader {
    /// The most lists and objects that may be nested in each other.
    static let greatestDepth = 64

    private let bytes: [UInt8]
    private var position = 0

    /// Returns the wanted parts of the document. Other members are missing; other elements are missing, or null where a
    /// wanted one follows.
    static func read(_ bytes: [UInt8], keeping wanted: JSONSelection) throws(NotJSON) -> JSONTree {
        var reader = JSONReader(bytes)
        let tree = try reader.value(wanted, depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw NotJSON() }
        return tree
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    // MARK: Bytes

    /// The next byte; 0 at the end, because JSON has it neither outside of a text nor unescaped within one.
    private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(NotJSON) {
        guard take(character) else { throw NotJSON() }
    }

    private mutating func skipSpace() {
        while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }

    /// Whether that character comes next. It may follow a last comma: hand-written firmware produces such JSON.
    private mutating func isBefore(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return next == UInt8(ascii: character)
    }

    // MARK: Values

    /// - Parameters:
    ///   - wanted: nil where no part of the value is wanted.
    ///   - depth: how many lists and objects enclose the value.
    private mutating func value(_ wanted: JSONSelection?, depth: Int) throws(NotJSON) -> JSONTree {
        skipSpace()
        let isWanted = wanted?.isWhole ?? false
        switch next {
        case UInt8(ascii: "{"): return try object(wanted, depth: depth + 1)
        case UInt8(ascii: "["): return try array(wanted, depth: depth + 1)
        case UInt8(ascii: "\""):
            let text = try text()
            return isWanted ? .string(string(text)) : .null
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONTree) throws(NotJSON) -> JSONTree {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ bytes[position..<end].elementsEqual($0) }) else {
            throw NotJSON()
        }
        position = end
        return value
    }

    private mutating func object(_ wanted: JSONSelection?, depth: Int) throws(NotJSON) -> JSONTree {
        guard depth <= Self.greatestDepth else { throw NotJSON() }
        try expect("{")
        var members: [ExactText: JSONTree] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            let name = try text()
            skipSpace()
            try expect(":")
            if let found = member(name, of: wanted), members[found.name] == nil {
                members[found.name] = try value(found.selection, depth: depth)
            } else {
                _ = try value(nil, depth: depth)
            }
            skipSpace()
        } while take(",") && !isBefore("}")
        try expect("}")
        return .object(members)
    }

    /// Returns what is wanted of the member of that name; nil for nothing.
    private func member(_ name: Text, of wanted: JSONSelection?) -> (name: ExactText, selection: JSONSelection)? {
        guard let wanted else { return nil }
        if wanted.isWhole { return (ExactText(string(name)), .all) }
        if wanted.members.isEmpty { return nil }
        let found =
            if name.hasEscapes {
                wanted.members.first { [text = string(name)] in $0.name.text.utf8.elementsEqual(text.utf8) }
            } else {
                wanted.members.first { $0.name.text.utf8.elementsEqual(bytes[name.range]) }
            }
        return found.map { ($0.name, $0.selection) }
    }

    private mutating func array(_ wanted: JSONSelection?, depth: Int) throws(NotJSON) -> JSONTree {
        guard depth <= Self.greatestDepth else { throw NotJSON() }
        try expect("[")
        var elements: [JSONTree] = []
        skipSpace()
        if take("]") { return .array(elements) }
        var index = 0
        repeat {
            if let wanted, wanted.isWhole {
                elements.append(try value(.all, depth: depth))
            } else if let wanted, wanted.keepsElement(index) {
                elements.append(try value(wanted.element(index), depth: depth))
            } else {
                _ = try value(nil, depth: depth)
            }
            index += 1
            skipSpace()
        } while take(",") && !isBefore("]")
        try expect("]")
        return .array(elements)
    }

    // MARK: Texts

    /// The range between the quotes of a text that was found correct.
    private struct Text {
        var range: Range<Int>
        var hasEscapes = false
    }

    private mutating func text() throws(NotJSON) -> Text {
        try expect("\"")
        let start = position
        var text = Text(range: start..<start)
        var isASCII = true
        while next != UInt8(ascii: "\"") {
            guard next >= 0x20 else { throw NotJSON() }
            if next == UInt8(ascii: "\\") {
                text.hasEscapes = true
                _ = try escape()
            } else {
                if next >= 0x80 { isASCII = false }
                position += 1
            }
        }
        text.range = start..<position
        position += 1
        if !isASCII { try checkUTF8(text.range) }
        return text
    }

    private func checkUTF8(_ range: Range<Int>) throws(NotJSON) {
        do { _ = try UTF8Span(validating: bytes.span.extracting(range)) } catch { throw NotJSON() }
    }

    /// Returns the character that an escape stands for, and moves past the escape.
    private mutating func escape() throws(NotJSON) -> Unicode.Scalar {
        position += 1
        let letter = next
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            // Above the first 65,536 characters: a high surrogate and a low one.
            guard UTF16.isLeadSurrogate(first), take("\\"), take("u") else { throw NotJSON() }
            let second = try codeUnit()
            guard UTF16.isTrailSurrogate(second) else { throw NotJSON() }
            return UTF16.decode(UTF16.EncodedScalar([first, second]))
        default: throw NotJSON()
        }
    }

    /// Reads four hexadecimal digits.
    private mutating func codeUnit() throws(NotJSON) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch next {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = next - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = next - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = next - UInt8(ascii: "A") + 10
            default: throw NotJSON()
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private func string(_ text: Text) -> String {
        guard text.hasEscapes else { return String(decoding: bytes[text.range], as: UTF8.self) }
        var reader = self
        reader.position = text.range.lowerBound
        var characters: [UInt8] = []
        characters.reserveCapacity(text.range.count)
        while reader.position < text.range.upperBound {
            if reader.next == UInt8(ascii: "\\") {
                // `text()` has found every escape correct.
                guard let scalar = try? reader.escape() else { break }
                characters.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            } else {
                characters.append(reader.next)
                reader.position += 1
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }

    // MARK: Numbers

    private mutating func number() throws(NotJSON) -> JSONTree {
        let start = position
        let negative = take("-")
        var digits = Digits()
        let whole = position
        takeDigits(into: &digits)
        let count = position - whole
        guard count == 1 || (count > 1 && bytes[whole] != UInt8(ascii: "0")) else { throw NotJSON() }
        if take(".") {
            digits.isFraction = true
            let fraction = position
            takeDigits(into: &digits)
            guard position > fraction else { throw NotJSON() }
        }
        if take("e") || take("E") { digits.power += try exponent() }
        if let integer = digits.integer {
            if !negative { return Int64(exactly: integer).map { .integer($0) } ?? .unsigned(integer) }
            if integer <= Int64.min.magnitude { return .integer(Int64(truncatingIfNeeded: 0 &- integer)) }
        }
        let number: Double
        if let magnitude = digits.magnitude {
            number = DecimalNumber(negative: negative, magnitude: magnitude, exponent: digits.exponent).double
        } else {
            number = Double(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .infinity
        }
        guard number.isFinite else { throw NotJSON() }
        return .number(number)
    }

    private mutating func takeDigits(into digits: inout Digits) {
        while (0x30...0x39).contains(next) {
            digits.append(next - 0x30)
            position += 1
        }
    }

    private mutating func exponent() throws(NotJSON) -> Int {
        let negative = take("-")
        if !negative { _ = take("+") }
        let start = position
        var power = 0
        while (0x30...0x39).contains(next) {
            // A greater exponent would change nothing: no payload has so many digits.
            power = min(power * 10 + Int(next - 0x30), 1 << 40)
            position += 1
        }
        guard position > start else { throw NotJSON() }
        return negative ? -power : power
    }

    /// The digits of a number: `magnitude` x 10^`exponent`.
    private struct Digits {
        /// The number without its trailing zeros; nil beyond 64 bits.
        private(set) var magnitude: UInt64? = 0
        /// How many zeros end the digits read so far.
        private var zeros = 0
        /// How far the point and the written exponent move the number.
        var power = 0
        var isFraction = false

        var exponent: Int { zeros + power }

        mutating func append(_ digit: UInt8) {
            if isFraction { power -= 1 }
            guard digit != 0 else {
                zeros += 1
                return
            }
            magnitude = magnitude.flatMap { Self.times($0, tenToThe: zeros + 1) }.flatMap { number in
                let (sum, overflow) = number.addingReportingOverflow(UInt64(digit))
                return overflow ? nil : sum
            }
            zeros = 0
        }

        /// The number, if it is whole and within 64 bits, as 34, 34.0 and 3.4e1 are.
        var integer: UInt64? {
            guard let magnitude, magnitude != 0 else { return magnitude }
            return exponent < 0 ? nil : Self.times(magnitude, tenToThe: exponent)
        }

        private static func times(_ number: UInt64, tenToThe power: Int) -> UInt64? {
            guard number != 0 else { return 0 }
            guard power < 20 else { return nil }
            var product = number
            for _ in 0..<power {
                let (next, overflow) = product.multipliedReportingOverflow(by: 10)
                if overflow { return nil }
                product = next
            }
            return product
        }
    }
}
