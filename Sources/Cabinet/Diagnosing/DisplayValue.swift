package import Domain

/// What a device's own display shows: `12.34`, `12,34`, `36,63 m³/h`.
package struct DisplayValue: Hashable, Sendable {
    /// As it was typed.
    package let text: String
    package let number: DecimalNumber
    /// Digits after the decimal sign; their last place is the resolution of the display.
    package let decimals: Int
    /// The unit beside the number, when the person typed it too.
    package let unit: Unit?

    /// Why a text is not taken for a display's value.
    package enum Flaw: Error, Hashable, Sendable {
        case noNumber
        /// It has signs that group thousands, or may have; `meant` is the number without them, with a point.
        case thousands(meant: String)
        /// What follows the number is no unit; `likely` is the code of the one that may be meant.
        case unknownUnit(String, likely: String?)
    }

    /// One step of the display's last digit.
    package var step: Double { DecimalNumber(1).shifted(by: -decimals).double }

    /// How many digits it shows, without leading zeros.
    package var digits: Int { String(Int(min(1e15, (abs(number.double) / step).rounded()))).count }

    /// The number's digits with a point, as many decimals as were typed.
    package let plainDigits: String

    /// Whether the decimal sign may have been meant to group thousands: `1.234`.
    package var mayBeThousands: Bool {
        let whole = plainDigits.prefix { $0 != "." }.drop { "+-".contains($0) }
        return decimals == 3 && (1...3).contains(whole.count) && whole.first != "0"
    }

    /// - Parameter text: a number, whose decimal sign is a point or a comma, and maybe a unit as displays write it.
    package init(_ text: some StringProtocol) throws(Flaw) {
        let trimmed = text.split(separator: " " as Character).joined(separator: " ")
        let typed = trimmed.prefix { Self.isOfNumber($0) }
        let rest = trimmed.dropFirst(typed.count).drop { $0 == " " }
        if let first = rest.first, first.isASCII, first.isNumber {
            // A space groups thousands too.
            guard let digits = Self.plain(String(trimmed.filter { $0 != " " }.prefix { Self.isOfNumber($0) })) else {
                throw .noNumber
            }
            throw .thousands(meant: digits)
        }
        guard let digits = Self.plain(String(typed)), let number = DecimalNumber(digits) else { throw .noNumber }
        guard typed.count(where: { ".,".contains($0) }) <= 1 else { throw .thousands(meant: digits) }
        self.text = String(text)
        self.number = number
        plainDigits = digits
        decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        guard !rest.isEmpty else {
            unit = nil
            return
        }
        guard let unit = Unit(spelled: String(rest)) else {
            throw .unknownUnit(String(rest), likely: Unit.suggestion(for: String(rest))?.code)
        }
        self.unit = unit
    }

    private static func isOfNumber(_ letter: Character) -> Bool {
        letter.isASCII && (letter.isNumber || "+-.,".contains(letter))
    }

    /// The number with a point for its decimal sign. When the text has both signs, the last is the decimal one
    /// (`1.234,5`); a sign that stands twice groups thousands.
    private static func plain(_ text: String) -> String? {
        let signs = text.filter { $0 == "." || $0 == "," }
        guard let last = signs.last else { return DecimalNumber(text) == nil ? nil : text }
        var plain = text.filter { $0 == last || !signs.contains($0) }.replacing(",", with: ".")
        if signs.count(where: { $0 == last }) > 1 {
            if signs.contains(where: { $0 != last }) { return nil }
            plain = text.filter { $0 != last }
        }
        return DecimalNumber(plain) == nil ? nil : plain
    }
}
