/// Modbus TCP: a header with a transaction id, then unit and PDU (Modbus messaging on TCP/IP 1.0b, section 3.1.3).
/// Pure.
enum MBAPFrame {
    /// How many bytes come before the unit id, and after the data.
    static let prefix = 6
    static let suffix = 0

    /// Appends the header of a read request.
    static func appendHeader(_ transaction: UInt16, to frame: inout [UInt8]) {
        frame.append(bigEndian: transaction)
        frame.append(bigEndian: 0)  // protocol id
        frame.append(bigEndian: 6)  // what follows: unit, function code, address, count
    }

    /// Whether these bytes begin with a header: protocol id 0, and a length that a frame has.
    static func begins(_ bytes: [UInt8]) -> Bool {
        bytes.count > 7 && bytes[2...4].allSatisfy { $0 == 0 } && (3...254).contains(bytes[5])
            && bytes[7] & 0x7F >= 1 && bytes[7] & 0x7F <= 4
    }

    /// Returns the length of a reply by its function code and byte count, so that a wrong length field shows; nil
    /// before these came.
    static func length(of frame: [UInt8], count: Int) -> Int? {
        guard count >= 9 else { return nil }
        return (1...4).contains(frame[7]) ? 9 + Int(frame[8]) : 9
    }

    /// Returns what is wrong with the header of a reply to that transaction, except for its length field.
    static func flaw(inHeader frame: [UInt8], transaction: UInt16) -> ModbusError.Kind? {
        let found = frame.bigEndian(at: 0)
        let proto = frame.bigEndian(at: 2)
        if proto != 0 { return .badFrame("its protocol id is \(proto), not 0: no Modbus TCP") }
        return found == transaction ? nil : .foreignTransaction(found)
    }

    /// Returns what is wrong with the length field of a frame of that many bytes.
    static func flaw(inLengthOf frame: [UInt8], count: Int) -> ModbusError.Kind? {
        let said = Int(frame.bigEndian(at: 4))
        return said == count - prefix ? nil : .badFrame("its length field says \(said), not \(count - prefix)")
    }
}

extension [UInt8] {
    mutating func append(bigEndian word: UInt16) {
        append(UInt8(word >> 8))
        append(UInt8(word & 0xFF))
    }

    fileprivate func bigEndian(at index: Int) -> UInt16 { UInt16(self[index]) << 8 | UInt16(self[index + 1]) }
}
