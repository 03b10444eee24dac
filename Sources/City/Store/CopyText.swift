public import Domain

/// Rows in the text form of COPY: columns separated by tabs, rows ended by a line feed.
public struct CopyText: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public var count: Int { bytes.count }

    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    public mutating func tab() { bytes.append(9) }

    public mutating func endRow() { bytes.append(10) }

    public mutating func null() { raw("\\N") }

    /// Appends what needs no escape: a number, a time, an identifier.
    public mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    public mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    public mutating func integer(_ number: Int64) {
        var magnitude = number.magnitude
        if number < 0 { byte(UInt8(ascii: "-")) }
        let start = bytes.count
        repeat {
            bytes.append(UInt8(48 + magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
    }

    /// Appends a number as `DecimalNumber.description` writes it.
    public mutating func decimal(_ number: DecimalNumber) {
        let places = -Int(number.exponent)
        // Others are rare, and their form has more cases.
        guard (0...6).contains(places), (1...UInt64(Int64.max)).contains(number.magnitude) else {
            return raw(number.description)
        }
        if number.negative { byte(UInt8(ascii: "-")) }
        var power: UInt64 = 1
        for _ in 0..<places { power *= 10 }
        let (whole, part) = number.magnitude.quotientAndRemainder(dividingBy: power)
        integer(Int64(clamping: whole))
        guard places > 0 else { return }
        byte(UInt8(ascii: "."))
        var rest = part
        let start = bytes.count
        for _ in 0..<places {
            bytes.append(UInt8(48 + rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    public mutating func instant(_ instant: Instant) {
        withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
            instant.write(into: buffer)
            bytes.append(contentsOf: buffer[..<24])
        }
    }

    /// Appends a text, with what COPY takes for its own escaped.
    public mutating func text(_ text: String) { escaped(text.utf8) }

    public mutating func escaped(_ text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): raw("\\\\")
            case 9: raw("\\t")
            case 10: raw("\\n")
            case 13: raw("\\r")
            // PostgreSQL's texts cannot have it.
            case 0: raw("\u{FFFD}")
            default: bytes.append(byte)
            }
        }
    }

    public mutating func text(_ text: String?) {
        if let text { self.text(text) } else { null() }
    }
}
