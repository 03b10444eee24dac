import Decoding
import Domain
import Profiles

extension Normalizer {
    /// The discharge over a weir. A bad or uncertain level makes the discharge bad or uncertain too.
    func discharge(_ weir: Weir, _ raw: [RawValue?], unit: Unit?) -> Outcome {
        switch measure(weir.level, raw) {
        case .absent: return .absent
        case .missing(let reason): return .missing(reason)
        case .measured(let level):
            if let reason = badReason(weir.level, level, raw) { return .missing(reason) }
            guard level.value.decimal != nil, let cubicMetres = Unit("m3/s") else { return .missing(.decode) }
            guard let metres = metres(level, points[weir.level].unit),
                let discharge = WeirDischarge(over: weir, level: metres)
            else { return .missing(.outOfRange) }
            var flow = discharge.cubicMetresPerSecond
            if let unit { flow = cubicMetres.convert(flow, to: unit) }
            // A formula with three-digit coefficients gives at most seven digits.
            guard let number = DecimalNumber(flow, significantDigits: 7) else { return .missing(.outOfRange) }
            let doubt = doubt(weir.level, level, raw) ?? discharge.doubt
            return .measured(Measured(value: .decimal(number), digits: 7, doubt: doubt))
        }
    }

    /// A length as exact as its point's; nil where metres cannot hold it.
    private func metres(_ length: Measured, _ unit: Unit?) -> DecimalNumber? {
        guard let unit, let metre = Unit("m"), unit != metre else { return length.value.decimal }
        return length.value.double.flatMap {
            DecimalNumber(unit.convert($0, to: metre), significantDigits: length.digits)
        }
    }
}
