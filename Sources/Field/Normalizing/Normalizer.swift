public import Decoding
public import Domain
public import Profiles

/// Turns one device's raw values into samples: unit, scale, counter, stability, range, quality. It remembers what
/// counters and stability need from the past, and nothing else.
public struct Normalizer: Sendable {
    let points: [Point]
    private let publicPoints: [Int]
    let rules: [Rules]
    /// The limits by the index of the counter.
    private let limits: [Int: CounterLimits]
    public internal(set) var baselines: [String: CounterBaseline]
    /// Whether the device has counters with baselines to keep.
    public let hasCounters: Bool
    /// Points that are stable when that many samples in a row are equal, and how many have been equal.
    private let steadied: [Int]
    private var runs: [Int: (value: Value, length: Int)] = [:]
    /// Counters whose parts are read apart, by their index.
    var parts: [Int: CounterParts]
    /// The last power of ten of counters that have it in another point, by their index.
    var exponents: [Int: Int] = [:]
    /// Whether a point has rules of its own, which must hold where it vouches for others.
    let isJudged: [Bool]

    /// The rules of a point, looked up once.
    struct Rules: Sendable {
        var isPlain: Bool
        var conversion: (from: Unit, to: Unit)?
        var range: ClosedRange<Double>?
        /// The device's value is the sample, if it is in its range. Most points are like that, and their hot path needs
        /// no other rule.
        var isDirect: Bool
    }

    /// A value in the point's `unit`.
    struct Measured {
        var value: Value
        /// A float32 has only seven digits.
        var digits: Int
        /// Why it is uncertain by itself; values computed from it are then uncertain too.
        var doubt: Reason?
    }

    enum Outcome {
        case measured(Measured)
        case missing(Reason)
        /// The message does not carry it.
        case absent
    }

    /// - Parameter interval: how often the device is polled, or should report.
    public init(points: [Point], interval: Duration = .zero, baselines: [String: CounterBaseline] = [:]) {
        self.points = points
        self.baselines = baselines
        publicPoints = points.indices.filter { !points[$0].isPrivate }
        steadied = points.indices.filter { index in
            if case .equalSamples = points[index].stability { return true }
            return false
        }
        parts = Dictionary(
            uniqueKeysWithValues: points.indices.compactMap { index in
                points.isReadApart(index) ? (index, CounterParts(points[index])) : nil
            }
        )
        isJudged = points.map { $0.range != nil || !$0.goodWhen.isEmpty }
        hasCounters = points.contains { $0.counter != nil && !$0.isPrivate }
        limits = Dictionary(
            uniqueKeysWithValues: points.enumerated().compactMap { index, point in
                point.counter.map {
                    (index, CounterLimits($0, of: point, interval: max(interval, point.every ?? .zero)))
                }
            }
        )
        rules = points.map { point in
            var conversion: (from: Unit, to: Unit)?
            if let unit = point.unit, let publish = point.publish, unit != publish { conversion = (unit, publish) }
            let isPlain = point.isPlain
            var isDirect = isPlain && conversion == nil && point.counter == nil && point.stability == nil
            switch point.origin {
            case .field, .weir: isDirect = false
            case .registers, .message, .part, .frame: break
            }
            return Rules(
                isPlain: isPlain,
                conversion: conversion,
                range: point.range.map { $0.lowerBound.double...$0.upperBound.double },
                isDirect: isDirect && point.goodWhen.isEmpty
            )
        }
    }

    /// Returns the samples of the public points, in the profile's order.
    ///
    /// - Parameters:
    ///   - raw: one for each point of the profile; nil where the message did not carry it.
    ///   - sourceTime: the device's own time, by which its counters are judged.
    ///   - doubt: why the age of all values is not certain (`retained`, `zone`); they are then not counted.
    public mutating func normalize(
        _ raw: [RawValue?],
        stamp: Stamp,
        sourceTime: Instant? = nil,
        doubt: Reason? = nil
    ) -> [Sample?] {
        if doubt == nil { countEqualSamples(raw) }
        noteParts(raw)
        var samples: [Sample?] = []
        samples.reserveCapacity(publicPoints.count)
        for index in publicPoints {
            if rules[index].isDirect, doubt == nil, let sample = direct(index, raw[index]) {
                samples.append(sample)
            } else {
                samples.append(sample(index, raw, stamp, sourceTime, doubt))
            }
        }
        return samples
    }

    /// Nil where the value is absent, or needs more rules.
    private func direct(_ index: Int, _ raw: RawValue?) -> Sample? {
        switch raw {
        case nil: nil
        case .missing(let reason): .bad(reason)
        case .value(let value):
            value.isSmall ? nil : Sample(value: value, reason: isInRange(value, index) ? nil : .outOfRange)
        }
    }

