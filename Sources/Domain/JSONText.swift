/// A JSON value for the parts of a payload that are free in shape: an event's data, labels.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Value)
    case string(String)
    case array([JSONValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: JSONValue

        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    public static func integer(_ value: some BinaryInteger) -> JSONValue { .number(.integer(Int64(clamping: value))) }
}

/// A buffer of JSON text that is appended to and used again: the one way in which the gateway writes payloads.
public struct JSONText: Sendable {
    /// Longer than the text, which is its first `count` bytes: so that room is looked for once a piece and not once a byte.
    private var storage: [UInt8]
    public private(set) var count = 0

    public init(reserving capacity: Int = 256) { storage = Array(repeating: 0, count: max(64, capacity)) }

    public var bytes: [UInt8] { Array(storage[..<count]) }

    public mutating func removeAll() { count = 0 }

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
    public mutating func raw(_ text: UnsafeRawBufferPointer) {
        guard let start = text.baseAddress, !text.isEmpty else { return }
        makeRoom(text.count)
        storage.withUnsafeMutableBytes { buffer in
            // There is room, so the buffer is not empty.
            (buffer.baseAddress! + count).copyMemory(from: start, byteCount: text.count)
        }
        count += text.count
    }

    private mutating func makeRoom(_ more: Int) {
        guard storage.count - count < more else { return }
        storage.append(contentsOf: repeatElement(0, count: max(more, storage.count)))
    }

    /// Appends a byte that is JSON already, or stands between pieces of it.
    public mutating func byte(_ byte: UInt8) { append(byte) }

    private mutating func append(_ byte: UInt8) {
        makeRoom(1)
        storage[count] = byte
        count += 1
    }

    /// Appends a quoted and escaped string (RFC 8259, section 7).
    public mutating func string(_ text: String) {
        var text = text
        append(UInt8(ascii: "\""))
        text.withUTF8 { characters in
            for byte in characters {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    append(UInt8(ascii: "\\"))
                    append(byte)
                case 0..<0x20:
                    raw("\\u00")
                    let digits = Array("0123456789abcdef".utf8)
                    append(digits[Int(byte >> 4)])
                    append(digits[Int(byte & 15)])
                default: append(byte)
                }
            }
        }
        append(UInt8(ascii: "\""))
    }

    public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    public mutating func instant(_ instant: Instant) {
        append(UInt8(ascii: "\""))
        withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
            instant.write(into: buffer)
            raw(UnsafeRawBufferPointer(buffer))
        }
        append(UInt8(ascii: "\""))
    }

    public mutating func value(_ value: Value) {
        switch value {
        case .bool(let bool): bool ? raw("true") : raw("false")
        case .string(let text): string(text)
        case .float32(let number): raw(number.description)
        default: raw(value.description)
        }
    }

    public mutating func json(_ json: JSONValue) {
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

    public mutating func object(_ members: some Sequence<(String, JSONValue)>) {
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
