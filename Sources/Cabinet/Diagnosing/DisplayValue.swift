package import Domain

/// What a device's own display shows: `12.34`, `12,34`, `1.234,5 m3/h`.
package struct DisplayValue: Hashable, Sendable {
    /// As it was typed.
    package let text: String
    package let number: DecimalNumber
    /// Digits after the decimal sign; their last place is the resolution of the display.
    package let decimals: Int
    /// The unit beside the number, when the person typed it too.
    package let unit: Unit?

    /// One step of the display's last digit.
    package var step: Double { DecimalNumber(1).shifted(by: -decimals).double }

    /// How many digits it shows, without leading zeros.
    package var digits: Int { String(Int(min(1e15, (abs(number.double) / step).rounded()))).count }

    /// - Returns: nil when the text is no number, or when what follows it is no unit of the unit table.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: " " as Character, maxSplits: 1).map { String($0) }
        guard let digits = parts.first.flatMap(Self.plain), let number = DecimalNumber(digits) else { return nil }
        self.text = String(text)
        self.number = number
        decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        guard parts.count == 2 else {
            unit = nil
            return
        }
        guard let unit = Unit(parts[1]) else { return nil }
        self.unit = unit
    }

    /// The number with a point for its decimal sign. When the text has both signs, the last is the decimal one
    /// (`1.234,5`); a sign that stands twice groups thousands; a single comma is a decimal sign, as in Indonesia.
    private static func plain(_ text: String) -> String? {
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.,".contains($0)) }) else { return nil }
        let signs = text.filter { $0 == "." || $0 == "," }
        guard let last = signs.last else { return text }
        if signs.count(where: { $0 == last }) > 1 {
            return signs.contains { $0 != last } ? nil : text.filter { $0 != last }
        }
        return text.filter { $0 == last || !signs.contains($0) }.replacing(",", with: ".")
    }
}
