import Contract
import Domain
import Journal

/// What is sent alone, so that its outcome has only one possible cause.
struct Solitude: Sendable {
    /// After this time alone an entry has had its chance, and the others go on.
    static let longest = Duration.seconds(5)
    /// A broker that drops the connection because of an entry does so at once.
    static let promptly = Duration.seconds(2)
    /// How many rows of lost connections are remembered.
    private static let mostLost = 1_024

    private(set) var entry: (row: Int64, since: Uptime)?
    /// Since when something is to be sent alone while others are still in flight.
    private var wantedSince: Uptime?
    /// Nothing was alone in time: no new attempt before then.
    private var notBefore: Uptime?
    /// The waiting entries of the live lane go before the next entry is alone.
    var owesLive = false
    /// The rows that were in flight at an earlier loss of the connection, and have not been answered since.
    private var lost: Set<Int64> = []

    // The suspects read for a trial.
    var reading: Int64?
    var read: [Int64: JournalEntry] = [:]

    mutating func begins(_ row: Int64, now: Uptime) {
        entry = (row, now)
        wantedSince = nil
    }

    mutating func answered(_ row: Int64) {
        lost.remove(row)
        if entry?.row == row { ends() }
    }

    mutating func ends() {
        if entry != nil { owesLive = true }
        entry = nil
        wantedSince = nil
    }

    /// Whether to wait for what is in flight, so that the next one can be alone.
    mutating func waits(now: Uptime) -> Bool {
        if let notBefore, notBefore > now { return false }
        let since = wantedSince ?? now
        wantedSince = since
        guard now - since >= Self.longest else { return true }
        wantedSince = nil
        notBefore = now + .seconds(30)
        return false
    }

    /// Notes what was in flight when the connection was lost.
    ///
    /// - Returns: whether the row was in flight at an earlier loss too.
    mutating func wasLost(_ row: Int64) -> Bool {
        if lost.count >= Self.mostLost { lost.removeAll() }
        return !lost.insert(row).inserted
    }
}

extension Lanes {
    /// How an established connection ended.
    struct Loss {
        var at: Uptime
        /// Whether the broker ended it.
        var byBroker: Bool
    }

    /// Returns the next entry or post, in the turn that the judge of refusals decides.
    mutating func nextEntry(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        // This holds for every turn: entries that are too old become backfill.
        dropFromLive(now)
        if let alone = solitude.entry {
            let end = alone.since + Solitude.longest
            if now < end { return .idle(until: end) }
            solitude.ends()
        }
        let turn = judge.turn(now: now)
        switch turn {
        case .rest(let until): return nextPost() ?? .idle(until: until)
        case .flow: return flowing(now: now, isPending: isPending, owed: owed)
        case .trial(let row, alone: false): return trial(row, alone: false, now: now, isPending: isPending, owed: owed)
        case .trial, .control, .probe: break
        }
        if solitude.owesLive, turn != .probe {
            if packs != nil {
                if let pack = livePack(now: now, isPending: isPending) { return pack }
            } else if let entry = nextLive(now: now, isPending: isPending) {
                return sending(entry, .live)
            }
            solitude.owesLive = false
        }
        guard isAnswered else {
            if solitude.waits(now: now) { return .idle(until: now + Solitude.longest) }
            if turn == .probe { return .idle(until: now + .seconds(1)) }
            return flowing(now: now, isPending: isPending, owed: owed)
        }
        switch turn {
        case .trial(let row, _): return trial(row, alone: true, now: now, isPending: isPending, owed: owed)
        case .probe: return probe(now: now, isPending: isPending, owed: owed)
        default: return control(now: now, isPending: isPending, owed: owed)
        }
    }

    /// Whether nothing is on its way.
    private var isAnswered: Bool {
        inFlight.isEmpty && announced.isEmpty && posted.isEmpty && newest?.isIdle ?? true
    }

