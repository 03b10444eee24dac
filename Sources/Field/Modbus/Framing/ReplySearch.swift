import Domain

/// Finds the right RTU reply behind stray bytes. Pure.
///
/// A transceiver that switches its direction, or a line without bias, adds bytes such as 00 or FF before a frame. They
/// shift the frame for a reader that counts from the first byte. A frame whose unit, function code, byte count and
/// checksum are right is the reply all the same.
enum ReplySearch {
    /// The most stray bytes before a reply. More are no stray bytes but another frame.
    static let mostStrays = 4

    /// Where a frame begins, and its length in bytes.
    struct Place: Hashable {
        var start: Int
        var length: Int
        var end: Int { start + length }
    }

    /// Returns where the reply, or an exception, would begin behind 1 to `mostStrays` bytes; its checksum is unchecked,
    /// and its end may not have come.
    static func candidates(for request: ReadRequest, in bytes: [UInt8]) -> [Place] {
        (1...mostStrays).compactMap { place(of: request, in: bytes, at: $0) }
    }

    /// Returns where the whole right reply, or an exception, stands in these bytes, behind any number of others.
    static func find(_ request: ReadRequest, in bytes: [UInt8]) -> Place? {
        if request.framing == .ascii { return findCharacters(request, in: bytes) }
        return bytes.indices.lazy.compactMap { place(of: request, in: bytes, at: $0) }
            .first { isWhole($0, in: bytes) }
    }

    private static func findCharacters(_ request: ReadRequest, in bytes: [UInt8]) -> Place? {
        bytes.indices.lazy.filter { bytes[$0] == ASCIIFrame.colon }.compactMap { start in
            let rest = Array(bytes[start...])
            guard let length = ASCIIFrame.length(of: rest, count: rest.count), length <= rest.count,
                // A damaged frame is no reply.
                let frame = try? ASCIIFrame.bytes(of: rest[..<length])
            else { return nil }
            switch request.flaw(in: frame, count: frame.count) {
            case nil, .exception: return Place(start: start, length: length)
            default: return nil
            }
        }.first
    }

    /// Whether the frame there has come whole and its checksum is right.
    static func isWhole(_ place: Place, in bytes: [UInt8]) -> Bool {
        guard place.end <= bytes.count else { return false }
        return RTUFrame.hasRightChecksum(Array(bytes[place.start..<place.end]), count: place.length)
    }

    private static func place(of request: ReadRequest, in bytes: [UInt8], at start: Int) -> Place? {
        guard start + 3 <= bytes.count, bytes[start] == request.unit.number else { return nil }
        let function = request.range.table.functionCode
        if bytes[start + 1] == function | 0x80 { return Place(start: start, length: 5) }
        guard bytes[start + 1] == function, Int(bytes[start + 2]) == request.range.dataBytes else { return nil }
        return Place(start: start, length: request.replyLength)
    }
}
