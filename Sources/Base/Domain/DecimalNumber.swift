/// A decimal floating-point number: `magnitude` x 10^`exponent`, up to 19 digits, never with trailing zeros.
///
/// Scale and offset are decimal facts ("0.1 per count"), so they are computed in decimal: 0.1 x 3 is 0.3. Results of
/// more than 19 digits are rounded, half to even.
public struct DecimalNumber: Hashable, Sendable {
    // This order keeps a sample that holds a number small.
    public let magnitude: UInt64
    public let exponent: Int16
    public let negative: Bool

    public init(negative: Bool, magnitude: UInt64, exponent: Int) {
        self.init(negative: negative, wide: UInt128(magnitude), exponent: exponent)
    }

    public init(_ integer: some BinaryInteger) {
        self.init(negative: integer < 0, wide: UInt128(integer.magnitude), exponent: 0)
    }

    private init(negative: Bool, wide: UInt128, exponent: Int) {
        var digits = wide
        var power = exponent
        var lost: (half: Int, any: Bool) = (0, false)
        while digits > UInt128(UInt64.max) {
            let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
            lost = (Int(remainder), lost.any || lost.half != 0)
            digits = quotient
            power += 1
        }
        if lost.half > 5 || (lost.half == 5 && (lost.any || digits % 2 == 1)) { digits += 1 }
        if digits > UInt128(UInt64.max) {  // rounded up to 2^64: one digit less holds it
            digits = (digits + 5) / 10
            power += 1
        }
        while digits != 0, digits % 10 == 0 {
            digits /= 10
            power += 1
        }
        self.magnitude = UInt64(truncatingIfNeeded: digits)
        self.negative = negative && digits != 0
        self.exponent = digits == 0 ? 0 : Int16(clamping: power)
    }

    /// Reads `-12.5` and `1e3`, not `0x1F`; nil for anything else and for more than 38 digits.
    public init?(_ text: some StringProtocol) { self.init(digits: Array(text.utf8)[...]) }

    /// Reads the same from bytes. Not generic: other modules would call it unspecialised, at several times the cost.
    public init?(digits text: ArraySlice<UInt8>) {
        var negative = false
        var digits: UInt128 = 0
        var exponent = 0
        var seenDigit = false
        var seenPoint = false
        var bytes = text
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            bytes.removeFirst()
        }
        while let byte = bytes.first {
            if (48...57).contains(byte) {
                let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
                guard !overflow, product <= UInt128.max - 9 else { return nil }
                digits = product + UInt128(byte - 48)
                if seenPoint { exponent -= 1 }
                seenDigit = true
            } else if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else {
                break
            }
            bytes.removeFirst()
        }
        guard seenDigit else { return nil }
        if let byte = bytes.first {
            guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"),
                let power = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)), (-5_000...5_000).contains(power)
            else { return nil }
            exponent += power
        }
        self.init(negative: negative, wide: digits, exponent: exponent)
    }

    public static let zero = DecimalNumber(0)

    public var absolute: DecimalNumber { negative ? -self : self }

    public var double: Double {
        // Powers of ten are exact up to 10^22, and doubles hold 2^53: within both, one division or product is rounded
        // right.
        let value: Double
        if magnitude < 1 << 53, (-22...22).contains(exponent) {
            let power = Self.powersOfTen[Int(abs(exponent))]
            value = exponent < 0 ? Double(magnitude) / power : Double(magnitude) * power
        } else {
            value = Double("\(magnitude)e\(exponent)") ?? .infinity
        }
        return negative ? -value : value
    }

    /// Whether a double can hold it. JSON readers take a greater number for infinite.
    public var isFiniteAsDouble: Bool {
        // 64 bits are below 1.9e19, and 1.9e307 is below the greatest double: most numbers need no conversion.
        exponent <= 288 || double.isFinite
    }

    /// The nearest whole number; a half is rounded upwards. Nil beyond 64 bits.
    public var nearestInteger: Int64? {
        // A magnitude of 64 bits is below half of 10^20, and 10^19 is beyond the result.
        guard exponent >= -19 else { return 0 }
        guard exponent <= 18 else { return nil }
        var power: Int128 = 1
        for _ in 0..<abs(exponent) { power *= 10 }
        let digits = negative ? -Int128(magnitude) : Int128(magnitude)
        if exponent >= 0 { return Int64(exactly: digits * power) }
        let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: power)
        if remainder * 2 >= power { return Int64(exactly: quotient + 1) }
        return Int64(exactly: remainder * 2 < -power ? quotient - 1 : quotient)
    }

    /// The number itself where it is whole and has at most 64 bits; nil otherwise.
    public var whole: Int64? { exponent < 0 ? nil : nearestInteger }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
}

