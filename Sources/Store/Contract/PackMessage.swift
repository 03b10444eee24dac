import CZlib
public import JSON

/// Readings and events of a gateway as one message: a zlib stream (RFC 1950) around a JSON array of the very same
/// payloads that they have one by one.
public struct PackMessage: Hashable, Sendable {
    /// Bytes of the largest payload.
    public static let largestPayload = 128 << 10
    /// Bytes of the largest array, before it is compressed.
    public static let largestText = 1 << 20

    public var entries: [EntryMessage]

    /// Reads a payload that `PackWriter` has made.
    public init(decoding payload: [UInt8]) throws(NotJSON) {
        entries = []
        var cursor = JSONCursor(try Self.text(of: payload))
        try cursor.expect("[")
        repeat { entries.append(try EntryMessage(from: &cursor)) } while cursor.take(",")
        try cursor.expect("]")
        guard cursor.isAtEnd else { throw NotJSON() }
    }

    /// Returns the array of a pack as text. A stream that is torn, damaged or larger than a pack may be has none.
    public static func text(of payload: [UInt8]) throws(NotJSON) -> [UInt8] {
        var count = uLong(largestText)
        var isWhole = false
        let text = [UInt8](unsafeUninitializedCapacity: largestText) { room, length in
            isWhole = uncompress(room.baseAddress, &count, payload, uLong(payload.count)) == Z_OK
            length = isWhole ? Int(count) : 0
        }
        guard isWhole else { throw NotJSON() }
        return text
    }
}
