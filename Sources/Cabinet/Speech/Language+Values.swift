package import Control
package import Domain

extension Language {
    /// A value with all its digits, as people write it in this language.
    package func value(_ value: Value) -> String {
        switch value {
        case .bool, .string: "\(value)"
        default: number("\(value)")
        }
    }

    package func value(_ value: StatusValue) -> String {
        switch value {
        case .bool, .string: "\(value)"
        default: number("\(value)")
        }
    }

    /// A value with the digits that a person needs: three decimals, or two digits of a smaller number.
    package func short(_ value: StatusValue) -> String {
        guard case .number(let number) = value, let decimal = DecimalNumber(number, significantDigits: 15) else {
            return self.value(value)
        }
        return short(decimal)
    }

    package func short(_ decimal: DecimalNumber) -> String { number(decimal.rounded(toDecimals: 3).description) }

    /// The same for a number's digits; any other text stays as it is.
    package func short(digits: String) -> String { DecimalNumber(digits).map { short($0) } ?? digits }
}

extension DecimalNumber {
    /// Rounded to this many decimals, but never to fewer than two digits that count.
    func rounded(toDecimals places: Int) -> DecimalNumber {
        guard Int(exponent) < -places else { return self }
        let digits = String(magnitude).count
        return rounded(toSignificantDigits: max(2, digits + Int(exponent) + places))
    }
}
