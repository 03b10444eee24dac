public import Domain

/// The type of a value in bytes of a message: as the types of registers, and those of other widths.
public struct ByteType: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case unsigned
        case signed
        case float
        /// Decimal digits, one a nibble.
        case bcd
        /// A status word with named fields.
        case bits
        /// One byte, 0 or 1.
        case bool
        /// Characters, padded with NUL or spaces.
        case string
        /// The bytes as hexadecimal text.
        case hex
        /// A number in decimal digits, as text.
        case text
    }

    public var kind: Kind
    /// In bytes.
    public var width: Int

    /// The words that name a type, and the widths that each may have.
    static let words: [String: (kind: Kind, widths: ClosedRange<Int>)] = {
        var words: [String: (kind: Kind, widths: ClosedRange<Int>)] = [
            "float32": (.float, 4...4), "float64": (.float, 8...8), "bits": (.bits, 1...8), "bool": (.bool, 1...1),
            "string": (.string, 1...255), "hex": (.hex, 1...255), "number": (.text, 1...255),
        ]
        for bytes in 1...8 {
            words["uint\(bytes * 8)"] = (.unsigned, bytes...bytes)
            words["int\(bytes * 8)"] = (.signed, bytes...bytes)
            words["bcd\(bytes * 8)"] = (.bcd, bytes...bytes)
        }
        return words
    }()

    public var isText: Bool { kind == .string || kind == .hex }

    public var isWhole: Bool {
        switch kind {
        case .unsigned, .signed, .bcd, .bits: true
        case .float, .bool, .string, .hex, .text: false
        }
    }

    /// The width of a counter of this type; nil where the type cannot wrap in binary.
    public var bitWidth: Int? {
        switch kind {
        case .unsigned, .signed, .bits: width * 8
        case .float, .bcd, .bool, .string, .hex, .text: nil
        }
    }

    /// The raw count at which a counter of decimal digits shows 0 again.
    public var decimalWrap: DecimalNumber? {
        kind == .bcd ? DecimalNumber(negative: false, magnitude: 1, exponent: width * 2) : nil
    }

    /// Whether the order of its bytes matters.
    public var hasOrder: Bool { width > 1 && !isText && kind != .text }

    /// As a profile writes it.
    public var word: String {
        switch kind {
        case .unsigned: "uint\(width * 8)"
        case .signed: "int\(width * 8)"
        case .float: "float\(width * 8)"
        case .bcd: "bcd\(width * 8)"
        case .bits: "bits"
        case .bool: "bool"
        case .string: "string"
        case .hex: "hex"
        case .text: "number"
        }
    }
}

/// The order of a value's bytes in a frame.
public enum ByteOrder: String, Sendable, CaseIterable {
    /// The most significant byte first.
    case big
    /// The least significant byte first.
    case little
    /// Bytes swapped in each pair, as some registers are passed on.
    case badc = "BADC"
    /// Pairs of bytes in reverse order.
    case cdab = "CDAB"

    /// The bytes with the most significant first; each order is its own inverse.
    public func arranged(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var bytes = Array(bytes)
        switch self {
        case .big: break
        case .little: bytes.reverse()
        case .badc, .cdab:
            guard bytes.count.isMultiple(of: 2) else { break }
            for index in stride(from: 0, to: bytes.count, by: 2) { bytes.swapAt(index, index + 1) }
            if self == .cdab { bytes.reverse() }
        }
        return bytes
    }
}
