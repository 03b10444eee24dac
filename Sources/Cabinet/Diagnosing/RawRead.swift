package import Domain
package import Modbus
package import Profiles

/// A read without a profile, as mbpoll's letters give it: which units, which registers, read as what.
package struct RawRead: Hashable, Sendable {
    /// How mbpoll would print the values: what stands after the colon of its `-t`.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// A register without a sign; mbpoll's own default.
        case decimal
        case int16
        case hex
        case string
        /// 32 bits of two registers.
        case int
        case float
        /// A coil or a discrete input.
        case bit

        package var registers: Int { self == .int || self == .float ? 2 : 1 }
    }

    package var units: [UnitID]
    package var table: RegisterTable
    package var format: Format
    /// 0-based, whatever the numbering on the command line.
    package var starts: [Int]
    /// How many values to read from each start.
    package var count: Int
    /// mbpoll's `-B`: the first word is the higher one. Without it the first word is the lower one.
    package var highWordFirst: Bool
    package var timing: ReplyTiming

    package init(
        units: [UnitID] = [UnitID(1)],
        table: RegisterTable = .holding,
        format: Format = .decimal,
        starts: [Int] = [0],
        count: Int = 1,
        highWordFirst: Bool = false,
        timing: ReplyTiming = ReplyTiming(replyTime: .seconds(1), worstReply: .seconds(1))
    ) {
        self.units = units
        self.table = table
        self.format = format
        self.starts = starts
        self.count = count
        self.highWordFirst = highWordFirst
        self.timing = timing
    }

    /// What is read: a range for each start.
    package var ranges: [RegisterRange] {
        starts.map { RegisterRange(table, start: $0, count: count * format.registers) }
    }

    /// Splits a range into requests that every device must accept; a pair of registers is never cut.
    package static func requests(for range: RegisterRange) -> [RegisterRange] {
        let most = range.table.holdsBits ? range.table.maximumPerRequest : 124
        return stride(from: range.start, to: range.end, by: most).map {
            RegisterRange(range.table, start: $0, count: min(most, range.end - $0))
        }
    }

    /// mbpoll's value at a register of a block, as it prints it; nil unless its two registers are both there.
    package func value(in block: RegisterBlock, at index: Int) -> String? {
        let word = block.words[index]
        switch format {
        case .decimal, .bit: return String(word)
        case .int16: return String(Int16(bitPattern: word))
        case .hex: return "0x" + word.hexadecimal
        case .string: return Self.characters(word)
        case .int, .float:
            guard let pair = RegisterFaces.of(block)[index].pairs.first(where: { $0.order == order }) else {
                return nil
            }
            return format == .int ? String(pair.int32) : pair.float32.description
        }
    }

    /// The order of the values' words, when a value takes two registers.
    package var order: WordOrder { highWordFirst ? .abcd : .cdab }

    /// The two characters of a register, with a point for each that cannot be printed.
    package static func characters(_ word: UInt16) -> String {
        String(
            decoding: [UInt8(word >> 8), UInt8(word & 0xFF)].map { (32...126).contains($0) ? $0 : UInt8(ascii: ".") },
            as: UTF8.self
        )
    }
}

extension UInt16 {
    /// Four digits.
    package var hexadecimal: String {
        let digits = String(self, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
