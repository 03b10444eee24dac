import Domain
@testable import Modbus
import TestSupport
import Testing

/// The frames are examples of the Modbus specifications, or made by `ModbusFrames`, which shares no code with the
/// framing.
@Suite struct `RTU framing` {
    private let three = ReadRequest(
        range: RegisterRange(.holding, start: 0x6B, count: 3),
        unit: UnitID(1),
        framing: .rtu
    )
    private let right: [UInt8] = [1, 3, 6, 0x02, 0x2B, 0, 0, 0, 0x64, 0x05, 0x7A]

    private func flaw(_ frame: [UInt8], of request: ReadRequest) -> ModbusError.Kind? {
        request.flaw(in: frame, count: frame.count)
    }

    @Test func `ends a request with its checksum, low byte first`() {
        var frame: [UInt8] = [9, 9, 9]
        three.write(into: &frame)
        #expect(frame == [1, 3, 0, 0x6B, 0, 3, 0x74, 0x17])
        // Modbus over serial line 1.02, appendix B.
        #expect(RTUFrame.crc([2, 7], count: 2) == 0x1241)
    }

    @Test func `takes words out of the reply`() {
        #expect(flaw(right, of: three) == nil)
        #expect(three.words(in: right) == [0x022B, 0, 0x64])
        #expect(three.replyLength == right.count && right.starts(with: three.replyHead))
        let coils = ReadRequest(range: RegisterRange(.coil, start: 19, count: 10), unit: UnitID(1), framing: .rtu)
        let bits = ModbusFrames.rtu([1, 1, 2, 0xCD, 0x01])
        #expect(flaw(bits, of: coils) == nil)
        #expect(coils.words(in: bits) == [1, 0, 1, 1, 0, 0, 1, 1, 1, 0])
    }

    @Test func `knows a right checksum from a wrong one`() {
        #expect(SerialChecksum.isRight(right))
        for index in right.indices {
            var wrong = right
            wrong[index] ^= 0x10
            #expect(!SerialChecksum.isRight(wrong), "byte \(index)")
        }
        #expect(!SerialChecksum.isRight([]) && !SerialChecksum.isRight([0xFF, 0xFF]))
    }

    @Test(
        arguments: [
            ("registers", [1, 3, 6], 11), ("coils", [1, 1, 2], 7), ("the longest", [1, 4, 255], 260),
            ("an exception", [1, 0x83, 2], 5), ("a write's answer", [1, 6, 0], 8),
            ("a mask write's", [1, 0x16, 0], 10),
            ("an unknown function's", [1, 0x63, 9], 5), ("too little to tell", [1, 3], nil), ("nothing", [], nil),
        ] as [(String, [UInt8], Int?)]
    )
    func `takes the length from the function code and byte count`(name: String, frame: [UInt8], length: Int?) {
        #expect(RTUFrame.length(of: frame, count: frame.count) == length)
    }

    @Test(
        arguments: [
            ("cut off", [1, 3, 6, 2], .badFrame("only 4 bytes")),
            ("by another unit", [2, 3, 6, 0x02, 0x2B, 0, 0, 0, 0x64, 0, 0], .foreignReply(UnitID(2))),
            ("of another function", [1, 4, 6, 0x02, 0x2B, 0, 0, 0, 0x64, 0, 0], .badFrame("its function code is 4")),
            ("of fewer registers", [1, 3, 4, 0x02, 0x2B, 0, 0, 0, 0], .badFrame("its byte count is 4, not 6")),
            ("longer than it says", [1, 3, 6, 2, 0x2B, 0, 0, 0, 0x64, 0, 0, 0], .badFrame("it has 12 bytes, not 11")),
            ("an exception", [1, 0x83, 2, 0xC0, 0xF1], .exception(2)),
            ("an exception that does not exist", [1, 0x83, 12, 0, 0], .badFrame("exception code 12 does not exist")),
            ("an exception too long", [1, 0x83, 2, 0, 0, 0], .badFrame("an exception of 6 bytes")),
        ] as [(String, [UInt8], ModbusError.Kind)]
    )
    func `says what is wrong with a reply`(name: String, frame: [UInt8], flaw: ModbusError.Kind) {
        #expect(self.flaw(frame, of: three) == flaw)
    }
}

@Suite struct `What came on a shared line` {
    private let request = ReadRequest(
        range: RegisterRange(.holding, start: 0x6B, count: 3),
        unit: UnitID(1),
        framing: .rtu
    )
    private let sent: [UInt8] = [1, 3, 0, 0x6B, 0, 3, 0x74, 0x17]

    private func reply(_ outcome: LineReception, _ bytes: [UInt8]) -> RTUReply {
        let padding = [UInt8](repeating: 0xFE, count: ReadRequest.longestFrame - bytes.count)
        return RTUReply(outcome, in: bytes + padding, filler: 0xFE, to: request, sent: sent)
    }

    @Test func `is the reply, whole and of the unit`() {
        let frame = ModbusFrames.rtuReply(to: sent, words: [1, 2, 3])
        let reply = reply(.frame(frame.count), frame)
        #expect(reply.flaw == nil && reply.count == frame.count)
    }

    @Test func `is another unit's if its checksum is right, else damaged`() {
        let frame = ModbusFrames.rtu([9, 3, 2, 0, 1])
        let other = reply(.unchecked, frame)
        #expect(other.flaw == .foreignReply(UnitID(9)) && other.count == frame.count)
        #expect(reply(.unchecked, frame.dropLast() + [frame[6] ^ 1]).flaw == .crc)
    }

    @Test func `is an echo, in part or whole, even where it looks like a reply`() {
        for count in 5...sent.count {
            #expect(reply(.failed(.crc), Array(sent.prefix(count))).flaw == .echo, "\(count) bytes")
        }
        #expect(reply(.failed(.timeout), Array(sent.prefix(4))).flaw != .echo)
    }

    @Test func `is silence, or a reply that broke off`() {
        let none = reply(.failed(.timeout), [])
        #expect(none.flaw == .timeout && none.count == 0)
        let some = reply(.failed(.timeout), [1, 3, 6, 0])
        #expect(some.flaw == .badFrame("it broke off after 4 of 11 bytes") && some.count == 4)
    }

    @Test func `is damaged, or the port failed`() {
        #expect(reply(.failed(.crc), [1, 3, 6, 0, 0, 0, 0, 0, 0, 1, 1]).flaw == .crc)
        #expect(reply(.failed(.portLost), []).flaw == .portLost)
    }
}
