import Domain

/// What a counter's reading says besides its total, and the baseline that follows from it. Pure.
struct CounterReading {
    var increase: DecimalNumber?
    var reason: Reason?
    /// The time of the reading from which the increase was measured.
    var since: Instant?
    var baseline: CounterBaseline

    /// - Parameters:
    ///   - before: nil for the first reading of a counter.
    ///   - sourceTime: the device's own time, which then decides order and elapsed time.
    init(total: DecimalNumber, stamp: Stamp, sourceTime: Instant?, before: CounterBaseline?, limits: CounterLimits) {
        let own = sourceTime.flatMap { stamp.believes($0) ? $0 : nil }
        baseline = CounterBaseline(total: total, stamp: stamp, sourceTime: own)
        guard let before else { return }
        if sourceTime != nil, own == nil {
            reason = .deviceClock
            return
        }
        let elapsed = before.elapsed(until: stamp, own)
        if own != nil, before.sourceTime != nil, let elapsed, elapsed <= .zero {
            self = Self.late(baseline, before, by: .zero - elapsed, limits)
            return
        }
        // A leap to all bits set is no total. It counts nothing, and the next reading has the whole increase.
        if limits.marks.contains(total), total > before.total, !limits.isUsual(total - before.total, in: elapsed) {
            self = CounterReading(baseline: before, reason: .invalid)
            return
        }
        let allowance = elapsed.flatMap { limits.allowance(left: before.allowance, after: $0) }
        let step = CounterStep(
            old: before.total,
            new: total,
            limits: limits,
            elapsed: elapsed,
            allowance: allowance
        )
        increase = step.increase
        reason = step.reason
        baseline.allowance = step.allowance
        baseline.fall = before.fall
        if step.reason == .counterReset {
            baseline.fall = .init(from: before.total, to: total)
        } else if let fall = before.fall, total >= fall.from {
            baseline.fall = nil
            if fall.isUndone(by: (before.total, total)) {
                increase = nil
                reason = .counterGap
                baseline.allowance = nil
            }
        }
        if increase != nil { since = before.time(by: stamp) }
    }

    private init(baseline: CounterBaseline, reason: Reason? = nil) {
        self.baseline = baseline
        self.reason = reason
    }

    /// A reading that is not newer than the baseline by the device's own time.
    private static func late(
        _ new: CounterBaseline,
        _ before: CounterBaseline,
        by delay: Duration,
        _ limits: CounterLimits
    ) -> CounterReading {
        if delay == .zero {
            // The same moment was sent again: the last total holds.
            var baseline = before
            baseline.total = new.total
            return CounterReading(baseline: baseline)
        }
        if new.total <= before.total { return CounterReading(baseline: before) }
        // The earlier total can be the greater one only after a wrap in between.
        if let modulus = limits.modulus, let most = limits.allowance(left: nil, after: delay), most < modulus,
            before.total - new.total + modulus <= most
        {
            return CounterReading(baseline: before)
        }
        return CounterReading(baseline: new, reason: .deviceClock)
    }
}
