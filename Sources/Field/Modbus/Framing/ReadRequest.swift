import Domain

/// A request to read registers, its bytes, and what is wrong with a reply to it: pure. It is built from a
/// `RegisterTable`, whose function codes are 1 to 4: this program cannot express any other.
struct ReadRequest {
    /// The largest Modbus TCP ADU of any reply (MODBUS_TCP_MAX_ADU_LENGTH); an RTU reply is shorter.
    static let longestFrame = 260

    var range: RegisterRange
    var unit: UnitID
    var framing: ModbusFraming
    /// Every MBAP frame has one, an RTU frame has none.
    var transaction: UInt16 = 0

    /// The length of a whole, right reply in bytes; in ASCII of those that its characters stand for.
    var replyLength: Int { framing.prefix + 3 + range.dataBytes + framing.suffix }

    /// How many bytes the request and its right reply have on the wire.
    var wireLength: Int {
        framing.wireLength(ofBytes: framing.prefix + 6 + framing.suffix) + framing.wireLength(ofBytes: replyLength)
    }

    /// The first bytes of a right reply on a line.
    var replyHead: [UInt8] { [unit.number, range.table.functionCode, UInt8(range.dataBytes)] }

    /// Replaces the contents of `frame` by this request's bytes, checksum included; the array's storage is kept.
    func write(into frame: inout [UInt8]) {
        frame.removeAll(keepingCapacity: true)
        append(to: &frame)
    }

    /// Appends this request's bytes. On a line the frame must be empty, because the checksum covers all of it.
    func append(to frame: inout [UInt8]) {
        if case .mbap = framing { MBAPFrame.appendHeader(transaction, to: &frame) }
        frame.append(unit.number)
        frame.append(range.table.functionCode)
        frame.append(bigEndian: UInt16(range.start))
        frame.append(bigEndian: UInt16(range.count))
        switch framing {
        case .rtu: RTUFrame.appendChecksum(to: &frame)
        case .ascii: ASCIIFrame.write(&frame)
        case .mbap: break
        }
    }

    /// Returns what is wrong with a whole frame; nil when it is the right reply. The length was computed from the
    /// function code and byte count; a checksum was checked before.
    func flaw(in frame: [UInt8], count: Int) -> ModbusError.Kind? {
        let prefix = framing.prefix
        guard count >= prefix + 3 + framing.suffix else { return .badFrame("only \(count) bytes") }
        if case .mbap = framing, let flaw = MBAPFrame.flaw(inHeader: frame, transaction: transaction) { return flaw }
        if frame[prefix] != unit.number { return .foreignReply(UnitID(frame[prefix])) }
        let function = frame[prefix + 1]
        let third = frame[prefix + 2]
        // The right length is known only for functions that were asked for: check these first.
        if function & 0x7F != range.table.functionCode { return .badFrame("its function code is \(function)") }
        if case .mbap = framing, let flaw = MBAPFrame.flaw(inLengthOf: frame, count: count) { return flaw }
        if function & 0x80 != 0 {
            if count != prefix + 3 + framing.suffix { return .badFrame("an exception of \(count) bytes") }
            return (1...11).contains(third) ? .exception(third) : .badFrame("exception code \(third) does not exist")
        }
        if Int(third) != range.dataBytes { return .badFrame("its byte count is \(third), not \(range.dataBytes)") }
        return count == replyLength ? nil : .badFrame("it has \(count) bytes, not \(replyLength)")
    }

    /// The words of a right reply: one for each register, or 0 or 1 for a bit.
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

    /// The failure of a reply that began and did not end in time.
    func brokeOff(after count: Int) -> ModbusError.Kind {
        .badFrame("it broke off after \(count) of \(framing.wireLength(ofBytes: replyLength)) bytes")
    }
}
