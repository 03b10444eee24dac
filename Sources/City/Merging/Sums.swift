import Contract
import Domain
import Indicators

/// The exact sums of parts: in billionths, so that they are the same in any order.
struct Sums {
    var count = 0
    var sum = Fixed.zero
    var minimum: DecimalNumber?
    var maximum: DecimalNumber?
    /// Values times the milliseconds that they held.
    var integral = Fixed.zero
    var milliseconds: Int64 = 0
    var within: Int64 = 0
    var devices = 0

    mutating func add(_ parts: FigureMessage.Parts) {
        count += parts.count
        sum += Self.fixed(parts.sum)
        minimum = [minimum, parts.minimum].compactMap(\.self).min()
        maximum = [maximum, parts.maximum].compactMap(\.self).max()
        integral += Self.fixed(parts.integral.shifted(by: 3))
        milliseconds += parts.milliseconds
        within += parts.within
    }

    mutating func add(_ word: FigureMessage.Parts.Word) {
        sum += Self.fixed(word.sum)
        integral += Self.fixed(word.integral.shifted(by: 3))
        milliseconds += word.milliseconds
        within += word.within
    }

    /// A number beyond 10^27 is nothing that was measured: a peer made it up.
    static func fixed(_ number: DecimalNumber) -> Fixed { Fixed(number) ?? .zero }

    /// The quotient that a mean, a share or a space mean is; nil where nothing was known.
    func quotient(_ merging: FigureMessage.Merging) -> DecimalNumber? {
        switch merging {
        case .mean where milliseconds > 0:
            Ratio(integral.billionths, over: Int128(milliseconds) * 1_000_000_000).rounded()
        // The integral is a thousandth of what was counted over the values, and was brought to milliseconds.
        case .spaceMean where integral > .zero: Ratio(sum.billionths, over: integral.billionths).rounded()
        case .share where milliseconds > 0: Ratio(Int128(within) * 100, over: Int128(milliseconds)).rounded()
        default: nil
        }
    }
}
