public import Domain

/// A quotient of whole numbers, kept in lowest terms. It is exact until it is compared with a threshold or rounded to
/// seven digits, so that the same evidence gives the same result in every run.
public struct Ratio: Hashable, Sendable {
    public private(set) var numerator: Int128
    /// Greater than 0.
    public private(set) var denominator: Int128

    public static let zero = Ratio(0, over: 1)

    public init(_ numerator: Int128, over denominator: Int128) {
        precondition(denominator != 0, "nothing is divided by zero")
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let common = Int128(divisor) * (denominator < 0 ? -1 : 1)
        self.numerator = numerator / common
        self.denominator = denominator / common
    }

    public init(_ number: Fixed) { self.init(number.billionths, over: 1_000_000_000) }

    fileprivate static func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }

    public static func + (a: Ratio, b: Ratio) -> Ratio {
        let common = Int128(greatestCommonDivisor(a.denominator.magnitude, b.denominator.magnitude))
        guard let left = product(a.numerator, b.denominator / common),
            let right = product(b.numerator, a.denominator / common),
            let denominator = product(a.denominator / common, b.denominator),
            case let (sum, isOverflow) = left.addingReportingOverflow(right), !isOverflow
        else { return Ratio(near: a.double + b.double) }
        return Ratio(sum, over: denominator)
    }

    public static func * (a: Ratio, b: Ratio) -> Ratio {
        // Reduce crosswise first, so that no product is larger than it must be.
        let (left, right) = (Ratio(a.numerator, over: b.denominator), Ratio(b.numerator, over: a.denominator))
        guard let numerator = product(left.numerator, right.numerator),
            let denominator = product(left.denominator, right.denominator)
        else { return Ratio(near: a.double * b.double) }
        return Ratio(numerator, over: denominator)
    }

    private static func product(_ a: Int128, _ b: Int128) -> Int128? {
        let (product, isOverflow) = a.multipliedReportingOverflow(by: b)
        return isOverflow ? nil : product
    }

    private var double: Double { Double(numerator) / Double(denominator) }

    /// A value that 128 bits cannot hold exactly, to fifteen digits: twice as many as are published.
    private init(near value: Double) {
        let number = DecimalNumber(value, significantDigits: 15) ?? .zero
        let exponent = Int(number.exponent)
        // A smaller value is zero, and nothing measured is as large as the other end.
        guard exponent >= -36 else {
            self = .zero
            return
        }
        let power = (0..<(exponent < 0 ? -exponent : min(22, exponent))).reduce(Int128(1)) { power, _ in power * 10 }
        let digits = Int128(number.magnitude) * (number.negative ? -1 : 1)
        self = exponent < 0 ? Ratio(digits, over: power) : Ratio(digits * power, over: 1)
    }

    public static func / (a: Ratio, b: Ratio) -> Ratio { a * Ratio(b.denominator, over: b.numerator) }

    public static func += (a: inout Ratio, b: Ratio) { a = a + b }

    /// Rounds half to even to so many significant digits; seven is the precision of a float32 register.
    public func rounded(toSignificantDigits digits: Int = 7) -> DecimalNumber {
        guard numerator != 0 else { return .zero }
        var (quotient, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
        var exponent = 0
        let enough: UInt128 = 1_000_000_000_000_000_000
        var isCut = false
        while quotient >= enough {
            let (shorter, digit) = quotient.quotientAndRemainder(dividingBy: 10)
            isCut = isCut || digit != 0
            quotient = shorter
            exponent += 1
        }
        while !isCut, exponent <= 0, rest != 0, quotient < enough / 10, rest <= UInt128.max / 10 {
            let (digit, after) = (rest * 10).quotientAndRemainder(dividingBy: denominator.magnitude)
            (quotient, rest) = (quotient * 10 + digit, after)
            exponent -= 1
        }
        // The rest is less than one of the last digit: one more digit marks that it is there.
        let isMore = isCut || rest != 0
        return DecimalNumber(
            negative: numerator < 0,
            magnitude: UInt64(quotient) * 10 + (isMore ? 1 : 0),
            exponent: exponent - 1
        ).rounded(toSignificantDigits: digits)
    }
}

extension Ratio: Comparable {
    public static func < (a: Ratio, b: Ratio) -> Bool {
        let common = Int128(greatestCommonDivisor(a.denominator.magnitude, b.denominator.magnitude))
        guard let left = product(a.numerator, b.denominator / common),
            let right = product(b.numerator, a.denominator / common)
        else { return a.double < b.double }
        return left < right
    }
}
