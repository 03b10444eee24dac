import Domain

/// An address as a table prints it: `40001`, `0x0010`, `40001-40002`, `4x0001`, `30001.3`, `0010H`.
struct AddressText: Hashable {
    var first: Int
    /// The last of a range; nil where one number stands there.
    var last: Int?
    /// How many digits the first number has, leading zeros included.
    var digits: Int
    var isHexadecimal: Bool
    /// The table, where a prefix such as `4x` names it.
    var prefix: RegisterTable?
    /// Bits within the register.
    var bits: ClosedRange<Int>?

    /// Nil for what is no address.
    init?(_ text: String) {
        // "1,002" may be the register 1002 of a spreadsheet, or two registers.
        let halves = text.split(separator: ",")
        if halves.count == 2, halves[0].count <= 3, halves[1].count == 3,
            halves.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        {
            return nil
        }
        // "40001 (0x0000)": the first of two ways to write it.
        var rest = text.prefix { !"(（[".contains($0) }.lowercased().filter { !$0.isWhitespace }
        for (mark, table) in Self.prefixes where rest.hasPrefix(mark) {
            rest = String(rest.dropFirst(mark.count))
            prefix = table
            break
        }
        for sign in ["～", "–", "—", "…", "..", "~", "至", "to", "sampai", "s/d", "bis"] {
            rest = rest.replacing(sign, with: "-")
        }
        rest = rest.replacing("/", with: "-").replacing(",", with: "-").replacing("+", with: "-")
            .replacing(";", with: "-").replacing("&", with: "-")
        // A bit, or bits of a register: 40010.3, 10:8:4 (first bit and width).
        let dots = rest.split(separator: ".", omittingEmptySubsequences: false)
        let colons = rest.split(separator: ":", omittingEmptySubsequences: false)
        if dots.count == 2, let bit = Int(dots[1]), (0...15).contains(bit), dots[1].count <= 2 {
            bits = bit...bit
            rest = String(dots[0])
        } else if colons.count == 3, let bit = Int(colons[1]), let width = Int(colons[2]), bit >= 0, width >= 1,
            width <= 16, bit + width <= 16
        {
            bits = bit...bit + width - 1
            rest = String(colons[0])
        }
        let parts = rest.split(separator: "-").map(String.init)
        guard (1...8).contains(parts.count), let one = Self.number(parts[0]) else { return nil }
        first = one.value
        digits = one.digits
        isHexadecimal = one.isHexadecimal
        guard parts.count > 1, let end = parts.last else { return }
        guard let last = Self.number(end, hexadecimal: isHexadecimal) else { return nil }
        // "40001/2" abbreviates the second number.
        var value = last.value
        if value < first, last.digits < digits, !isHexadecimal {
            let power = (0..<last.digits).reduce(1) { sum, _ in sum * 10 }
            value = first / power * power + value
        }
        guard value >= first, value - first < 256 else { return nil }
        self.last = value
    }

    private static let prefixes: [(String, RegisterTable)] = [
        ("4x", .holding), ("3x", .input), ("1x", .discrete), ("0xx", .coil), ("4:", .holding), ("3:", .input),
        ("hr", .holding), ("ir", .input), ("%mw", .holding), ("%iw", .input),
    ]

    private static func number(
        _ text: String,
        hexadecimal: Bool = false
    ) -> (value: Int, digits: Int, isHexadecimal: Bool)? {
        var digits = text
        var isHexadecimal = hexadecimal
        if digits.hasPrefix("0x") {
            digits = String(digits.dropFirst(2))
            isHexadecimal = true
        } else if digits.hasSuffix("h"), digits.count > 1 {
            digits = String(digits.dropLast())
            isHexadecimal = true
        }
        // A spreadsheet may have made a decimal number of it.
        guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        guard let value = Int(digits, radix: isHexadecimal ? 16 : 10) else { return nil }
        return (value, digits.count, isHexadecimal)
    }

    /// The table and the register that a reference of five or six digits names: 40001 is holding register 1. Nil for a
    /// number that is none, such as 40000.
    var reference: (table: RegisterTable, number: Int)? {
        guard !isHexadecimal, prefix == nil, digits == 5 || digits == 6 else { return nil }
        let base = digits == 5 ? 10_000 : 100_000
        let number = first % base
        guard number >= 1, number <= 65_536, let table = Self.tables[first / base] else { return nil }
        return (table, number)
    }

    private static let tables: [Int: RegisterTable] = [0: .coil, 1: .discrete, 3: .input, 4: .holding]
}

/// The table that a function code or a word names.
enum FunctionText {
    /// `nil` for a text that names none; `.some(nil)` for functions that only write.
    static func table(_ text: String) -> RegisterTable?? {
        let words = ImportColumn.plain(text).split(separator: " ").map(String.init)
        let plain = words.joined(separator: " ")
        if let table = named[plain] { return .some(table) }
        var codes: [Int] = []
        for word in words {
            var digits = word
            for start in ["fc", "0x", "fn", "f"] where digits.hasPrefix(start) {
                digits = String(digits.dropFirst(start.count))
                break
            }
            if digits.hasSuffix("h"), digits.count <= 3 { digits = String(digits.dropLast()) }
            let isSixteen = digits == "10" && ["0x10", "10h"].contains(word)
            if let code = isSixteen ? 16 : Int(digits) { codes.append(code) }
        }
        for code in codes {
            if let table = byCode[code] { return .some(table) }
        }
        if !codes.isEmpty, codes.allSatisfy({ [5, 6, 15, 16].contains($0) }) { return .some(nil) }
        for (word, table) in contained where plain.contains(word) { return .some(table) }
        return nil
    }

    private static let byCode: [Int: RegisterTable] = [1: .coil, 2: .discrete, 3: .holding, 4: .input]
    private static let named: [String: RegisterTable] = [
        "holding": .holding, "input": .input, "coil": .coil, "discrete": .discrete, "hr": .holding, "ir": .input,
        "di": .discrete, "h": .holding, "i": .input, "c": .coil, "4x": .holding, "3x": .input, "1x": .discrete,
        "0x": .coil, "holdingregs": .holding, "inputregs": .input, "coils": .coil, "disinputs": .discrete,
    ]
    private static let contained: [(String, RegisterTable)] = [
        ("discrete", .discrete), ("coil", .coil), ("holding", .holding), ("halteregister", .holding),
        ("eingangsregister", .input), ("input register", .input), ("input", .input), ("保持", .holding),
        ("输入寄存器", .input), ("线圈", .coil), ("离散", .discrete),
    ]
}
