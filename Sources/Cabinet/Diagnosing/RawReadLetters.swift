package import Domain

/// Reads mbpoll's letters.
package enum RawReadLetters {
    package enum Problem: Error, Hashable {
        /// Neither a number within these bounds nor a list or range of such numbers.
        case list(letter: String, text: String, ClosedRange<Int>)
        case type(String)
    }

    /// `-a` and `-r`: numbers separated by commas, ranges by colons: `32,33,34,36:40`.
    package static func list(_ text: String, in allowed: ClosedRange<Int>, of letter: String) throws(Problem) -> [Int] {
        var numbers: [Int] = []
        for part in text.split(separator: "," as Character, omittingEmptySubsequences: false) {
            let ends = part.split(separator: ":" as Character, omittingEmptySubsequences: false).map(number)
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                allowed.contains(first), allowed.contains(last)
            else { throw .list(letter: letter, text: text, allowed) }
            numbers += first...last
        }
        return numbers
    }

    /// `-t`: `0`, `1`, `3` or `4`, and for the last two a format after a colon.
    package static func type(_ text: String) throws(Problem) -> (RegisterTable, RawRead.Format) {
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
        throw .type(text)
    }

    /// A manual's number with the table's digit before it, such as 40001 for holding register 1: the register's own
    /// number, from 1. Nil for a number that is none of the table's.
    package static func register(ofManual number: Int, in table: RegisterTable) -> Int? {
        let digit: Int
        switch table {
        case .discrete: digit = 1
        case .input: digit = 3
        case .holding: digit = 4
        case .coil: return nil
        }
        for (first, most) in [(digit * 10_000, 9_999), (digit * 100_000, 65_536)]
        where (first + 1...first + most).contains(number) {
            return number - first
        }
        return nil
    }

    /// Guessed from the argument's name, as mbpoll does.
    package static func isSerial(_ device: String) -> Bool {
        let name = device.lowercased()
        return name.hasPrefix("/") || ["com", "tty", "ser"].contains { name.contains($0) }
    }

    private static func number(_ text: Substring) -> Int? {
        text.lowercased().hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    }
}
