public import Domain

/// A number in whole billionths of its unit. Sums of such numbers are exact, so that they come out the same in any order, in any
/// split over restarts, and merged from any parts.
public struct Fixed: Hashable, Sendable {
    public var billionths: Int128

    public init(billionths: Int128) { self.billionths = billionths }

    public init(_ integer: Int) { billionths = Int128(integer) * 1_000_000_000 }

    /// Rounded half to even to billionths; nil beyond 10^28, which nothing measured reaches.
    public init?(_ number: DecimalNumber) {
        var wide = Int128(number.magnitude)
        var places = Int(number.exponent) + 9
        while places > 0 {
            guard wide < Int128.max / 1_000 else { return nil }
            wide *= 10
            places -= 1
        }
        if places < -38 {
            wide = 0
        } else if places < 0 {
            var power: Int128 = 1
            for _ in 0..<(-places) { power *= 10 }
            let (quotient, remainder) = wide.quotientAndRemainder(dividingBy: power)
            let twice = remainder * 2
            wide = quotient + (twice > power || (twice == power && quotient % 2 == 1) ? 1 : 0)
        }
        billionths = number.negative ? -wide : wide
    }

    public static let zero = Fixed(billionths: 0)

    /// To 19 digits.
    public var decimal: DecimalNumber {
        var magnitude = billionths.magnitude
        var exponent = -9
        while magnitude > UInt128(UInt64.max) {
            let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
            magnitude = quotient + (remainder >= 5 ? 1 : 0)
            exponent += 1
        }
        return DecimalNumber(negative: billionths < 0, magnitude: UInt64(magnitude), exponent: exponent)
    }

    public var double: Double { Double(billionths) / 1e9 }
}

extension Fixed: Comparable {
    public static func < (a: Fixed, b: Fixed) -> Bool { a.billionths < b.billionths }
}

extension Fixed: CustomStringConvertible {
    public var description: String { decimal.description }
}

extension Fixed {
    public static func + (a: Fixed, b: Fixed) -> Fixed { Fixed(billionths: a.billionths &+ b.billionths) }
    public static func - (a: Fixed, b: Fixed) -> Fixed { Fixed(billionths: a.billionths &- b.billionths) }
    public static func += (a: inout Fixed, b: Fixed) { a = a + b }
}
