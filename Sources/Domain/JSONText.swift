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
    public private(set) var bytes: [UInt8]

    public init(reserving capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends text that is JSON already.
    public mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends bytes that are JSON already.
    public mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    public mutating func raw(_ text: ArraySlice<UInt8>) { bytes.append(contentsOf: text) }

    /// Appends text that is JSON already, such as a number's digits.
    public mutating func raw(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Appends a quoted and escaped string (RFC 8259, section 7).
    public mutating func string(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { characters in
            for byte in characters {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    bytes.append(UInt8(ascii: "\\"))
                    bytes.append(byte)
                case 0..<0x20:
                    raw("\\u00")
                    let digits = Array("0123456789abcdef".utf8)
                    bytes.append(digits[Int(byte >> 4)])
                    bytes.append(digits[Int(byte & 15)])
                default: bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    public mutating func instant(_ instant: Instant) {
        bytes.append(UInt8(ascii: "\""))
        withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
            instant.write(into: buffer)
            bytes.append(contentsOf: buffer)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func value(_ value: Value) {
        switch value {
        case .bool(let bool): bool ? raw("true") : raw("false")
        case .string(let text): string(text)
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
