public import Domain

/// A reusable buffer of JSON text to append to: the gateway writes every payload this way.
///
/// It cannot be copied, and owns its memory: an array would check at each piece whether it is shared.
public struct JSONText: ~Copyable {
    /// The memory: longer than the text, which is its first `length` bytes.
    @usableFromInline
    var storage: UnsafeMutableRawBufferPointer
    @usableFromInline
    var length = 0

    public init(reserving capacity: Int = 256) {
        storage = .allocate(byteCount: max(64, capacity), alignment: 1)
    }

    deinit { storage.deallocate() }

    public var count: Int { length }

    public var bytes: [UInt8] { Array(storage[..<length]) }

    /// Passes on the text where it lies.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(rebasing: storage[..<length]))
    }

    public mutating func removeAll() { length = 0 }

    /// Appends text that is JSON already.
    public mutating func raw(_ text: StaticString) {
        raw(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends bytes that are JSON already.
    public mutating func raw(_ text: [UInt8]) { text.withUnsafeBytes { raw($0) } }

    public mutating func raw(_ text: ArraySlice<UInt8>) { text.withUnsafeBytes { raw($0) } }

    /// Appends text that is JSON already, such as a number's digits.
    public mutating func raw(_ text: String) {
        var text = text
        text.withUTF8 { raw(UnsafeRawBufferPointer($0)) }
    }

    /// Appends bytes that are JSON already; they lie outside this buffer.
    @inlinable
    public mutating func raw(_ text: UnsafeRawBufferPointer) {
        guard let start = text.baseAddress else { return }
        room(for: text.count).copyMemory(from: start, byteCount: text.count)
        length += text.count
    }

    /// Appends what `write` puts at the given place, which has room for `most` bytes. `write` returns how many bytes it
    /// put there.
    public mutating func raw(atMost most: Int, _ write: (UnsafeMutableRawPointer) -> Int) {
        let written = write(room(for: most))
        precondition((0...most).contains(written), "a piece stays within its room")
        length += written
    }

    /// Appends a byte that is JSON already, or that separates pieces of JSON.
    @inlinable
    public mutating func byte(_ byte: UInt8) {
        room(for: 1).storeBytes(of: byte, as: UInt8.self)
        length += 1
    }

    /// Returns the place behind the text, with at least that much room.
    @inlinable
    mutating func room(for more: Int) -> UnsafeMutableRawPointer {
        if storage.count - length < more { grow(by: more) }
        return storage.baseAddress! + length  // never empty
    }

    @usableFromInline
    mutating func grow(by more: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: storage.count + max(more, storage.count),
            alignment: 1
        )
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<length]))
        storage.deallocate()
        storage = larger
    }

    /// Appends a quoted and escaped string (RFC 8259, section 7).
    public mutating func string(_ text: String) {
        var text = text
        byte(UInt8(ascii: "\""))
        text.withUTF8 { characters in
            for character in characters {
                switch character {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    byte(UInt8(ascii: "\\"))
                    byte(character)
                case 0..<0x20:
                    raw("\\u00")
                    let digits = Array("0123456789abcdef".utf8)
                    byte(digits[Int(character >> 4)])
                    byte(digits[Int(character & 15)])
                default: byte(character)
                }
            }
        }
        byte(UInt8(ascii: "\""))
    }

    public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    public mutating func instant(_ instant: Instant) {
        byte(UInt8(ascii: "\""))
        withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
            instant.write(into: buffer)
            raw(UnsafeRawBufferPointer(buffer))
        }
        byte(UInt8(ascii: "\""))
    }

    public mutating func value(_ value: Value) {
        switch value {
        case .bool(let bool): bool ? raw("true") : raw("false")
        case .string(let text): string(text)
        case .float32(let number): raw(number.description)
        default: raw(value.description)
        }
    }

    public mutating func json(_ json: DataValue) {
        switch json {
        case .null: raw("null")
        case .bool(let bool): bool ? raw("true") : raw("false")
        case .number(let number): value(number)
        case .string(let text): string(text)
        case .array(let elements):
            raw("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { raw(",") }
                self.json(element)
            }
            raw("]")
        case .object(let members): object(members.lazy.map { ($0.key, $0.value) })
        }
    }

    public mutating func object(_ members: some Sequence<(String, DataValue)>) {
        raw("{")
        var first = true
        for (key, value) in members {
            if !first { raw(",") }
            first = false
            string(key)
            raw(":")
            json(value)
        }
        raw("}")
    }
}
