import Domain

/// How a request travels: with a transaction id over TCP, with a checksum on a serial line.
enum Framing: Equatable {
    case mbap(transaction: UInt16)
    case rtu

    /// Bytes before the unit id.
    var prefix: Int { self == .rtu ? 0 : 6 }
    /// Bytes after the data.
    var suffix: Int { self == .rtu ? 2 : 0 }
}

/// A request to read registers. It is built from a `RegisterTable`, whose function codes are 1 to 4: this program has
/// no way to say any other.
struct ReadRequest {
    /// Modbus TCP ADU of any reply (MODBUS_TCP_MAX_ADU_LENGTH), and with it of an RTU one.
    static let longestFrame = 260

    var range: RegisterRange
    var unit: UnitID
    var framing: Framing

    /// Bytes of a whole, right reply.
    var replyLength: Int { framing.prefix + 3 + range.dataBytes + framing.suffix }

    /// How a right reply on a serial line begins.
    var replyHead: [UInt8] { [unit.number, range.table.functionCode, UInt8(range.dataBytes)] }

    /// Replaces `frame` by this request's bytes, checksum included; the array's storage is kept.
    func write(into frame: inout [UInt8]) {
        frame.removeAll(keepingCapacity: true)
        append(to: &frame)
    }

    /// Appends this request's bytes; on a serial line to an empty frame, of which the checksum is made.
    func append(to frame: inout [UInt8]) {
        if case .mbap(let transaction) = framing {
            frame.append(bigEndian: transaction)
            frame.append(bigEndian: 0)  // protocol id
            frame.append(bigEndian: 6)  // what follows
        }
        frame.append(unit.number)
        frame.append(range.table.functionCode)
        frame.append(bigEndian: UInt16(range.start))
        frame.append(bigEndian: UInt16(range.count))
        if framing == .rtu {
            let crc = Self.crc(frame, count: frame.count)
            frame.append(UInt8(crc & 0xFF))
            frame.append(UInt8(crc >> 8))
        }
    }

    /// What is wrong with a whole frame; nil when it is the reply. The length is what was taken from the function code and byte
    /// count; on a serial line libmodbus has checked the CRC.
    func flaw(in frame: [UInt8], count: Int) -> ModbusError.Kind? {
        let prefix = framing.prefix
        guard count >= prefix + 3 + framing.suffix else { return .badFrame("only \(count) bytes") }
        if case .mbap(let transaction) = framing {
            let found = frame.bigEndian(at: 0)
            let proto = frame.bigEndian(at: 2)
            if proto != 0 { return .badFrame("its protocol id is \(proto), not 0: no Modbus TCP") }
            if found != transaction { return .foreignTransaction(found) }
        }
        if frame[prefix] != unit.number { return .foreignReply(UnitID(frame[prefix])) }
        let function = frame[prefix + 1]
        let third = frame[prefix + 2]
        // The right length is known only of functions that were asked for: these first.
        if function & 0x7F != range.table.functionCode { return .badFrame("its function code is \(function)") }
        if case .mbap = framing, Int(frame.bigEndian(at: 4)) != count - prefix {
            return .badFrame("its length field says \(frame.bigEndian(at: 4)), not \(count - prefix)")
        }
        if function & 0x80 != 0 {
            if count != prefix + 3 + framing.suffix { return .badFrame("an exception of \(count) bytes") }
            return (1...11).contains(third) ? .exception(third) : .badFrame("exception code \(third) does not exist")
        }
        if Int(third) != range.dataBytes { return .badFrame("its byte count is \(third), not \(range.dataBytes)") }
        return count == replyLength ? nil : .badFrame("it has \(count) bytes, not \(replyLength)")
    }

    /// The words of a right reply: a register each, or 0 or 1 for a bit.
    func words(in frame: [UInt8]) -> [UInt16] {
        let data = frame[(framing.prefix + 3)...]
        if range.table.holdsBits {
            return (0..<range.count).map { UInt16(data[data.startIndex + $0 / 8] >> UInt8($0 % 8) & 1) }
        }
        return [UInt16](unsafeUninitializedCapacity: range.count) { words, count in
            data.prefix(range.dataBytes).withUnsafeBytes { bytes in
                for (index, offset) in stride(from: 0, to: bytes.count, by: 2).enumerated() {
                    let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
                    words.initializeElement(at: index, to: UInt16(bigEndian: word))
                }
                count = bytes.count / 2
            }
        }
    }

    /// How long a TCP reply is by its function code and byte count, so that a wrong length field shows; nil before these came.
    static func tcpLength(of frame: [UInt8], count: Int) -> Int? {
        guard count >= 9 else { return nil }
        return (1...4).contains(frame[7]) ? 9 + Int(frame[8]) : 9
    }

    /// How long libmodbus 3.1.6 takes a serial frame to be, from its first three bytes. Codes that are never sent stand
    /// here because another master's traffic can be heard on a line.
    static func rtuLength(of frame: [UInt8]) -> Int {
        switch frame[1] {
        case 0...4, 0x11, 0x17: 5 + Int(frame[2])
        case 5, 6, 15, 16: 8
        case 0x16: 10
        default: 5
        }
    }

    /// Modbus over serial line 1.02, appendix B. libmodbus checks every reply's; this one is for what it keeps to
    /// itself: the request as sent, and replies by other units, which it hands over unchecked.
    static func crc(_ frame: [UInt8], count: Int) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for byte in frame.prefix(count) {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return crc
    }
}

/// The checksum of a serial frame.
public enum SerialChecksum {
    /// Whether a whole frame, its last two bytes included, is as it was sent.
    public static func isRight(_ frame: [UInt8]) -> Bool {
        frame.count >= 4 && ReadRequest.crc(frame, count: frame.count) == 0
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian word: UInt16) {
        append(UInt8(word >> 8))
        append(UInt8(word & 0xFF))
    }

    fileprivate func bigEndian(at index: Int) -> UInt16 { UInt16(self[index]) << 8 | UInt16(self[index + 1]) }
}
