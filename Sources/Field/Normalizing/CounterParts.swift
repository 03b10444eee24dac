import Domain
import Profiles

/// The lower and higher digits of a counter whose registers lie apart, so that they come from two reads. Between the
/// two the lower ones may roll over, and the sum is then wrong by one roll.
///
/// A roll between the reads is possible only while the lower digits are near their ends. There a reading counts only
/// when the one before had the same higher digits and no greater lower ones: then neither of them rolled.
struct CounterParts: Sendable {
    /// The two reads are at most that far apart: timeouts and retries between them included.
    static let longestSpread = DecimalNumber(30)

    /// In raw counts; nil without a `max_rate`: a roll is then possible at any time.
    private let nearEnd: DecimalNumber?
    private let modulus: DecimalNumber
    private var before: (low: DecimalNumber, high: DecimalNumber)?
    private(set) var isTorn = true

    init(_ point: Point) {
        modulus = point.ownModulus ?? .twoToThe(16)
        let one = point.countInUnit
        nearEnd = point.counter?.maxRate.flatMap { rate in
            let counts = rate.double / one.double * Self.longestSpread.double
            return DecimalNumber(counts.rounded(.up), significantDigits: 15)
        }
    }

    /// - Parameters:
    ///   - low: in raw counts of its registers.
    ///   - high: the sum of what is added.
    mutating func take(low: DecimalNumber, high: DecimalNumber) {
        defer { before = (low, high) }
        if let nearEnd, low >= nearEnd, modulus - low > nearEnd {
            isTorn = false
        } else {
            isTorn = before.map { $0.high != high || low < $0.low } ?? true
        }
    }

    /// One of the parts could not be read.
    mutating func forget() {
        before = nil
        isTorn = true
    }
}
