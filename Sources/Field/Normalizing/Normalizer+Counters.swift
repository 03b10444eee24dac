import Decoding
import Domain
import Profiles

/// The counters of a device.
extension Normalizer {
    /// Runs before any sample is taken: also a reading that is bad for another reason says what the parts are.
    mutating func noteParts(_ raw: [RawValue?]) {
        for index in parts.keys {
            guard let plus = points[index].plus else { continue }
            guard case .value(let low)? = raw[index], let low = low.decimal,
                case .measured(let high) = measure(plus, raw), let high = high.value.decimal
            else {
                parts[index]?.forget()
                continue
            }
            parts[index]?.take(low: low, high: high)
        }
    }

    mutating func count(
        _ limits: CounterLimits,
        _ index: Int,
        _ measured: Measured,
        _ stamp: Stamp,
        _ sourceTime: Instant?,
        _ raw: [RawValue?],
        into sample: inout Sample
    ) {
        guard let total = measured.value.decimal else { return }
        let name = points[index].name
        var limits = limits
        if let exponent = exponent(of: index, raw) {
            limits = limits.shifted(by: exponent)
            // The old total and the new one are not equally exact: their difference is no count.
            if let before = exponents.updateValue(exponent, forKey: index), before != exponent {
                baselines[name] =
                    CounterReading(
                        total: total,
                        stamp: stamp,
                        sourceTime: sourceTime,
                        before: nil,
                        limits: limits
                    ).baseline
                sample.reason = .counterGap
                return
            }
        }
        let reading = CounterReading(
            total: total,
            stamp: stamp,
            sourceTime: sourceTime,
            before: baselines[name],
            limits: limits
        )
        baselines[name] = reading.baseline
        guard let increase = reading.increase else {
            sample.reason = reading.reason
            return
        }
        var published = increase
        if let (from, to) = rules[index].conversion {
            let converted = from.convert(increase.double, to: to, difference: true)
            guard let number = DecimalNumber(converted, significantDigits: measured.digits) else {
                // An increase that no number of the published unit can hold is not published.
                sample.reason = .counterGap
                return
            }
            published = number
        }
        sample = Sample(
            value: sample.value,
            reason: reading.reason,
            increase: .decimal(published),
            since: reading.since
        )
    }
}

extension CounterLimits {
    /// The limits of a point's counter; one step of raw counts becomes one in its unit by scale and decimals.
    init(_ counter: CounterRule, of point: Point, interval: Duration) {
        let count = point.countInUnit
        let offset = point.adjustment?.adjusted(point.offset ?? .zero) ?? point.offset ?? .zero
        self.init(
            modulus: counter.modulus.map { $0 * count },
            maxRate: counter.maxRate,
            step: counter.step ?? count,
            refresh: counter.refresh,
            interval: interval,
            marks: Set([0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF].map { DecimalNumber($0) * count + offset })
        )
    }
}

extension CounterLimits {
    /// The limits where the raw count has that power of ten.
    fileprivate func shifted(by exponent: Int) -> CounterLimits {
        var limits = self
        limits.modulus = modulus?.shifted(by: exponent)
        limits.step = step.shifted(by: exponent)
        limits.marks = Set(marks.map { $0.shifted(by: exponent) })
        return limits
    }
}
