public import Contract
public import Domain

/// What is known of an epoch, and of its numbers around a span of time.
public struct EpochAccount: Hashable, Sendable {
    /// A gap that the gateway has reported.
    public struct Gap: Hashable, Sendable {
        public var range: Range<Int64>
        /// How many of the range are lost; the others were acknowledged before, or another gap reports them.
        public var count: Int64
        public var reason: String

        public init(range: Range<Int64>, count: Int64, reason: String) {
            self.range = range
            self.count = count
            self.reason = reason
        }
    }

    public var name: String
    public var have = SeqRanges()
    public var gaps: [Gap] = []
    /// The last number that the next epoch vouches for; nil while no next one is known.
    public var closedAt: Int64?
    /// Whether the epoch ended in order.
    public var isClean = false
    /// When it began; nil where its clock was not set, or its first entry did not come.
    public var startedAt: Instant?
    /// When the next one began.
    public var endedAt: Instant?
    /// Whether its gateway began with a new journal.
    public var isFirst = false
    /// The greatest number with a time before the span; nil for none.
    public var before: Int64?
    /// The least number with a time behind the span; nil for none.
    public var after: Int64?

    public init(name: String) { self.name = name }

    /// The numbers that gaps report.
    var told: SeqRanges { SeqRanges(gaps.map(\.range)) }

    /// Numbers that gaps report and that did not come: these are lost for good, unless their gaps count fewer.
    var lost: SeqRanges { told.subtracting(have) }
}
