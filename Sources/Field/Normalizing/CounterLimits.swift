public import Domain

/// The limits for judging a counter's totals; amounts are in the point's `unit`.
public struct CounterLimits: Hashable, Sendable {
    /// Where the total wraps; nil where it never does.
    public var modulus: DecimalNumber?
    /// The most that can be added a second; nil where any increase is possible.
    public var maxRate: DecimalNumber?
    /// One step of the total, which is never too fast by itself.
    public var step: DecimalNumber
    /// How often the meter refreshes its total; increases in between show at once.
    public var refresh: Duration
    /// How often the device is polled, or should report.
    public var interval: Duration
    /// Totals that devices also show when they have none: all bits set.
    public var marks: Set<DecimalNumber>

    public init(
        modulus: DecimalNumber?,
        maxRate: DecimalNumber?,
        step: DecimalNumber,
        refresh: Duration,
        interval: Duration,
        marks: Set<DecimalNumber> = []
    ) {
        self.modulus = modulus
        self.maxRate = maxRate
        self.step = step
        self.refresh = refresh
        self.interval = interval
        self.marks = marks
    }

    /// The most that can be added in that time; nothing in a negative one.
    public func most(in elapsed: Duration) -> DecimalNumber? {
        maxRate.map { $0 * DecimalNumber(max(0, elapsed.wholeNanoseconds)).shifted(by: -9) }
    }

    /// Whether an increase is one step, or what `maxRate` gives in that time alone, without the meter's refresh.
    func isUsual(_ increase: DecimalNumber, in elapsed: Duration?) -> Bool {
        increase <= step || (elapsed.flatMap { most(in: $0) }.map { increase <= $0 } ?? false)
    }

    /// What the meter may have counted by a reading, that long after the previous good one. The allowance has grown by
    /// `maxRate`; it is at most one step, plus what one refresh, one poll and the time between the readings can add.
    ///
    /// - Parameter left: the rest after the previous reading; nil makes it as large as possible.
    /// - Returns: nil without a `maxRate`.
    public func allowance(left: DecimalNumber?, after elapsed: Duration) -> DecimalNumber? {
        guard let grown = most(in: elapsed), let held = most(in: max(.zero, elapsed) + refresh + interval) else {
            return nil
        }
        let cap = step + held
        return left.map { min($0 + grown, cap) } ?? cap
    }
}
