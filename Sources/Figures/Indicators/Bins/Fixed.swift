public import Domain

/// A number in whole billionths of its unit. Sums of such numbers are exact. So they are the same in any order, with
/// any restarts between, and merged from any parts.
public struct Fixed: Hashable, Sendable {
    public var billionths: Int128

    public init(billionths: Int128) { self.billionths = billionths }

    public init(_ integer: Int) { billionths = Int128(integer) * 1_000_000_000 }

    /// Rounded half to even to billionths; nil beyond 10^27, which nothing measured reaches.
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

    /// Whether it is no larger than 10^15: a value of that size, held by a thousand devices for a year, still fits a
    /// sum.
    var isMeasurable: Bool { billionths.magnitude <= 1_000_000_000_000_000_000_000_000 }

    /// Up to 19 digits, rounded once, half to even.
    public var decimal: DecimalNumber {
        var power: UInt128 = 1
        var exponent = -9
        while (billionths.magnitude + power / 2) / power > UInt128(UInt64.max) {
            power *= 10
            exponent += 1
        }
        let (quotient, remainder) = billionths.magnitude.quotientAndRemainder(dividingBy: power)
        let isUp = remainder * 2 > power || (remainder * 2 == power && quotient % 2 == 1)
        return DecimalNumber(
            negative: billionths < 0,
            magnitude: UInt64(quotient) + (isUp ? 1 : 0),
            exponent: exponent
        )
    }

    /// The quotient, exact before it is rounded (half to even) to 1 to 18 digits: with doubles a mean that ends in a 5
    /// may round either way.
    public func divided(by count: Int, significantDigits digits: Int) -> DecimalNumber {
        let divisor = UInt128(count.magnitude)
        var (quotient, rest) = billionths.magnitude.quotientAndRemainder(dividingBy: divisor)
        var exponent = -9
        var isCut = false
        let enough: UInt128 = 1_000_000_000_000_000_000
        while quotient >= enough {
            isCut = isCut || rest != 0
            (quotient, rest) = quotient.quotientAndRemainder(dividingBy: 10)
            exponent += 1
        }
        isCut = isCut || exponent > -9 && rest != 0
        while !isCut, exponent <= -9, rest != 0, quotient < enough / 10 {
            let (digit, after) = (rest * 10).quotientAndRemainder(dividingBy: divisor)
            (quotient, rest) = (quotient * 10 + digit, after)
            exponent -= 1
        }
        // The rest is less than one of the last digit: one more digit marks that it is there.
        let isMore = isCut || rest != 0
        return DecimalNumber(
            negative: (billionths < 0) != (count < 0),
            magnitude: UInt64(quotient) * 10 + (isMore ? 1 : 0),
            exponent: exponent - 1
        ).rounded(toSignificantDigits: digits)
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
