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

    /// The least and the greatest number of an hour.
    public struct Hour: Hashable, Sendable {
        public var start: Instant
        public var numbers: ClosedRange<Int64>

        public init(start: Instant, numbers: ClosedRange<Int64>) {
            self.start = start
            self.numbers = numbers
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
    /// The hours in which it has numbers; needed only where some are missing.
    public var hours: [Hour] = []
    /// Whether a number has a time behind the span.
    public var isKnownAfter = false

    public init(name: String) { self.name = name }

    /// The numbers that gaps report.
    var told: SeqRanges { SeqRanges(gaps.map(\.range)) }

    /// Numbers that gaps report and that did not come: these are lost for good, unless their gaps count fewer.
    var lost: SeqRanges { told.subtracting(have) }

    /// The last number that can be owed. Above the end of an epoch that was killed nothing is owed, though something
    /// may have come live.
    ///
    /// - Parameter lastSeq: what the status of the running epoch says.
    public func limit(lastSeq: Int64?) -> Int64 { closedAt ?? max(have.last ?? 0, lastSeq ?? 0) }

    /// The numbers up to a limit that are neither there nor vouched for as lost.
    public func absent(upTo limit: Int64) -> SeqRanges {
        limit > 0 ? SeqRanges([1..<limit + 1]).subtracting(have) : SeqRanges()
    }

    /// The part of some absent numbers that may belong to a span of time.
    ///
    /// A range belongs to the time between its neighbours. A neighbour's time is that of the hours whose numbers it
    /// lies between, so a wrong time elsewhere in the epoch moves nothing, and every range belongs to some day.
    func within(_ absent: SeqRanges, from: Instant, to: Instant) -> SeqRanges {
        SeqRanges(absent.ranges.filter { mayTouch($0, from: from, to: to) })
    }

    private func mayTouch(_ range: Range<Int64>, from: Instant, to: Instant) -> Bool {
        let earlier = have.last(below: range.lowerBound).map(times) ?? []
        let later = have.first(above: range.upperBound - 1).map(times) ?? []
        let known = earlier + later
        // Nothing of the epoch has a time: only its start and its end limit it.
        guard let first = known.map(\.lowerBound).min(), let last = known.map(\.upperBound).max() else {
            return startedAt.map { $0 < to } ?? true && endedAt.map { $0 >= from } ?? true
        }
        // Before the first known number lies the start, behind the last one the end; neither need be known.
        let begin = earlier.isEmpty ? min(first, startedAt ?? first) : first
        let end = later.isEmpty ? max(last, endedAt ?? to) : last
        return begin < to && end > from
    }

    /// The hours in which a number may lie.
    private func times(of number: Int64) -> [Range<Instant>] {
        hours.filter { $0.numbers.contains(number) }.map { $0.start..<$0.start + .seconds(3_600) }
    }
}