extension DecimalNumber {
    public static prefix func - (number: DecimalNumber) -> DecimalNumber {
        DecimalNumber(negative: !number.negative, magnitude: number.magnitude, exponent: Int(number.exponent))
    }

    public static func * (a: DecimalNumber, b: DecimalNumber) -> DecimalNumber {
        DecimalNumber(
            negative: a.negative != b.negative,
            wide: UInt128(a.magnitude) * UInt128(b.magnitude),
            exponent: Int(a.exponent) + Int(b.exponent)
        )
    }

    public static func + (a: DecimalNumber, b: DecimalNumber) -> DecimalNumber {
        let (high, low) = a.exponent >= b.exponent ? (a, b) : (b, a)
        if high.magnitude == 0 { return low }
        if low.magnitude == 0 { return high }
        // The greater number is widened to the smaller one's places as far as 128 bits allow. When they are more than
        // 38 digits apart, the smaller one cannot show in 19 digits.
        var places = Int(high.exponent) - Int(low.exponent)
        var wide = Int128(high.magnitude)
        while places > 0, wide <= Int128.max / 40 {
            wide *= 10
            places -= 1
        }
        var small = Int128(low.magnitude)
        var dropped = 0
        while dropped < places, small != 0 {
            small /= 10
            dropped += 1
        }
        let sum = (high.negative ? -wide : wide) + (low.negative ? -small : small)
        return DecimalNumber(negative: sum < 0, wide: sum.magnitude, exponent: Int(low.exponent) + places)
    }

    public static func - (a: DecimalNumber, b: DecimalNumber) -> DecimalNumber { a + -b }

    /// Returns the number moved by `places` decimal places: 1234 by -2 is 12.34.
    public func shifted(by places: Int) -> DecimalNumber {
        DecimalNumber(negative: negative, magnitude: magnitude, exponent: Int(exponent) + places)
    }

    /// Returns 2^`bits`, for 0...64 bits: where a counter of that width wraps.
    public static func twoToThe(_ bits: Int) -> DecimalNumber {
        DecimalNumber(negative: false, wide: UInt128(1) << UInt128(bits), exponent: 0)
    }
}

extension DecimalNumber: Comparable {
    public static func < (a: DecimalNumber, b: DecimalNumber) -> Bool {
        let difference = a - b
        return difference.negative
    }
}

extension DecimalNumber: CustomStringConvertible {
    /// Plain digits where they are readable (`184223.75`), with an exponent beyond (`3.1e+26`).
    public var description: String {
        let digits = String(magnitude)
        let sign = negative ? "-" : ""
        let pointAt = digits.count + Int(exponent)
        if magnitude == 0 { return "0" }
        if exponent >= 0, pointAt <= 21 { return sign + digits + String(repeating: "0", count: Int(exponent)) }
        if pointAt > 0, exponent < 0 { return sign + digits.prefix(pointAt) + "." + digits.suffix(-Int(exponent)) }
        if pointAt > -6, pointAt <= 0 { return sign + "0." + String(repeating: "0", count: -pointAt) + digits }
        let power = pointAt - 1
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        return "\(sign)\(digits.prefix(1))\(fraction)e\(power < 0 ? "-" : "+")\(abs(power))"
    }
}

extension DecimalNumber {
    /// The double rounded to `significantDigits` decimal digits, 1 to 17; nil for NaN and infinities.
    public init?(_ value: Double, significantDigits: Int) {
        guard value.isFinite else { return nil }
        guard let shortest = DecimalNumber(value.description) else { return nil }
        self = shortest.rounded(toSignificantDigits: significantDigits)
    }

    /// Rounded half to even, 1 to 19 digits.
    public func rounded(toSignificantDigits digits: Int) -> DecimalNumber {
        var count = 0
        var rest = magnitude
        while rest != 0 {
            rest /= 10
            count += 1
        }
        let excess = count - digits
        guard excess > 0 else { return self }
        var power: UInt64 = 1
        for _ in 0..<excess { power *= 10 }
        let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: power)
        let half = power / 2
        let up = remainder > half || (remainder == half && quotient % 2 == 1)
        return DecimalNumber(negative: negative, magnitude: quotient + (up ? 1 : 0), exponent: Int(exponent) + excess)
    }
}
