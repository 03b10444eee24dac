import Decoding
import Domain
import Profiles
import Testing

@Suite struct `Orders of eight bytes` {
    /// The number 0x0102030405060708 as a device sends it in each order: its bytes named by the order's letters.
    @Test(arguments: WordOrder.ofEightBytes.keys.filter { $0.count == 8 })
    func `give the bytes in the order of their letters`(order: String) throws {
        let bytes = order.utf8.map { UInt16($0 - UInt8(ascii: "A") + 1) }
        let words = (0..<4).map { bytes[2 * $0] << 8 | bytes[2 * $0 + 1] }
        #expect(
            try decoded(words, as: "type: uint64, word_order: \(order)") == .value(.unsigned(0x0102_0304_0506_0708))
        )
    }

    @Test func `of four letters reverse all words or none`() throws {
        let pairs = [("ABCD", "ABCDEFGH"), ("CDAB", "GHEFCDAB"), ("BADC", "BADCFEHG"), ("DCBA", "HGFEDCBA")]
        for (short, long) in pairs { #expect(WordOrder.ofEightBytes[short] == WordOrder.ofEightBytes[long]) }
    }

    @Test func `show a double in each other order`() {
        let others = RegisterDecoder.otherOrders(of: .float64(1.5), as: .float64, order: .abcd).map(\.order)
        #expect(
            others == [.cdab, .badc, .dcba, .cdabghef, .efghabcd, .dcbahgfe, .fehgbadc].filter { others.contains($0) }
        )
        #expect(others.contains(.cdabghef))
    }
}
