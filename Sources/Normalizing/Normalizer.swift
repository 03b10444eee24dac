public import Decoding
public import Domain
import Glibc
public import Profiles

/// Raw values of one device to samples: unit, scale, counter, stability, range, quality. It remembers what counters and stability
/// need of the past, and nothing else.
public struct Normalizer: Sendable {
    private let points: [Point]
    private let publicPoints: [Int]
    private let rules: [Rules]
    public private(set) var baselines: [String: CounterBaseline]
    /// Whether the device has counters, whose baselines are worth keeping.
    public let hasCounters: Bool
    private var runs: [Int: (value: Value, length: Int)] = [:]

    /// What has to be done for a point, looked up once.
    private struct Rules: Sendable {
        var isPlain: Bool
        var conversion: (from: Unit, to: Unit)?
        var range: ClosedRange<Double>?
        /// The device's value is the sample, if it is in its range: so it is with most points, and the hot path looks no further.
        var isDirect: Bool
    }

    /// A value in the point's `unit`.
    private struct Measured {
        var value: Value
        /// Seven digits are all that a float32 knows.
        var digits: Int
    }

    private enum Outcome {
        case measured(Measured)
        case missing(Reason)
        /// Not in this message.
        case absent
    }

    public init(points: [Point], baselines: [String: CounterBaseline] = [:]) {
        self.points = points
        self.baselines = baselines
        publicPoints = points.indices.filter { !points[$0].isPrivate }
        hasCounters = points.contains { $0.counter != nil && !$0.isPrivate }
        rules = points.map { point in
            var conversion: (from: Unit, to: Unit)?
            if let unit = point.unit, let publish = point.publish, unit != publish { conversion = (unit, publish) }
            var isPlain = true
            if case .weir = point.origin { isPlain = false }
            if point.scale != nil || point.offset != nil || point.decimals != 0 || point.decimalsFrom != nil
                || point.plus != nil || point.negativeWhen != nil
            {
                isPlain = false
            }
            var isDirect = isPlain && conversion == nil && point.counter == nil && point.stability == nil
            if case .field = point.origin { isDirect = false }
            return Rules(
                isPlain: isPlain,
                conversion: conversion,
                range: point.range.map { $0.lowerBound.double...$0.upperBound.double },
                isDirect: isDirect && point.goodWhen.isEmpty
            )
        }
    }

    /// The samples of the public points, in the profile's order.
    ///
    /// - Parameters:
    ///   - raw: one for each point of the profile; nil where the message did not carry it.
    ///   - retained: the message's age is unknown: its values are uncertain and are not counted.
    public mutating func normalize(_ raw: [RawValue?], stamp: Stamp, retained: Bool = false) -> [Sample?] {
        var samples: [Sample?] = []
        samples.reserveCapacity(publicPoints.count)
        for index in publicPoints {
            let isDirect = rules[index].isDirect && !retained
            samples.append(isDirect ? direct(index, raw[index]) : sample(index, raw, stamp, retained: retained))
        }
        return samples
    }

    private func direct(_ index: Int, _ raw: RawValue?) -> Sample? {
        switch raw {
        case nil: nil
        case .missing(let reason): .bad(reason)
        case .value(let value): Sample(value: value, reason: isInRange(value, index) ? nil : .outOfRange)
        }
    }

    private mutating func sample(_ index: Int, _ raw: [RawValue?], _ stamp: Stamp, retained: Bool) -> Sample? {
        switch measure(index, raw) {
        case .absent: return nil
        case .missing(let reason):
            runs[index] = nil
            return .bad(reason)
        case .measured(let measured):
            var sample = Sample(value: published(measured, index))
            sample.reason = badReason(index, measured, raw)
            if let reason = sample.reason, reason.quality == .bad {
                runs[index] = nil
                return sample
            }
            if retained {
                sample.reason = .retained
                return sample
            }
            if let counter = points[index].counter { count(counter, index, measured, stamp, into: &sample) }
            if sample.reason == nil, !isStable(index, measured, raw) { sample.reason = .unstable }
            return sample
        }
    }

    // MARK: The value in its unit

    private func measure(_ index: Int, _ raw: [RawValue?]) -> Outcome {
        let point = points[index]
        if case .weir(let weir) = point.origin { return discharge(weir, raw, unit: point.unit) }
        if case .field(let reference) = point.origin {
            switch word(reference, raw) {
            case .success(let word):
                let measured = Measured(value: .unsigned(word), digits: 15)
                return rules[index].isPlain ? .measured(measured) : computed(point, measured.value, digits: 15, raw)
            case .failure(let missing): return .missing(missing.reason)
            }
        }
        switch raw[index] {
        case nil: return .absent
        case .missing(let reason): return .missing(reason)
        case .value(let value):
            var digits = 15
            if case .float32 = value { digits = 7 }
            if rules[index].isPlain { return .measured(Measured(value: value, digits: digits)) }
            return computed(point, value, digits: digits, raw)
        }
    }

