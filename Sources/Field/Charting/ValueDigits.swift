import Domain

/// Turns a point's measured numbers into those that people are shown, with the same digits.
struct ValueDigits {
    let face: PointFace
    /// Whether the device sends 32-bit floats: 12.43 of those is 12.430000305 as a double.
    var isFloat = false

    /// A step in the unit of the display.
    func shown(_ step: ValueStep) -> ValueStep {
        guard step.hasValue else { return step }
        var shown = step
        shown.least = self.shown(step.least)
        if step.least == step.greatest {
            shown.greatest = shown.least
            shown.mean = shown.least
            return shown
        }
        shown.greatest = self.shown(step.greatest)
        let mean = converted(.float64(Self.rounded(step.mean, digits: isFloat ? 7 : 15)))
        // Rounding must not lead out of what was measured.
        shown.mean = min(max(mean, min(shown.least, shown.greatest)), max(shown.least, shown.greatest))
        return shown
    }

    /// The unit in which people are shown the point.
    var unit: Unit? { face.words?.show ?? face.unit }

    private func shown(_ number: Double) -> Double {
        guard isFloat, let float = Float(exactly: number) else { return converted(.float64(number)) }
        return converted(.float32(float))
    }

    private func converted(_ value: Value) -> Double {
        let shown = face.shown(value).value
        // The nearest double to the digits that are shown.
        if case .float32(let number) = shown { return Double(number.description) ?? Double(number) }
        return shown.double ?? .nan
    }

    /// The number with so many significant digits, 1 to 15.
    static func rounded(_ number: Double, digits: Int) -> Double {
        guard number != 0, number.isFinite else { return number }
        var size = 0
        var rest = number.magnitude
        while rest >= 10, size < 40 { (rest, size) = (rest / 10, size + 1) }
        while rest < 1, size > -40 { (rest, size) = (rest * 10, size - 1) }
        let places = digits - 1 - size
        // Powers of ten are exact up to 10^22: one product and one division are then rounded right.
        guard (-22...22).contains(places) else { return number }
        let power = powersOfTen[Int(places.magnitude)]
        return places < 0 ? (number / power).rounded() * power : (number * power).rounded() / power
    }

    private static let powersOfTen: [Double] = (0...22).map { DecimalNumber(1).shifted(by: $0).double }
}
