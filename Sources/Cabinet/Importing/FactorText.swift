import Domain

/// Numbers as tables write them: `0.1`, `0,1`, `x0.1`, `/10`, `1/10`, `10^-1`, `0.1 V`.
struct FactorText: Hashable {
    var number: DecimalNumber
    /// Whether the text itself says that it divides or multiplies: `/10`, `x 0.1`.
    var isDivisor: Bool?
    /// What stands after the number.
    var unit: String?

    /// Nil for a text that holds no number, or more than one.
    init?(_ text: String) {
        var rest = text.lowercased().filter { !$0.isWhitespace || $0 == " " }
        var divides: Bool?
        while let sign = rest.first, " x×*÷/:·".contains(sign) {
            if "÷/:".contains(sign) { divides = true }
            if "x×*·".contains(sign) { divides = divides ?? false }
            rest.removeFirst()
        }
        if rest.hasPrefix("1/") {
            divides = true
            rest.removeFirst(2)
        }
        if let power = Self.powerOfTen(rest) {
            number = power
            isDivisor = divides
            return
        }
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || "+-.,".contains($0)) }
        let after = rest.dropFirst(digits.count).trimmingPrefix { $0 == " " }
        guard let number = Self.plain(String(digits)) else { return nil }
        self.number = number
        isDivisor = divides
        // The letters as they were written: MV and mV are two units.
        if !after.isEmpty { unit = String(text.suffix(after.count)) }
        let exponent = after.dropFirst().first
        let isPower = exponent.map { $0.isNumber || $0 == "-" } ?? false
        if let first = after.first, first.isNumber || "e^".contains(first) && isPower {
            guard let whole = DecimalNumber(rest.replacing(",", with: ".")) else { return nil }
            self.number = whole
            unit = nil
        }
    }

    /// A number whose decimal sign is a point or a comma; nil where both stand there, or one of them twice.
    static func plain(_ text: String) -> DecimalNumber? {
        guard text.count(where: { ".,".contains($0) }) <= 1 else { return nil }
        // "1.000" is one or a thousand.
        if text.hasSuffix(".000") || text.hasSuffix(",000") { return nil }
        return DecimalNumber(text.replacing(",", with: "."))
    }

    /// `10^-2`, `10-2` is none, `1e-2` is a number.
    private static func powerOfTen(_ text: String) -> DecimalNumber? {
        guard text.hasPrefix("10^"), let power = Int(text.dropFirst(3).filter { !"()".contains($0) }),
            (-12...12).contains(power)
        else { return nil }
        return DecimalNumber(1).shifted(by: power)
    }
}

extension DecimalNumber {
    /// One divided by this number, where that is a decimal number exactly: of 2, 5 and 10 and their products.
    var reciprocal: DecimalNumber? {
        guard magnitude != 0 else { return nil }
        var rest = magnitude
        var quotient: UInt64 = 1
        var tens = 0
        while rest.isMultiple(of: 2) {
            rest /= 2
            let (product, overflow) = quotient.multipliedReportingOverflow(by: 5)
            if overflow { return nil }
            quotient = product
            tens += 1
        }
        while rest.isMultiple(of: 5) {
            rest /= 5
            let (product, overflow) = quotient.multipliedReportingOverflow(by: 2)
            if overflow { return nil }
            quotient = product
            tens += 1
        }
        guard rest == 1 else { return nil }
        return DecimalNumber(negative: negative, magnitude: quotient, exponent: -Int(exponent) - tens)
    }
}

/// What single values mean: `0: off; 1: on`, `0=mati, 1=hidup`, `0-Stop 1-Run`.
enum ValueNames {
    /// Nil where the text names no two values.
    static func read(_ text: String) -> [(value: Int64, name: String)]? {
        let letters = Array(text)
        var starts: [(value: Int64, at: Int, after: Int)] = []
        var index = 0
        while index < letters.count {
            let isStart =
                index == 0
                || !(letters[index - 1].isLetter || letters[index - 1].isNumber
                    || ".,-_".contains(letters[index - 1]) && index >= 2 && letters[index - 2].isNumber)
            guard isStart, let found = number(letters, at: index) else {
                index += 1
                continue
            }
            var after = found.after
            while after < letters.count, letters[after] == " " { after += 1 }
            if after < letters.count, ":=：-–—→".contains(letters[after]) {
                starts.append((found.value, index, after + 1))
                index = after + 1
            } else {
                index = max(found.after, index + 1)
            }
        }
        guard starts.count >= 2, Set(starts.map(\.value)).count == starts.count else { return nil }
        var names: [(Int64, String)] = []
        for (place, start) in starts.enumerated() {
            let end = place + 1 < starts.count ? starts[place + 1].at : letters.count
            guard start.after <= end else { return nil }
            var name = String(letters[start.after..<end])
            while let first = name.first, " :=-–>".contains(first) { name.removeFirst() }
            while let last = name.last, " ;,.|/、；，。".contains(last) { name.removeLast() }
            guard !name.isEmpty, name.count <= 60 else { return nil }
            names.append((start.value, name))
        }
        return names
    }

    private static func number(_ letters: [Character], at start: Int) -> (value: Int64, after: Int)? {
        var index = start
        var digits = ""
        if letters[index] == "-" {
            digits = "-"
            index += 1
        }
        let isHexadecimal = index + 2 < letters.count && letters[index] == "0" && "xX".contains(letters[index + 1])
        if isHexadecimal { index += 2 }
        while index < letters.count, letters[index].isASCII,
            isHexadecimal ? letters[index].isHexDigit : letters[index].isNumber
        {
            digits.append(letters[index])
            index += 1
        }
        guard let value = Int64(digits, radix: isHexadecimal ? 16 : 10) else { return nil }
        return (value, index)
    }
}
