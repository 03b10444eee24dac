/// One control packet as a broker sent it: its fixed header is read, the rest is not yet (MQTT 5, section 2.1).
struct InboundPacket {
    /// The four bits of the packet's type; 2 is CONNACK, 3 PUBLISH.
    let type: UInt8
    /// The four bits beside it.
    let flags: UInt8
    /// Bytes before the body: type, flags and the body's length.
    let headerSize: Int
    /// Bytes of the body, 0 to 268,435,455.
    let bodySize: Int

    var size: Int { headerSize + bodySize }

    /// What the first bytes of a packet mean.
    enum Header {
        case packet(InboundPacket)
        /// More bytes must come.
        case incomplete
        /// The length continues after four bytes.
        case malformed
    }

    static func header(_ bytes: UnsafeRawBufferPointer) -> Header {
        guard bytes.count >= 2 else { return .incomplete }
        var scan = ByteScan(UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
        switch scan.variableInteger() {
        case .some(let size):
            return .packet(
                InboundPacket(type: bytes[0] >> 4, flags: bytes[0] & 15, headerSize: 1 + scan.position, bodySize: size)
            )
        case nil:
            return bytes.count >= 5 ? .malformed : .incomplete
        }
    }
}

/// Reads the fields of MQTT in sequence; nil where the bytes end before the field does.
struct ByteScan {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var left: Int { bytes.count - position }

    mutating func skip(_ count: Int) -> Bool {
        guard count <= left else { return false }
        position += count
        return true
    }

    mutating func byte() -> UInt8? {
        guard left >= 1 else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func twoBytes() -> UInt16? {
        guard left >= 2 else { return nil }
        defer { position += 2 }
        return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    /// A variable byte integer (MQTT 5, section 1.5.5): one to four bytes.
    mutating func variableInteger() -> Int? {
        var value = 0
        for shift in [0, 7, 14, 21] {
            guard let byte = byte() else { return nil }
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    /// Reads text or binary data behind its two-byte length.
    mutating func string() -> UnsafeRawBufferPointer? {
        guard let size = twoBytes(), Int(size) <= left else { return nil }
        defer { position += Int(size) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(size)])
    }

    /// Returns the next bytes as a separate scan.
    mutating func part(_ count: Int) -> ByteScan? {
        guard count <= left else { return nil }
        defer { position += count }
        return ByteScan(UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
}
