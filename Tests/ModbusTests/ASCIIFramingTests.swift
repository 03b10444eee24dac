import Domain
import Testing

@testable import Modbus

/// Frames of the kind that the specification shows, their checksums computed by hand.
struct ASCIIFramingTests {
    private let request = ReadRequest(
        range: RegisterRange(.holding, start: 107, count: 3),
        unit: UnitID(17),
        framing: .ascii
    )
    private let reply = Array(":110306AE4156524340CC\r\n".utf8)

    @Test func `a request is its bytes in capitals between a colon and CR LF, with the LRC`() {
        var frame: [UInt8] = []
        request.write(into: &frame)
        #expect(String(decoding: frame, as: UTF8.self) == ":1103006B00037E\r\n")
        #expect(request.wireLength == 17 + 23)
    }

    @Test func `a reply's length follows from its function code and byte count`() {
        #expect(ASCIIFrame.length(of: reply, count: 6) == nil)
        #expect(ASCIIFrame.length(of: reply, count: 7) == 23)
        #expect(ASCIIFrame.length(of: Array(":1183026A\r\n".utf8), count: 11) == 11)
    }

    @Test func `small letters are read too`() throws {
        let bytes = try ASCIIFrame.bytes(of: Array(":1103006b00037e\r\n".utf8)[...])
        #expect(bytes == [0x11, 3, 0, 0x6B, 0, 3, 0x7E])
    }

    @Test(arguments: [
        (":1103006B00037F\r\n", ASCIIFrame.Flaw.checksum),
        (":1103006B0003ZZ\r\n", .shape("it is not hexadecimal")),
        (":1103006B00037E\r\r", .shape("it does not stand between a colon and CR LF")),
        (":1103006B0003E\r\n", .shape("half a byte is missing")),
        (":1103006B00037\u{C5}\r\n", .shape("its characters have eight bits: check parity and data_bits 7")),
    ])
    func `a damaged frame has no bytes`(_ text: String, _ flaw: ASCIIFrame.Flaw) {
        #expect(throws: flaw) { try ASCIIFrame.bytes(of: Array(text.utf8)[...]) }
    }

    @Test func `for a diagnosis a frame looks as in RTU, damaged where it was damaged`() {
        let right = CharacterFrames.rtu(in: Array(":010302002AD0\r\n".utf8))
        #expect(right.prefix(5) == [1, 3, 2, 0, 42] && SerialChecksum.isRight(right))
        let wrong = CharacterFrames.rtu(in: Array(":010302002AD1\r\n".utf8))
        #expect(wrong.prefix(5) == [1, 3, 2, 0, 42] && !SerialChecksum.isRight(wrong))
        #expect(CharacterFrames.rtu(in: [0xFF, 0x80]).count < 4)
    }
}
