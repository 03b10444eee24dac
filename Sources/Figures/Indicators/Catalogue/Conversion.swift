import Domain

/// From a point's published unit to the indicator's.
struct Conversion: Sendable {
    var from: Unit
    var to: Unit

    /// Rounded to 15 significant digits.
    func value(_ value: Fixed) -> Fixed { converted(value, difference: false) }
    func increase(_ value: Fixed) -> Fixed { converted(value, difference: true) }

    private func converted(_ value: Fixed, difference: Bool) -> Fixed {
        let double = from.convert(value.decimal.double, to: to, difference: difference)
        return DecimalNumber(double, significantDigits: 15).flatMap { Fixed($0) } ?? value
    }
}