    private mutating func sample(
        _ index: Int,
        _ raw: [RawValue?],
        _ stamp: Stamp,
        _ sourceTime: Instant?,
        _ doubt: Reason?
    ) -> Sample? {
        switch measure(index, raw) {
        case .absent: return nil
        case .missing(let reason): return .bad(reason)
        case .measured(let measured):
            let badReason = badReason(index, measured, raw)
            // A value that no number of the published unit can hold is out of any range.
            guard let value = published(measured, index) else { return .bad(badReason ?? .outOfRange) }
            if let badReason, badReason.quality == .bad {
                return Sample(value: value, reason: badReason, why: unmet(by: raw, index)?.words)
            }
            var sample = Sample(value: value, reason: badReason)
            if let doubt {
                sample.reason = doubt
                return sample
            }
            if let limits = limits[index] {
                // Nothing is counted: the next reading has the whole increase.
                if parts[index]?.isTorn == true { return .bad(.torn) }
                count(limits, index, measured, stamp, sourceTime, raw, into: &sample)
                if sample.reason?.quality == .bad { return .bad(sample.reason ?? .invalid) }
            }
            if sample.reason == nil { sample.reason = self.doubt(index, measured, raw) }
            return sample
        }
    }

    // MARK: The value in its unit

    /// The device was silent: equal samples before and after that are not in a row.
    public mutating func interrupted() { runs = [:] }

    func measure(_ index: Int, _ raw: [RawValue?]) -> Outcome {
        let point = points[index]
        if case .weir(let weir) = point.origin {
            let outcome = discharge(weir, raw, unit: point.unit)
            guard !rules[index].isPlain, case .measured(let measured) = outcome else { return outcome }
            return computed(point, measured, raw)
        }
        if case .field(let reference) = point.origin { return field(reference, index, raw) }
        switch raw[index] {
        case nil: return .absent
        case .missing(let reason): return .missing(reason)
        case .value(let value):
            if value.isSmall, case .registers(_, _, let order) = point.origin {
                return value.isTiny ? tiny(index, value, order, raw) : small(index, value, order, raw)
            }
            return measured(index, value, raw)
        }
    }

    func measured(_ index: Int, _ value: Value, _ raw: [RawValue?]) -> Outcome {
        var digits = 15
        if case .float32 = value { digits = 7 }
        let measured = Measured(value: value, digits: digits)
        return rules[index].isPlain ? .measured(measured) : computed(points[index], measured, raw)
    }

    /// The value in the published unit: converted in double, rounded to the digits of the device's type. Nil where the
    /// number is beyond a double: JSON readers would take it for infinite.
    func published(_ measured: Measured, _ index: Int) -> Value? {
        var value = measured.value
        if let (from, to) = rules[index].conversion, let number = value.double {
            let converted = DecimalNumber(from.convert(number, to: to), significantDigits: measured.digits)
            guard let converted else { return nil }
            value = .decimal(converted)
        }
        if case .decimal(let number) = value, !number.isFiniteAsDouble { return nil }
        return value
    }

    // MARK: Quality

    func badReason(_ index: Int, _ measured: Measured, _ raw: [RawValue?]) -> Reason? {
        for condition in points[index].goodWhen {
            if let reason = failure(of: condition, raw) { return reason }
        }
        return isInRange(measured.value, index) ? nil : .outOfRange
    }

    func isInRange(_ value: Value, _ index: Int) -> Bool {
        guard let range = rules[index].range, let number = value.double else { return true }
        return range.contains(number)
    }

    /// Why a value that is not bad is still uncertain.
    func doubt(_ index: Int, _ measured: Measured, _ raw: [RawValue?]) -> Reason? {
        measured.doubt ?? (isStable(index, raw) ? nil : .unstable)
    }

    private func isStable(_ index: Int, _ raw: [RawValue?]) -> Bool {
        switch points[index].stability {
        case nil: return true
        case .flag(let reference):
            // A flag that cannot be read confirms nothing.
            if case .success(let word) = vouching(reference, raw) { return word != 0 }
            return false
        case .conditions(let conditions): return conditions.allSatisfy { failure(of: $0, raw) == nil }
        case .equalSamples(let count): return runs[index]?.length ?? 0 >= count
        }
    }

    /// Runs before any sample is taken, because a weir needs its level's stability, even where the level is not
    /// published.
    private mutating func countEqualSamples(_ raw: [RawValue?]) {
        for index in steadied {
            switch measure(index, raw) {
            case .absent: continue
            case .measured(let measured) where badReason(index, measured, raw) == nil:
                let before = runs[index]
                // No profile asks for more than 100.
                let length = before?.value == measured.value ? min(100, (before?.length ?? 0) + 1) : 1
                runs[index] = (measured.value, length)
            case .measured, .missing: runs[index] = nil
            }
        }
    }
}
