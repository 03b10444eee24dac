public import Domain

/// Reads JSON that this program has written, from front to back and without building a tree; numbers stay exact.
///
/// It takes only the canonical form, which has no space between its pieces. `JSONTree` reads the text of peers.
public struct JSONCursor {
    private static let greatestDepth = 64

    let bytes: [UInt8]
    var position: Int
    private let end: Int

    public init(_ bytes: [UInt8]) { self.init(bytes, in: bytes.indices) }

    /// - Parameter range: the part of the bytes to read.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    public var isAtEnd: Bool { position >= end }

    /// Whether that text comes next.
    public func isAt(_ text: StaticString) -> Bool {
        let behind = position + text.utf8CodeUnitCount
        return behind <= end && text.withUTF8Buffer { bytes[position..<behind].elementsEqual($0) }
    }

    /// Moves past the character if it comes next.
    public mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    public mutating func expect(_ character: Unicode.Scalar) throws(NotJSON) {
        guard take(character) else { throw NotJSON() }
    }

    /// Reads the members up to the end or to the closing brace; the first may follow a comma.
    ///
    /// - Parameter read: takes the value of the member with that name.
    public mutating func members(_ read: (String, inout JSONCursor) throws(NotJSON) -> Void) throws(NotJSON) {
        _ = take(",")
        while !isAtEnd, next != UInt8(ascii: "}") {
            let name = try string()
            try expect(":")
            try read(name, &self)
            if !take(",") { return }
        }
    }

    public mutating func string() throws(NotJSON) -> String {
        try expect("\"")
        let start = position
        var hasEscapes = false
        while next != UInt8(ascii: "\"") {
            guard !isAtEnd else { throw NotJSON() }
            if next == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        let text = start..<position
        position += 1
        guard hasEscapes else { return String(decoding: bytes[text], as: UTF8.self) }
        let quoted = Array(bytes[text.lowerBound - 1...text.upperBound])
        guard case .string(let read) = JSONTree.parse(quoted) else { throw NotJSON() }
        return read
    }

    /// Reads a number, a Boolean or a text; nil for null.
    public mutating func scalar() throws(NotJSON) -> Value? {
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", nil)
        default: return try number()
        }
    }

    public mutating func integer() throws(NotJSON) -> Int {
        guard case .integer(let number)? = try scalar() else { throw NotJSON() }
        return Int(number)
    }

    /// Reads a whole number of up to 64 bits that is not negative.
    public mutating func unsigned() throws(NotJSON) -> UInt64 {
        switch try scalar() {
        case .integer(let number)? where number >= 0: return UInt64(number)
        case .unsigned(let number)?: return number
        default: throw NotJSON()
        }
    }

    /// Reads a time in the contract's form; nil for a text of another form.
    public mutating func instant() throws(NotJSON) -> Instant? {
        if next == UInt8(ascii: "\""), position + 26 <= end, bytes[position + 25] == UInt8(ascii: "\""),
            let instant = Instant(canonical: bytes[position + 1..<position + 25])
        {
            position += 26
            return instant
        }
        return Instant(iso8601: try string())
    }

    /// Reads whatever value comes next.
    public mutating func value() throws(NotJSON) -> DataValue { try value(depth: 0) }

    private mutating func value(depth: Int) throws(NotJSON) -> DataValue {
        guard depth < Self.greatestDepth else { throw NotJSON() }
        if take("{") {
            var found: [DataValue.Member] = []
            try members { name, cursor throws(NotJSON) in
                found.append(.init(name, try cursor.value(depth: depth + 1)))
            }
            try expect("}")
            return .object(found)
        }
        if take("[") {
            var elements: [DataValue] = []
            if take("]") { return .array(elements) }
            repeat { elements.append(try value(depth: depth + 1)) } while take(",")
            try expect("]")
            return .array(elements)
        }
        switch try scalar() {
        case nil: return .null
        case .bool(let truth): return .bool(truth)
        case .string(let text): return .string(text)
        case .some(let number): return .number(number)
        }
    }

    /// The next byte; 0 at the end, because JSON never contains it.
    var next: UInt8 { position < end ? bytes[position] : 0 }

    private mutating func word(_ word: StaticString, _ value: Value?) throws(NotJSON) -> Value? {
        guard isAt(word) else { throw NotJSON() }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(NotJSON) -> Value? {
        let start = position
        var isWhole = true
        while true {
            switch next {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isWhole = false
            default:
                guard position > start else { throw NotJSON() }
                return try number(bytes[start..<position], isWhole: isWhole)
            }
            position += 1
        }
    }

    private func number(_ digits: ArraySlice<UInt8>, isWhole: Bool) throws(NotJSON) -> Value? {
        if isWhole {
            let text = String(decoding: digits, as: UTF8.self)
            if let number = Int64(text) { return .integer(number) }
            if let number = UInt64(text) { return .unsigned(number) }
        }
        if let number = DecimalNumber(digits: digits) { return .decimal(number) }
        // No measurement has so many digits.
        guard let number = Double(String(decoding: digits, as: UTF8.self)) else { throw NotJSON() }
        return number.isFinite ? .float64(number) : nil
    }
}
