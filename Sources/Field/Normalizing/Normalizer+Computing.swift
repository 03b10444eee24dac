import Decoding
import Domain
import Profiles

/// The value of a point from its raw number and from other points: value = raw x 10^places x scale + offset, then
/// times, divided_by, plus, sign, the place's adjustment, least.
extension Normalizer {
    struct Missing: Error {
        var reason: Reason
    }

    func computed(_ point: Point, _ own: Measured, _ raw: [RawValue?]) -> Outcome {
        do {
            return .measured(try result(point, own, raw))
        } catch {
            return .missing(error.reason)
        }
    }

    private func result(_ point: Point, _ own: Measured, _ raw: [RawValue?]) throws(Missing) -> Measured {
        guard var number = own.value.decimal else { throw Missing(reason: .decode) }
        var measured = own
        let places = try places(point, raw, &measured.doubt)
        if places != 0 { number = number.shifted(by: -places) }
        if let scale = point.scale { number = number * scale }
        if let offset = point.offset { number = number + offset }
        if let other = point.times { number = try number * self.number(of: other, raw, &measured.doubt) }
        if let other = point.dividedBy {
            number = try Self.quotient(number, self.number(of: other, raw, &measured.doubt))
        }
        if let other = point.plus {
            number = try number + self.number(of: other, raw, &measured.doubt)
            measured.digits = 15
        }
        if let reference = point.negativeWhen, try vouching(reference, raw).get() != 0 { number = -number }
        if let adjustment = point.adjustment { number = adjustment.adjusted(number) }
        if let least = point.least, number < least { number = least }
        measured.value = .decimal(number)
        return measured
    }

    /// How many decimal places the raw number has; negative where zeros follow it.
    private func places(_ point: Point, _ raw: [RawValue?], _ doubt: inout Reason?) throws(Missing) -> Int {
        var places = point.decimals
        if let other = point.decimalsFrom {
            places += other.field == nil ? try whole(of: other.point, raw, &doubt) : try whole(of: other, raw)
        }
        if let other = point.exponentFrom { places -= try whole(of: other, raw, &doubt) }
        return places
    }

    /// The decimal places that another point may say: devices' exponents reach from -10 to 10.
    private static let decimalPlaces: ClosedRange<Int64> = -10...10

    private func whole(of index: Int, _ raw: [RawValue?], _ doubt: inout Reason?) throws(Missing) -> Int {
        let number = try number(of: index, raw, &doubt)
        guard let count = number.whole, Self.decimalPlaces.contains(count) else { throw Missing(reason: .decode) }
        return Int(count)
    }

    private func whole(of field: PointReference, _ raw: [RawValue?]) throws(Missing) -> Int {
        let count = Int64(bitPattern: try vouching(field, raw).get())
        guard Self.decimalPlaces.contains(count) else { throw Missing(reason: .decode) }
        return Int(count)
    }

    /// The power of ten that another point says; nil where there is none, or it is not known.
    func exponent(of index: Int, _ raw: [RawValue?]) -> Int? {
        guard let other = points[index].exponentFrom else { return nil }
        var doubt: Reason?
        do { return try whole(of: other, raw, &doubt) } catch { return nil }
    }

    private static func quotient(_ number: DecimalNumber, _ divisor: DecimalNumber) throws(Missing) -> DecimalNumber {
        guard divisor != .zero else { throw Missing(reason: .notANumber) }
        guard let quotient = DecimalNumber(number.double / divisor.double, significantDigits: 15) else {
            throw Missing(reason: .outOfRange)
        }
        return quotient
    }

    /// The number of another point that is a part of a value; one that is bad makes the value bad, an uncertain one
    /// makes it uncertain.
    private func number(
        of index: Int,
        _ raw: [RawValue?],
        _ doubt: inout Reason?
    ) throws(Missing) -> DecimalNumber {
        switch measure(index, raw) {
        case .measured(let measured):
            if let reason = badReason(index, measured, raw) { throw Missing(reason: reason) }
            guard let number = measured.value.decimal else { throw Missing(reason: .decode) }
            doubt = doubt ?? self.doubt(index, measured, raw)
            return number
        case .missing(let reason): throw Missing(reason: reason)
        case .absent: throw Missing(reason: .decode)
        }
    }

    // MARK: Bits

    /// A point that is a field of another one's word.
    func field(_ reference: PointReference, _ index: Int, _ raw: [RawValue?]) -> Outcome {
        // A message that does not carry the word does not carry its fields.
        if raw[reference.point] == nil { return .absent }
        switch word(reference, raw) {
        case .success(let word):
            let isSigned = reference.field?.isSigned ?? false
            let number: Value = isSigned ? .integer(Int64(bitPattern: word)) : .unsigned(word)
            if let mark = number.decimal, points[index].invalidNumbers.contains(mark) { return .missing(.invalid) }
            return measured(index, number, raw)
        case .failure(let missing): return .missing(missing.reason)
        }
    }

    /// The bits of another point, or of one of its fields.
    func word(_ reference: PointReference, _ raw: [RawValue?]) -> Result<UInt64, Missing> {
        if case .field(let inner) = points[reference.point].origin {
            guard case .success(let word) = word(inner, raw) else { return word(inner, raw) }
            let number = inner.field?.isSigned == true ? DecimalNumber(Int64(bitPattern: word)) : DecimalNumber(word)
            let isMark = points[reference.point].invalidNumbers.contains(number)
            return isMark ? .failure(Missing(reason: .invalid)) : .success(word)
        }
        switch raw[reference.point] {
        case .value(let value):
            // JSON may write a whole number as 1.0.
            guard let word = value.word ?? value.decimal?.whole.map(UInt64.init(bitPattern:)) else {
                return .failure(Missing(reason: .decode))
            }
            return .success(reference.field.map { $0.value(in: word) } ?? word)
        case .missing(let reason):
            // A computed point has no bits, whatever was read.
            if case .weir = points[reference.point].origin { return .failure(Missing(reason: .decode)) }
            return .failure(Missing(reason: reason))
        case nil: return .failure(Missing(reason: .decode))
        }
    }

    /// The bits of another point that vouches for a value or gives its sign: where that point has rules of its own,
    /// they must hold.
    func vouching(_ reference: PointReference, _ raw: [RawValue?]) -> Result<UInt64, Missing> {
        let word = word(reference, raw)
        guard isJudged[reference.point], case .success = word else { return word }
        return ownReason(reference.point, raw).map { .failure(Missing(reason: $0)) } ?? word
    }

    /// Why a vouching point is not good itself. What vouches for it is taken as it was read: points may vouch for each
    /// other.
    private func ownReason(_ index: Int, _ raw: [RawValue?]) -> Reason? {
        let point = points[index]
        for condition in point.goodWhen {
            if let reason = failure(of: condition, raw, by: word) { return reason }
        }
        guard point.range != nil, point.partners.isEmpty, point.negativeWhen == nil,
            case .measured(let measured) = measure(index, raw)
        else { return nil }
        return isInRange(measured.value, index) ? nil : .outOfRange
    }
}

extension Point {
    /// Whether its value is the raw number itself.
    var isPlain: Bool {
        scale == nil && offset == nil && decimals == 0 && decimalsFrom == nil && exponentFrom == nil && times == nil
            && dividedBy == nil && plus == nil && negativeWhen == nil && least == nil && adjustment == nil
    }
}
