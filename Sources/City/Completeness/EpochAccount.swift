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
    /// The least number with a time at or after the span's beginning; nil for none.
    public var leastSince: Int64?
    /// The greatest number with a time before the span's end; nil for none.
    public var greatestUntil: Int64?
    /// Whether a number has a time at or after the span's end.
    public var isKnownAfter = false

    public init(name: String) { self.name = name }

    /// The numbers that gaps report.
    var told: SeqRanges { SeqRanges(gaps.map(\.range)) }

    /// Numbers that gaps report and that did not come: these are lost for good, unless their gaps count fewer.
    var lost: SeqRanges { told.subtracting(have) }

    /// The numbers that may belong to the span.
    ///
    /// - Parameter limit: the last one that can be owed.
    func numbers(upTo limit: Int64) -> SeqRanges {
        // Up to here all known numbers have times before the span.
        let before = leastSince.map { have.last(below: $0) ?? 0 } ?? (greatestUntil == nil ? 0 : have.last ?? 0)
        // From here on all known numbers have times behind it.
        let behind = greatestUntil.map { have.first(above: $0) } ?? (leastSince == nil ? nil : have.first)
        let last = behind.map { min($0 - 1, limit) } ?? limit
        return before < last ? SeqRanges([before + 1..<last + 1]) : SeqRanges()
    }
}
