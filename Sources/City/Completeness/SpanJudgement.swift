public import Contract
public import Domain

/// The verdict about a span of time of one gateway.
///
/// Numbers have no time of their own. What is known are the greatest one before the span and the least one behind it:
/// everything between them may belong to it. So a number can count for two days, and never for none.
public struct SpanJudgement: Hashable, Sendable {
    public private(set) var verdict = Verdict.complete
    public private(set) var absences: [Absence] = []
    /// Epochs that ended without order.
    public private(set) var crashes: [Crash] = []
    /// The gateway began a new journal, though it had others before.
    public private(set) var hasNewJournal = false

    /// Above this number, entries of an epoch's last second or two may be lost.
    public struct Crash: Hashable, Sendable {
        public var epoch: String
        public var above: Int64
    }

    private let to: Instant
    private let state: GatewayState?

    /// Judges the span.
    ///
    /// - Parameters:
    ///   - epochs: all of the gateway, in the order in which they began.
    ///   - state: nil where no status came.
    public init(from: Instant, to: Instant, epochs: [EpochAccount], state: GatewayState?) {
        self.to = to
        self.state = state
        var verdicts: [Verdict] = []
        var isFirstOfSpan = true
        for epoch in epochs {
            defer { isFirstOfSpan = false }
            if let startedAt = epoch.startedAt, startedAt >= to { continue }
            if let endedAt = epoch.endedAt, endedAt < from { continue }
            if epoch.isFirst, !isFirstOfSpan { hasNewJournal = true }
            verdicts.append(judge(epoch))
        }
        verdict = Verdict.worst(verdicts)
    }

    /// How many numbers are absent and not reported by their gateway.
    public var missing: Int64 {
        absences.reduce(0) { sum, absence in if case .told = absence.why { sum } else { sum + absence.count } }
    }

    /// What a resend request can bring, by epoch.
    public var askable: [(epoch: String, numbers: SeqRanges)] {
        absences.filter { $0.why == .lostBehindGateway }.map { ($0.epoch, $0.numbers) }
    }

    private mutating func judge(_ epoch: EpochAccount) -> Verdict {
        let isRunning = state?.epoch == epoch.name
        let isSettled = epoch.closedAt != nil || epoch.after != nil || isRunning && state?.settles(to) ?? false
        // Above the end of an epoch that was killed nothing is owed, though something may have come live.
        let limit = epoch.closedAt ?? max(epoch.have.last ?? 0, isRunning ? state?.lastSeq ?? 0 : 0)
        let first = (epoch.before ?? 0) + 1
        let last = min(limit, (epoch.after ?? .max) - 1)
        let span = first <= last ? SeqRanges([first..<last + 1]) : SeqRanges()
        let bounds = first..<max(first, last + 1)
        let missing = span.subtracting(epoch.have).subtracting(epoch.told)
        add(missing, of: epoch)
        let given = addLost(within: bounds, of: epoch)
        if epoch.closedAt != nil, !epoch.isClean, epoch.after == nil {
            crashes.append(Crash(epoch: epoch.name, above: limit))
        }
        if !isSettled {
            absences.append(Absence(epoch: epoch.name, numbers: SeqRanges(), why: .endUnknown))
        }
        if !missing.isEmpty || given == .incomplete { return .incomplete }
        if !isSettled { return .open }
        return given
    }

    private mutating func add(_ missing: SeqRanges, of epoch: EpochAccount) {
        guard !missing.isEmpty else { return }
        let owes = state?.owes(before: to) ?? false
        // Where the status does not name what is owed, all that is missing may be.
        let owed =
            owes ? state?.owed.map { missing.intersection($0[epoch.name] ?? SeqRanges()) } ?? missing : SeqRanges()
        let others = missing.subtracting(owed)
        if !owed.isEmpty { absences.append(Absence(epoch: epoch.name, numbers: owed, why: .onTheirWay)) }
        if !others.isEmpty {
            let isThere = state?.isOnline ?? true
            absences.append(
                Absence(epoch: epoch.name, numbers: others, why: isThere ? .lostBehindGateway : .gatewayAway)
            )
        }
    }

    /// What gaps report within the bounds. They explain no more numbers than they count.
    private mutating func addLost(within bounds: Range<Int64>, of epoch: EpochAccount) -> Verdict {
        let lost = epoch.lost
        guard !lost.clamped(to: bounds).isEmpty else { return .complete }
        for gap in epoch.gaps {
            let numbers = SeqRanges([gap.range]).intersection(lost).clamped(to: bounds)
            if numbers.isEmpty { continue }
            absences.append(
                Absence(
                    epoch: epoch.name,
                    numbers: numbers,
                    count: min(gap.count, numbers.count),
                    why: .told(gap.reason)
                )
            )
        }
        let counted = epoch.gaps.reduce(0) { $0 + $1.count }
        guard lost.count > counted else { return .givenUp }
        absences.append(
            Absence(
                epoch: epoch.name,
                numbers: lost.clamped(to: bounds),
                count: min(lost.count - counted, lost.clamped(to: bounds).count),
                why: .moreThanTold
            )
        )
        return .incomplete
    }
}