    /// Returns everything except suspects, and until when to wait where the next trial is sooner than anything else.
    private mutating func flowing(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        let next = flow(now: now, isPending: isPending, owed: owed)
        guard case .idle(let deadline) = next, let trial = judge.nextTrial, trial.at > now else { return next }
        return .idle(until: min(deadline ?? trial.at, trial.at))
    }

    private mutating func alone(_ next: Next, now: Uptime) -> Next {
        if case .entry(let entry, _) = next { solitude.begins(entry.row, now: now) }
        return next
    }

    private mutating func control(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        alone(flowing(now: now, isPending: isPending, owed: owed), now: now)
    }

    /// Returns another entry than those refused before: the newest live one, or without any the next of the backlog; a
    /// refused one where nothing else is owed.
    private mutating func probe(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        var next = newestLive(now: now, isPending: isPending).map { sending($0, .live) }
        next = next ?? nextBackfill(now: now, isPending: isPending, owed: owed)
        if case .idle(nil)? = next, !pageIsComing, let row = judge.longestWaiting {
            next = trial(row, alone: true, now: now, isPending: isPending, owed: owed)
        }
        guard let next else { return .idle(until: nil) }
        if case .entry = next { judge.probes(now: now) }
        return alone(next, now: now)
    }

    /// Older entries become backfill: they must not come after a newer one of their device.
    private mutating func newestLive(now: Uptime, isPending: (Int64) -> Bool) -> JournalEntry? {
        var newest: JournalEntry?
        while let entry = popLive() {
            if isPending(entry.row) { newest = entry }
        }
        return newest
    }

    // MARK: Suspects

    private mutating func trial(
        _ row: Int64,
        alone isAlone: Bool,
        now: Uptime,
        isPending: (Int64) -> Bool,
        owed: () -> Int
    ) -> Next {
        guard isPending(row) else {
            // The journal has given these up, and reported that.
            judge.forget { !isPending($0) }
            return nextEntry(now: now, isPending: isPending, owed: owed)
        }
        if let entry = solitude.read.removeValue(forKey: row) {
            judge.tries(row)
            let next = sending(entry, .backfill)
            return isAlone ? alone(next, now: now) : next
        }
        if !pageIsComing {
            pageIsComing = true
            solitude.reading = row
            solitude.read = [:]
            return .page(after: row - 1)
        }
        return isAlone ? .idle(until: nil) : flow(now: now, isPending: isPending, owed: owed)
    }

    /// - Returns: whether the page was requested to try a suspect.
    mutating func took(trialPage entries: [JournalEntry], after asked: Int64, now: Uptime) -> Bool {
        guard let row = solitude.reading, asked == row - 1 else { return false }
        solitude.reading = nil
        for entry in entries where judge.isSuspect(entry.row) { solitude.read[entry.row] = entry }
        // The entry is not on disk yet.
        if solitude.read[row] == nil { judge.undecided(row, now: now) }
        return true
    }

    /// How many suspects are owed and wait for their trial.
    func suspectsOwed(_ isPending: (Int64) -> Bool) -> Int {
        judge.suspects.keys.count { inFlight[$0] == nil && isPending($0) }
    }

    // MARK: What came of it

    mutating func judged(_ loss: Loss) -> RefusalJudge.Finding? {
        var finding: RefusalJudge.Finding?
        if let alone = solitude.entry, let sent = inFlight[alone.row], loss.byBroker,
            inFlight.count == 1, announced.isEmpty, posted.isEmpty, newest?.isIdle ?? true,
            loss.at - alone.since <= Solitude.promptly
        {
            finding = judge.refused(sent.entry, by: .dropped, now: loss.at)
        } else {
            judge.lostElsewhere()
        }
        judge.disconnected(now: loss.at)
        // Rows of packs go in smaller ones instead, until each is alone.
        let packed = packs?.rowsInFlight ?? []
        for (row, sent) in inFlight where !packed.contains(row) && solitude.wasLost(row) {
            judge.suspect(sent.entry, now: loss.at)
        }
        return finding
    }
}
