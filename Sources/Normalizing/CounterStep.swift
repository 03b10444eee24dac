public import Domain

/// What a counter's new total means, given the one before: an increase, a wrap, a reset, a gap. Pure.
public struct CounterStep: Hashable, Sendable {
    public var increase: DecimalNumber?
    public var reason: Reason?

    /// - Parameters:
    ///   - old: the total before, in the point's unit.
    ///   - new: the total now.
    ///   - modulus: what the total wraps at, in the point's unit; nil where it never does.
    ///   - maxRate: the most that can be added a second, in the point's unit.
    ///   - elapsed: since the total before; nil when unknown.
    public init(
        old: DecimalNumber,
        new: DecimalNumber,
        modulus: DecimalNumber?,
        maxRate: DecimalNumber?,
        elapsed: Duration?
    ) {
        let most = maxRate.flatMap { rate in elapsed.map { rate.double * max(0, $0.inSeconds) } }
        if maxRate != nil, let modulus, most ?? .infinity >= modulus.double {
            // It may have wrapped more than once: nobody can tell how much was added.
            self.init(increase: nil, reason: .counterGap)
        } else if new >= old {
            // Twice the most that is possible leaves room for the jitter of polls. Beyond it the number is what the device said,
            // but no good one: the meter was replaced, or had shown 0 while it started.
            let isPlausible = most.map { (new - old).double <= 2 * $0 } ?? true
            self.init(increase: new - old, reason: isPlausible ? nil : .counterGap)
        } else if let most, let modulus, (new - old + modulus).double <= most {
            self.init(increase: new - old + modulus, reason: nil)
        } else {
            // Back to zero and counting again: what it shows was added since, if that is possible at all.
            let plausible = most.map { new.double <= $0 && !new.negative } ?? false
            self.init(increase: plausible ? new : nil, reason: .counterReset)
        }
    }

    private init(increase: DecimalNumber?, reason: Reason?) {
        self.increase = increase
        self.reason = reason
    }
}
