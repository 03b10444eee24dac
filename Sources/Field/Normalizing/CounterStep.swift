public import Domain

/// What a counter's new total means after the previous one: an increase, a wrap, a reset, a gap. Pure.
public struct CounterStep: Hashable, Sendable {
    public var increase: DecimalNumber?
    public var reason: Reason?
    /// The rest of the allowance; nil where the new total starts the count again, with the largest possible allowance.
    public var allowance: DecimalNumber?

    /// - Parameters:
    ///   - old: the previous total, in the point's unit.
    ///   - new: the total now.
    ///   - elapsed: the time since the previous total; nil when unknown.
    ///   - allowance: what the meter may have counted by now; nil when any increase is possible or the allowance is
    ///     unknown.
    public init(
        old: DecimalNumber,
        new: DecimalNumber,
        limits: CounterLimits,
        elapsed: Duration?,
        allowance: DecimalNumber?
    ) {
        let most = elapsed.map { limits.most(in: $0) } ?? nil
        if limits.maxRate != nil, let modulus = limits.modulus, most.map({ $0 >= modulus }) ?? true {
            // It may have wrapped more than once: the increase is unknown.
            self.init(increase: nil, reason: .counterGap)
        } else if new >= old {
            let increase = new - old
            // A counter beyond its modulus has a wrong rule: no increase of it is certain.
            let isBeyond = limits.modulus.map { increase >= $0 } ?? false
            // Twice the allowance leaves room for the jitter of polls. Beyond it the number is what the device sent,
            // but not a good one: the meter was replaced, or had shown 0 while it started.
            let isTooMuch = allowance.map { increase > limits.step && increase > $0 + $0 } ?? false
            if isTooMuch {
                // Nothing is left of the allowance: where the total only leapt up for once, its return is no wrap.
                self.init(increase: increase, reason: .counterGap, allowance: .zero)
            } else if isBeyond {
                self.init(increase: increase, reason: .counterGap)
            } else {
                self.init(increase: increase, allowance: allowance.map { max(.zero, $0 - increase) })
            }
        } else if let allowance, let modulus = limits.modulus, case let increase = new - old + modulus,
            increase >= .zero, increase <= limits.step || increase <= allowance,
            // Exactly 0 is mostly a meter that starts, or has nothing to show.
            new != .zero || limits.isUsual(increase, in: elapsed)
        {
            self.init(increase: increase, allowance: max(.zero, allowance - increase))
        } else {
            // The counter went back to zero and counts again: its total was added since, if that is possible at all.
            let isPossible = allowance.map { new <= $0 && !new.negative } ?? false
            self.init(increase: isPossible ? new : nil, reason: .counterReset)
        }
    }

    private init(increase: DecimalNumber?, reason: Reason? = nil, allowance: DecimalNumber? = nil) {
        self.increase = increase
        self.reason = reason
        self.allowance = allowance
    }
}
