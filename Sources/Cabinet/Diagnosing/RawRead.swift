public import Domain
public import Modbus
public import Profiles

/// A read without a profile, as mbpoll's letters say it: which units, which registers, read as what.
public struct RawRead: Hashable, Sendable {
    /// How mbpoll would print the values: what stands after the colon of its `-t`.
    public enum Format: String, Hashable, Sendable, CaseIterable {
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

        public var registers: Int { self == .int || self == .float ? 2 : 1 }
    }

    public var units: [UnitID]
    public var table: RegisterTable
    public var format: Format
    /// 0-based, whatever the numbering that they were given in.
    public var starts: [Int]
    /// Values from each start.
    public var count: Int
    /// mbpoll's `-B`: the word that comes first is the higher one. Without it the lower one is.
    public var highWordFirst: Bool
    public var timing: ReplyTiming

    public init(
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

    /// What is asked for: a range for each start.
    public var ranges: [RegisterRange] {
        starts.map { RegisterRange(table, start: $0, count: count * format.registers) }
    }

    /// A range as requests that a device must take; a pair of registers is never cut.
    public static func requests(for range: RegisterRange) -> [RegisterRange] {
        let most = range.table.holdsBits ? range.table.maximumPerRequest : 124
        return stride(from: range.start, to: range.end, by: most).map {
            RegisterRange(range.table, start: $0, count: min(most, range.end - $0))
        }
    }

    /// mbpoll's value at a register of a block, as it prints it; nil where its two registers are not both there.
    public func value(in block: RegisterBlock, at index: Int) -> String? {
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

    /// Of the values asked for, where they take two registers.
    public var order: WordOrder { highWordFirst ? .abcd : .cdab }

    /// The two characters of a register, a point for what cannot be printed.
    static func characters(_ word: UInt16) -> String {
        String(
            decoding: [UInt8(word >> 8), UInt8(word & 0xFF)].map { (32...126).contains($0) ? $0 : UInt8(ascii: ".") },
            as: UTF8.self
        )
    }
}

extension UInt16 {
    /// Four digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

/// Reads mbpoll's letters; what is wrong is said as mbpoll's manual names it.
public enum RawReadLetters {
    public struct Problem: Error, CustomStringConvertible, Hashable {
        public let description: String
    }

    /// `-a` and `-r`: numbers separated by commas, ranges by colons: `32,33,34,36:40`.
    public static func list(_ text: String, in allowed: ClosedRange<Int>, of letter: String) throws(Problem) -> [Int] {
        func fail() -> Problem {
            Problem(
                description:
                    "\(letter) \(text): numbers \(allowed.lowerBound) to \(allowed.upperBound), such as 1 or 1,3:7"
            )
        }
        var numbers: [Int] = []
        for part in text.split(separator: "," as Character, omittingEmptySubsequences: false) {
            let ends = part.split(separator: ":" as Character, omittingEmptySubsequences: false).map(number)
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                allowed.contains(first), allowed.contains(last)
            else { throw fail() }
            numbers += first...last
        }
        return numbers
    }

    /// `-t`: `0`, `1`, `3` or `4`, and for the last two a format after a colon.
    public static func type(_ text: String) throws(Problem) -> (RegisterTable, RawRead.Format) {
        let parts = text.split(separator: ":" as Character, maxSplits: 1, omittingEmptySubsequences: false)
        let tables: [Substring: RegisterTable] = ["0": .coil, "1": .discrete, "3": .input, "4": .holding]
        if let table = tables[parts[0]] {
            if table.holdsBits {
                if parts.count == 1 { return (table, .bit) }
            } else if parts.count == 1 {
                return (table, .decimal)
            } else if let format = RawRead.Format(rawValue: String(parts[1])), format != .decimal, format != .bit {
                return (table, format)
            }
        }
        throw Problem(
            description: "-t \(text): 0 (coils), 1 (discrete inputs), 3 (input registers) or 4 (holding registers), "
                + "the last two with :int16, :hex, :string, :int or :float"
        )
    }

    /// As mbpoll guesses it from the argument's name.
    public static func isSerial(_ device: String) -> Bool {
        let name = device.lowercased()
        return name.hasPrefix("/") || ["com", "tty", "ser"].contains { name.contains($0) }
    }

    private static func number(_ text: Substring) -> Int? {
        text.lowercased().hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    }
}
