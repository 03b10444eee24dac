package import Domain
package import Profiles

/// All that one register can mean, alone and as the first of a pair: for a technician to compare with the display.
///
/// A *plausible* reading is a guess from the numbers alone, made to rule out, not to prove:
/// - a float32 between 0.001 and 10 million, of either sign: true for one in eight random bit patterns;
/// - an int32 from 1 to 10 million, of either sign: true for one in two hundred;
/// - 16 bits as a number from 1 to 10,000, or from -10,000 to -1.
/// Zero is never plausible: it is the same in every reading, and shows nothing.
package struct RegisterFaces: Hashable, Sendable {
    /// The pair that begins at a register, in one word order.
    package struct Pair: Hashable, Sendable {
        package var order: WordOrder
        package var int32: Int32
        /// May be infinite or not a number.
        package var float32: Float

        package var isPlausibleInteger: Bool { (1...10_000_000).contains(int32.magnitude) }
        package var isPlausibleFloat: Bool { RegisterFaces.plausibleFloats.contains(Double(float32.magnitude)) }
    }

    package let table: RegisterTable
    /// 0-based, as on the wire; manuals often print one more.
    package let address: Int
    package let word: UInt16
    /// In the order ABCD, CDAB, BADC, DCBA; empty for a last register, which has no next one.
    package let pairs: [Pair]

    package var signed: Int16 { Int16(bitPattern: word) }
    package var isPlausibleUnsigned: Bool { (1...10_000).contains(word) }
    package var isPlausibleSigned: Bool { (-10_000 ... -1).contains(signed) }

    /// The sizes of floats that look like measurements.
    static let plausibleFloats = 0.001...1e7

    /// The faces of each register of a block of registers, in order.
    package static func of(_ block: RegisterBlock) -> [RegisterFaces] {
        block.words.indices.map { index in
            RegisterFaces(
                table: block.range.table,
                address: block.range.start + index,
                word: block.words[index],
                next: index + 1 < block.words.count ? block.words[index + 1] : nil
            )
        }
    }

    /// - Parameter next: the register that follows; nil when none was read.
    package init(table: RegisterTable, address: Int, word: UInt16, next: UInt16?) {
        self.table = table
        self.address = address
        self.word = word
        pairs = next.map { next in WordOrder.asTried.map { Pair(order: $0, first: word, second: next) } } ?? []
    }
}

extension RegisterFaces.Pair {
    fileprivate init(order: WordOrder, first: UInt16, second: UInt16) {
        let words = (order.reversesWords ? [second, first] : [first, second])
            .map { order.swapsBytes ? $0.byteSwapped : $0 }
        let pattern = UInt32(words[0]) << 16 | UInt32(words[1])
        self.init(order: order, int32: Int32(bitPattern: pattern), float32: Float(bitPattern: pattern))
    }
}
