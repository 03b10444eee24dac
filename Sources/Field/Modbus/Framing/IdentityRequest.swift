import Domain

/// The two requests by which a device says who it is, and how their replies are read. Pure. Both only read: function
/// code 43 with type 14 (Read Device Identification, basic objects) and 17 (Report Server ID; Modbus application
/// protocol 1.1b3, sections 6.21 and 6.13). Function code 43 with type 13 can write: it cannot be expressed here.
enum IdentityRequest: CaseIterable {
    case deviceIdentification
    case serverID

    /// Function code and data.
    var pdu: [UInt8] {
        switch self {
        case .deviceIdentification: [0x2B, 0x0E, 0x01, 0x00]
        case .serverID: [0x11]
        }
    }

    /// Returns the whole frame for a unit.
    func frame(for unit: UnitID, framing: ModbusFraming, transaction: UInt16) -> [UInt8] {
        var frame: [UInt8] = []
        if framing == .mbap {
            frame.append(bigEndian: transaction)
            frame.append(bigEndian: 0)
            frame.append(bigEndian: UInt16(pdu.count + 1))
        }
        frame.append(unit.number)
        frame += pdu
        switch framing {
        case .rtu: RTUFrame.appendChecksum(to: &frame)
        case .ascii: ASCIIFrame.write(&frame)
        case .mbap: break
        }
        return frame
    }

    /// Returns function code and data of the reply in what came; nil while it is not whole, or where it is none.
    func reply(of unit: UnitID, in bytes: [UInt8], framing: ModbusFraming, transaction: UInt16) -> [UInt8]? {
        let body: [UInt8]
        switch framing {
        case .rtu:
            guard RTUFrame.hasRightChecksum(bytes, count: bytes.count) else { return nil }
            body = bytes.dropLast(2)
        case .ascii:
            // A damaged frame is no reply.
            guard let frame = try? ASCIIFrame.bytes(of: bytes[...]) else { return nil }
            body = frame.dropLast()
        case .mbap:
            guard bytes.count > 7, MBAPFrame.flaw(inHeader: bytes, transaction: transaction) == nil,
                MBAPFrame.flaw(inLengthOf: bytes, count: bytes.count) == nil
            else { return nil }
            body = Array(bytes.dropFirst(MBAPFrame.prefix))
        }
        guard body.count > 2, body[0] == unit.number, body[1] == pdu[0] else { return nil }
        return Array(body.dropFirst())
    }

    /// Returns what the reply says; nil where it says nothing.
    func identity(in reply: [UInt8]) -> DeviceIdentity? {
        switch self {
        case .deviceIdentification: Self.objects(reply)
        case .serverID:
            // Byte count, then the id in a form of the maker's own.
            Self.text(reply.dropFirst(2).prefix(Int(reply[1]))).map { DeviceIdentity(serverID: $0) }
        }
    }

    /// Code 0x0E, read code, conformity, more, next, number of objects; then each object's id, length and text.
    private static func objects(_ reply: [UInt8]) -> DeviceIdentity? {
        guard reply.count >= 7, reply[1] == 0x0E else { return nil }
        var identity = DeviceIdentity()
        var rest = reply.dropFirst(7)
        for _ in 0..<reply[6] {
            guard rest.count >= 2, let id = rest.popFirst(), let length = rest.popFirst(), rest.count >= length else {
                return nil
            }
            let text = text(rest.prefix(Int(length)))
            switch id {
            case 0: identity.maker = text
            case 1: identity.product = text
            case 2: identity.revision = text
            default: break
            }
            rest = rest.dropFirst(Int(length))
        }
        return identity.text.isEmpty ? nil : identity
    }

    /// The printable characters, without blanks around; nil where fewer than three stand in a row.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        let runs = bytes.split { !(32...126).contains($0) }
        guard let run = runs.max(by: { $0.count < $1.count }), !run.isEmpty else { return nil }
        let text = String(decoding: run, as: UTF8.self)
        let trimmed = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        return trimmed.isEmpty || runs.count > 1 && trimmed.count < 3 ? nil : trimmed
    }
}