    private func computed(_ point: Point, _ value: Value, digits: Int, _ raw: [RawValue?]) -> Outcome {
        guard var number = value.decimal else { return .missing(.decode) }
        var digits = digits
        var places = point.decimals
        if let other = point.decimalsFrom {
            switch raw[other] {
            case .value(let value):
                guard let count = value.word, count <= 9 else { return .missing(.decode) }
                places += Int(count)
            case .missing(let reason): return .missing(reason)
            case nil: return .missing(.decode)
            }
        }
        if places != 0 { number = number.shifted(by: -places) }
        if let scale = point.scale { number = number * scale }
        if let offset = point.offset { number = number + offset }
        if let other = point.plus {
            switch measure(other, raw) {
            case .measured(let added):
                guard let addend = added.value.decimal else { return .missing(.decode) }
                number = number + addend
                digits = 15
            case .missing(let reason): return .missing(reason)
            case .absent: return .missing(.decode)
            }
        }
        if let reference = point.negativeWhen {
            switch word(reference, raw) {
            case .success(let word): if word != 0 { number = -number }
            case .failure(let missing): return .missing(missing.reason)
            }
        }
        return .measured(Measured(value: .decimal(number), digits: digits))
    }

    /// Q = coefficient x tan(angle / 2) x h^2.5 m3/s; below the vertex nothing flows.
    private func discharge(_ weir: Weir, _ raw: [RawValue?], unit: Unit?) -> Outcome {
        switch measure(weir.level, raw) {
        case .absent: return .absent
        case .missing(let reason): return .missing(reason)
        case .measured(let level):
            // A level that is bad for its range or its condition gives no discharge either.
            if let reason = badReason(weir.level, level, raw) { return .missing(reason) }
            guard var metres = level.value.double, let metre = Unit("m"), let cubicMetres = Unit("m3/s") else {
                return .missing(.decode)
            }
            if let from = points[weir.level].unit { metres = from.convert(metres, to: metre) }
            let head = max(0, metres - weir.zero.double)
            var flow = weir.coefficient * tan(weir.angle * .pi / 360) * pow(head, 2.5)
            if let unit { flow = cubicMetres.convert(flow, to: unit) }
            // A formula with three-digit coefficients knows no more than seven digits.
            guard let number = DecimalNumber(flow, significantDigits: 7) else { return .missing(.notANumber) }
            return .measured(Measured(value: .decimal(number), digits: 7))
        }
    }

    /// In the published unit: converted in double, rounded to the digits that the device's type knows.
    private func published(_ measured: Measured, _ index: Int) -> Value? {
        guard let (from, to) = rules[index].conversion, let number = measured.value.double else {
            return measured.value
        }
        return DecimalNumber(from.convert(number, to: to), significantDigits: measured.digits).map { .decimal($0) }
    }

    // MARK: Quality

    private func badReason(_ index: Int, _ measured: Measured, _ raw: [RawValue?]) -> Reason? {
        for condition in points[index].goodWhen {
            switch word(condition.reference, raw) {
            case .success(let word):
                if !condition.accepted.contains(Int64(bitPattern: word)) { return .condition }
            case .failure(let missing): return missing.reason
            }
        }
        return isInRange(measured.value, index) ? nil : .outOfRange
    }

    private func isInRange(_ value: Value, _ index: Int) -> Bool {
        guard let range = rules[index].range, let number = value.double else { return true }
        return range.contains(number)
    }

    private mutating func isStable(_ index: Int, _ measured: Measured, _ raw: [RawValue?]) -> Bool {
        switch points[index].stability {
        case nil: return true
        case .flag(let reference):
            // A flag that cannot be read vouches for nothing.
            if case .success(let word) = word(reference, raw) { return word != 0 }
            return false
        case .equalSamples(let count):
            let before = runs[index]
            let length = before?.value == measured.value ? min(count, (before?.length ?? 0) + 1) : 1
            runs[index] = (measured.value, length)
            return length >= count
        }
    }

    private struct Missing: Error {
        var reason: Reason
    }

    /// The bits of another point, or of one of its fields.
    private func word(_ reference: PointReference, _ raw: [RawValue?]) -> Result<UInt64, Missing> {
        switch raw[reference.point] {
        case .value(let value):
            guard let word = value.word else { return .failure(Missing(reason: .decode)) }
            return .success(reference.field.map { $0.value(in: word) } ?? word)
        case .missing(let reason): return .failure(Missing(reason: reason))
        case nil: return .failure(Missing(reason: .decode))
        }
    }

    // MARK: Counters

    private mutating func count(
        _ counter: CounterRule,
        _ index: Int,
        _ measured: Measured,
        _ stamp: Stamp,
        into sample: inout Sample
    ) {
        guard let total = measured.value.decimal else { return }
        let point = points[index]
        defer { baselines[point.name] = CounterBaseline(total: total, stamp: stamp) }
        guard let baseline = baselines[point.name] else { return }
        let scale = (point.scale ?? DecimalNumber(1)).shifted(by: -point.decimals)
        let step = CounterStep(
            old: baseline.total,
            new: total,
            modulus: counter.bits.map { DecimalNumber.twoToThe($0) * scale },
            maxRate: counter.maxRate,
            elapsed: baseline.elapsed(until: stamp)
        )
        guard let increase = step.increase else {
            sample.reason = step.reason
            return
        }
        var published: DecimalNumber? = increase
        if let (from, to) = rules[index].conversion {
            published = DecimalNumber(
                from.convert(increase.double, to: to, difference: true),
                significantDigits: measured.digits
            )
        }
        sample = Sample(
            value: sample.value,
            reason: step.reason,
            increase: published.map { .decimal($0) },
            since: baseline.stamp.time
        )
    }
}
