public import Contract
public import Domain

/// The verdict about a span of time of one gateway.
///
/// Numbers grow with time, but times can be wrong: a clock that was set by hand, a box that began in 1970. So what is
/// missing is found by the numbers alone, and then belongs to the time between its neighbours. Every missing number
/// counts for one day at least; where nothing is known of its time it counts for several.
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
        let runningSince = epochs.first { $0.name == state?.epoch }?.startedAt
        var verdicts: [Verdict] = []
        for (place, epoch) in epochs.enumerated() {
            let isBehind = epoch.startedAt.map { $0 >= to } ?? false
            let isOver = epoch.endedAt.map { $0 < from } ?? false
            // A card that was put back leaves an epoch that no later one names.
            let isForgotten = state.map { $0.epoch != epoch.name } ?? false && runningSince.map { $0 <= from } ?? false
            verdicts.append(judge(epoch, from: from, isOfOtherDays: isBehind || isOver || isForgotten))
            if epoch.isFirst, place > 0, !isBehind, !isOver { hasNewJournal = true }
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

    private mutating func judge(_ epoch: EpochAccount, from: Instant, isOfOtherDays: Bool) -> Verdict {
        let isRunning = state?.epoch == epoch.name
        let limit = epoch.limit(lastSeq: isRunning ? state?.lastSeq : nil)
        let here = epoch.within(epoch.absent(upTo: limit), from: from, to: to)
        let missing = here.subtracting(epoch.told)
        add(missing, of: epoch)
        let given = addLost(here.intersection(epoch.told), of: epoch)
        if epoch.closedAt != nil, !epoch.isClean, !epoch.isKnownAfter, !isOfOtherDays {
            crashes.append(Crash(epoch: epoch.name, above: limit))
        }
        let isSettled = epoch.closedAt != nil || epoch.isKnownAfter || isRunning && state?.settles(to) ?? false
        let isOpen = !isSettled && !isOfOtherDays
        if isOpen { absences.append(Absence(epoch: epoch.name, numbers: SeqRanges(), why: .endUnknown)) }
        if !missing.isEmpty || given == .incomplete { return .incomplete }
        return isOpen ? .open : given
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

    /// What gaps report of the span. They explain no more numbers than they count.
    private mutating func addLost(_ here: SeqRanges, of epoch: EpochAccount) -> Verdict {
        guard !here.isEmpty else { return .complete }
        for gap in epoch.gaps {
            let numbers = SeqRanges([gap.range]).intersection(here)
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
        let lost = epoch.lost
        guard lost.count > counted else { return .givenUp }
        absences.append(
            Absence(
                epoch: epoch.name,
                numbers: here,
                count: min(lost.count - counted, here.count),
                why: .moreThanTold
            )
        )
        return .incomplete
    }
}
