import Domain
@testable import Modbus
import TestSupport
import Testing

/// The example of Modbus messaging on TCP/IP 1.0b, and replies made by `ModbusFrames`.
@Suite struct `MBAP framing` {
    private let one = ReadRequest(
        range: RegisterRange(.holding, start: 4, count: 1),
        unit: UnitID(0xFF),
        framing: .mbap,
        transaction: 0x1501
    )
    private let right: [UInt8] = [0x15, 0x01, 0, 0, 0, 5, 0xFF, 3, 2, 0, 5]

    private func flaw(_ frame: [UInt8]) -> ModbusError.Kind? { one.flaw(in: frame, count: frame.count) }

    @Test func `begins a request with a header, and appends several to each other`() {
        var frames: [UInt8] = []
        one.append(to: &frames)
        #expect(frames == [0x15, 0x01, 0, 0, 0, 6, 0xFF, 3, 0, 4, 0, 1])
        one.append(to: &frames)
        #expect(frames.count == 24 && frames.prefix(12) == frames.suffix(12))
    }

    @Test func `takes words out of the reply`() {
        #expect(flaw(right) == nil)
        #expect(one.words(in: right) == [5])
        #expect(one.replyLength == right.count)
    }

    @Test(
        arguments: [
            ("registers", [0, 1, 0, 0, 0, 5, 1, 3, 2], 11), ("the longest", [0, 1, 0, 0, 0, 5, 1, 4, 255], 264),
            ("an exception", [0, 1, 0, 0, 0, 3, 1, 0x83, 2], 9), ("another function", [0, 1, 0, 0, 0, 9, 1, 5, 2], 9),
            ("too little to tell", [0, 1, 0, 0, 0, 5, 1, 3], nil), ("nothing", [], nil),
        ] as [(String, [UInt8], Int?)]
    )
    func `takes the length from the function code and byte count`(name: String, frame: [UInt8], length: Int?) {
        #expect(MBAPFrame.length(of: frame, count: frame.count) == length)
    }

    @Test(
        arguments: [
            ("cut off", [0x15, 0x01, 0, 0, 0, 5, 0xFF, 3], .badFrame("only 8 bytes")),
            (
                "of another protocol", [0x15, 0x01, 0, 1, 0, 5, 0xFF, 3, 2, 0, 5],
                .badFrame("its protocol id is 1, not 0: no Modbus TCP")
            ),
            ("to another transaction", [0x15, 0x02, 0, 0, 0, 5, 0xFF, 3, 2, 0, 5], .foreignTransaction(0x1502)),
            ("by another unit", [0x15, 0x01, 0, 0, 0, 5, 7, 3, 2, 0, 5], .foreignReply(UnitID(7))),
            ("of another function", [0x15, 0x01, 0, 0, 0, 5, 0xFF, 4, 2, 0, 5], .badFrame("its function code is 4")),
            (
                "of another length", [0x15, 0x01, 0, 0, 0, 6, 0xFF, 3, 2, 0, 5],
                .badFrame("its length field says 6, not 5")
            ),
            (
                "of more registers", [0x15, 0x01, 0, 0, 0, 7, 0xFF, 3, 4, 0, 5, 0, 6],
                .badFrame("its byte count is 4, not 2")
            ),
            (
                "longer than it says", [0x15, 0x01, 0, 0, 0, 6, 0xFF, 3, 2, 0, 5, 0],
                .badFrame("it has 12 bytes, not 11")
            ),
            ("an exception", [0x15, 0x01, 0, 0, 0, 3, 0xFF, 0x83, 2], .exception(2)),
            (
                "an exception that does not exist", [0x15, 0x01, 0, 0, 0, 3, 0xFF, 0x83, 0],
                .badFrame("exception code 0 does not exist")
            ),
            (
                "an exception too long", [0x15, 0x01, 0, 0, 0, 4, 0xFF, 0x83, 2, 0],
                .badFrame("an exception of 10 bytes")
            ),
        ] as [(String, [UInt8], ModbusError.Kind)]
    )
    func `says what is wrong with a reply`(name: String, frame: [UInt8], flaw: ModbusError.Kind) {
        #expect(self.flaw(frame) == flaw)
    }
}

@Suite struct `Replies that are coming in` {
    private let first: [UInt8] = [0, 1, 0, 0, 0, 5, 1, 3, 2, 0xAB, 0xCD]
    private let second: [UInt8] = [0, 2, 0, 0, 0, 3, 1, 0x83, 2]

    private func add(_ bytes: [UInt8], to replies: inout ReplyBuffer) {
        let got = replies.fill { buffer in
            buffer.copyBytes(from: bytes)
            return bytes.count
        }
        #expect(got == bytes.count)
    }

    @Test(arguments: [ModbusFraming.mbap, .rtu])
    func `are whole at their last byte, however they are cut`(framing: ModbusFraming) throws {
        let frame = framing == .mbap ? first : ModbusFrames.rtu([1, 3, 2, 0xAB, 0xCD])
        var replies = ReplyBuffer(framing)
        for (index, byte) in frame.enumerated() {
            #expect(try replies.wholeLength() == nil, "\(index) bytes")
            add([byte], to: &replies)
        }
        #expect(try replies.wholeLength() == frame.count)
        #expect(Array(replies.bytes.prefix(replies.count)) == frame)
    }

    @Test func `are taken one after the other`() throws {
        var replies = ReplyBuffer(.mbap)
        add(first + second, to: &replies)
        #expect(try replies.wholeLength() == first.count)
        replies.drop(first.count)
        #expect(try replies.wholeLength() == second.count)
        #expect(Array(replies.bytes.prefix(replies.count)) == second)
        replies.removeAll()
        #expect(try replies.count == 0 && replies.wholeLength() == nil)
    }

    @Test func `are not longer than any frame`() {
        var replies = ReplyBuffer(.mbap)
        add([0, 1, 0, 0, 1, 2, 1, 3, 255], to: &replies)
        #expect(throws: ModbusError.Kind.badFrame("its byte count is beyond any frame's")) {
            try replies.wholeLength()
        }
    }

    @Test func `are none where reading failed`() {
        var replies = ReplyBuffer(.mbap)
        #expect(replies.fill { _ in -1 } == -1)
        #expect(replies.count == 0)
    }
}
