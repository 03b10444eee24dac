/// Writes numbers in as few bytes as they need (LEB128, signed ones zigzag), and text with its length.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func unsigned(_ value: some FixedWidthInteger & UnsignedInteger) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A negative count is written as 0: the bins that it was subtracted from could not be read.
    mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

    mutating func signed(_ value: Int128) { unsigned(UInt128(bitPattern: (value << 1) ^ (value >> 127))) }

    mutating func text(_ text: String) {
        count(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what `ByteWriter` wrote; throws for any other bytes.
struct ByteReader {
    struct Malformed: Error {}

    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func unsigned<Number: FixedWidthInteger & UnsignedInteger>() throws(Malformed) -> Number {
        var value: Number = 0
        var shift = 0
        while let byte = bytes.popFirst() {
            guard shift < Number.bitWidth else { throw Malformed() }
            value |= Number(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw Malformed()
    }

    mutating func count() throws(Malformed) -> Int {
        guard let value = Int(exactly: try unsigned() as UInt64) else { throw Malformed() }
        return value
    }

    mutating func signed() throws(Malformed) -> Int128 {
        let value: UInt128 = try unsigned()
        return Int128(bitPattern: value >> 1) ^ -Int128(value & 1)
    }

    mutating func text() throws(Malformed) -> String {
        let count = try count()
        guard bytes.count >= count, let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw Malformed()
        }
        bytes.removeFirst(count)
        return text
    }
}
