public import Contract
public import Domain

/// The verdict about a span of time of one gateway.
///
/// Numbers grow with time, but times can be wrong: a clock that was set by hand, a box that began in 1970. So the numbers
/// that may belong to a span reach from the last one up to which all have times before it to the first one from which all
/// have times behind it. Whatever the times say, every missing number then counts for one day at least; where nothing is
/// known of its time it counts for several.
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
        var isEarlierAlive = false
        for (place, epoch) in epochs.enumerated() {
            let isBehind = epoch.startedAt.map { $0 >= to } ?? false
            let isOver = epoch.endedAt.map { $0 < from } ?? false
            let isForgotten = state.map { $0.epoch != epoch.name } ?? false && runningSince.map { $0 <= from } ?? false
            verdicts.append(
                judge(
                    epoch,
                    startsBehind: isBehind || isEarlierAlive && (epoch.leastSince != nil || epoch.have.isEmpty),
                    hasEnded: isOver || isForgotten && epoch.closedAt == nil
                )
            )
            isEarlierAlive = isEarlierAlive || epoch.isKnownAfter
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

    /// - Parameters:
    ///   - startsBehind: what comes before its first known number belongs to later days.
    ///   - hasEnded: what comes after its last known number belongs to earlier days.
    private mutating func judge(_ epoch: EpochAccount, startsBehind: Bool, hasEnded: Bool) -> Verdict {
        let isRunning = state?.epoch == epoch.name
        // Above the end of an epoch that was killed nothing is owed, though something may have come live.
        let limit = epoch.closedAt ?? max(epoch.have.last ?? 0, isRunning ? state?.lastSeq ?? 0 : 0)
        if startsBehind, epoch.greatestUntil == nil { return .complete }
        if hasEnded, epoch.leastSince == nil { return .complete }
        let numbers = epoch.numbers(upTo: limit)
        let missing = numbers.subtracting(epoch.have).subtracting(epoch.told)
        add(missing, of: epoch)
        let given = addLost(within: numbers, of: epoch)
        if epoch.closedAt != nil, !epoch.isClean, !epoch.isKnownAfter {
            crashes.append(Crash(epoch: epoch.name, above: limit))
        }
        let isSettled = epoch.closedAt != nil || epoch.isKnownAfter || isRunning && state?.settles(to) ?? false
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
    private mutating func addLost(within numbers: SeqRanges, of epoch: EpochAccount) -> Verdict {
        let lost = epoch.lost
        let here = lost.intersection(numbers)
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
