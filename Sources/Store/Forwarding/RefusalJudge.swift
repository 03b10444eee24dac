import Contract
import Domain
import Journal

/// Decides whether the entry or the broker is at fault for a refusal. Pure; the caller holds the clock.
///
/// A refusal is an answer that means "never", or a connection that the broker drops promptly after an entry that was
/// sent alone.
///
/// Invariants:
/// - A refused entry is a suspect. It stays owed, and it is tried again, apart from the others.
/// - A refusal counts against an entry only when another entry is acknowledged before the next trial. After
///   `proofsNeeded` such refusals the entry is set aside, and for no other reason.
/// - When `manyRefused` different entries are refused and none is acknowledged in between, it is a condition of the
///   broker: those refusals count against no entry. The first acknowledged entry ends the condition.
/// - Drops count only in an unbroken row: any other loss of the connection in between cancels what earlier drops have
///   proved, because a bad uplink loses connections at any time.
/// - Only entries count. An acknowledged state or figure proves nothing for entries, which are larger and have other
///   topics.
/// - Memory is bounded by `mostSuspects`; an entry beyond that is owed like any other, and forgotten refusals only cost
///   a repetition.
struct RefusalJudge: Sendable {
    enum Cause: Hashable, Sendable {
        /// The PUBACK's code.
        case answer(UInt8)
        /// The broker ended the connection when it received the entry.
        case dropped
    }

    struct Suspect: Sendable {
        /// The entry's identity, for the event about it.
        var epoch: String
        var seq: UInt64
        var tellsOfQuarantine: Bool
        /// Nil before its first refusal: the entry was in flight when connections were lost.
        var cause: Cause?
        /// How many refusals count against it.
        var proofs = 0
        /// How many times it was refused since anything else was proved.
        var refusals = 0
        /// Whether nothing was acknowledged since its last refusal.
        var isOpen = false
        /// Whether it is being tried at this moment.
        var isTried = false
        var retryAt: Uptime

        init(_ entry: JournalEntry, retryAt: Uptime) {
            epoch = entry.epoch
            seq = entry.seq
            tellsOfQuarantine = entry.kind == .gatewayEvent && StoredEvent(entry)?.name == .quarantine
            self.retryAt = retryAt
        }

        /// A dropped connection proves something about one entry only, so nothing else may be in flight.
        var mustBeAlone: Bool { cause.map { $0 == .dropped } ?? true }
    }

    /// A result of a refusal that must be reported.
    enum Finding: Hashable, Sendable {
        /// The broker refuses every entry.
        ///
        /// - isAlarm: this has lasted for a day.
        case condition(Cause, since: Uptime, isAlarm: Bool)
    }

    /// What follows when an entry was acknowledged.
    struct Release: Sendable {
        /// The entries that the broker refuses while it acknowledges others.
        var setAside: [(row: Int64, suspect: Suspect)] = []
        /// How long the condition lasted that has just ended.
        var conditionLasted: Duration?
    }

    /// What may be sent now.
    enum Turn: Hashable, Sendable {
        /// Everything except suspects.
        case flow
        /// One entry, alone: to see whether it passes where another was dropped.
        case control
        /// This suspect; alone if that is needed.
        case trial(Int64, alone: Bool)
        /// One entry, other than before: the broker refused all the recent ones.
        case probe
        /// No entry until then.
        case rest(until: Uptime)
    }

    private struct Condition: Sendable {
        var cause: Cause
        var since: Uptime
        var isAlarmed = false
    }

    static let manyRefused = 5
    static let proofsNeeded = 3
    static let mostSuspects = 4_096
    static let alarmAfter = Duration.seconds(86_400)
    /// Conditions with a shorter time between them are one: reported once, and the rests continue to grow.
    static let sameCondition = Duration.seconds(300)
    private static let longestPause = Duration.seconds(600)

    private let longestRest: Duration
    /// How long suspects wait for another entry to be acknowledged.
    private let patience: Duration
    private(set) var suspects: [Int64: Suspect] = [:]
    /// The different entries that were refused since the last acknowledged one; no more than make a condition.
    private var refusedInRow: Set<Int64> = []
    private var rowBegan: Uptime?
    private var lastRefusal: Uptime?
    private var condition: Condition?
    private var conditionEnded: Uptime?
    private var rest = firstRest
    private var probeAt: Uptime?
    private var wantsControl = false

    private static let firstRest = Duration.seconds(2)

    /// - Parameters:
    ///   - longestRest: the longest time between two probes of a broker that refuses everything.
    ///   - between: how long it may take from one message with entries to the next.
    init(longestRest: Duration, between: Duration = .zero) {
        self.longestRest = longestRest
        patience = max(longestRest, between * 2)
    }

    /// Whether the broker refuses every entry: the cause, and since when.
    var present: (cause: Cause, since: Uptime)? { condition.map { ($0.cause, $0.since) } }

    func isSuspect(_ row: Int64) -> Bool { !suspects.isEmpty && suspects[row] != nil }

    // MARK: What is sent

    func turn(now: Uptime) -> Turn {
        if condition != nil {
            if let probeAt, probeAt > now { return .rest(until: probeAt) }
            return .probe
        }
        if let trial = nextTrial, trial.at <= now { return .trial(trial.row, alone: trial.alone) }
        return wantsControl ? .control : .flow
    }

    /// The suspect that is tried next.
    var nextTrial: (row: Int64, at: Uptime, alone: Bool)? {
        guard condition == nil, !suspects.isEmpty else { return nil }
        var first: (row: Int64, at: Uptime, alone: Bool)?
        var tried = 0
        for (row, suspect) in suspects {
            if suspect.isTried {
                tried += 1
            } else if first.map({ (suspect.retryAt, row) < ($0.at, $0.row) }) ?? true {
                first = (row, suspect.retryAt, suspect.mustBeAlone || wantsControl)
            }
        }
        guard var first, tried == 0 || !first.alone else { return nil }
        // Many refused suspects in a row would look like a condition: after a few the suspect waits until another entry
        // is acknowledged.
        if refusedInRow.count + tried >= (first.alone ? 1 : Self.manyRefused - 1) {
            guard tried == 0, let lastRefusal else { return nil }
            first.at = max(first.at, lastRefusal + patience)
        }
        return first
    }

    /// The suspect that has waited longest: a probe where nothing else is owed.
    var longestWaiting: Int64? {
        suspects.min { ($0.value.retryAt, $0.key) < ($1.value.retryAt, $1.key) }?.key
    }

    /// A probe is on its way; the next one is due after a rest that grows.
    mutating func probes(now: Uptime) {
        probeAt = now + rest
        rest = min(longestRest, rest * 2)
    }

    /// A suspect is on its way.
    mutating func tries(_ row: Int64) {
        suspects[row]?.isTried = true
        suspects[row]?.isOpen = false
    }

    // MARK: What came of it

    /// - Returns: what must be reported.
    mutating func refused(_ entry: JournalEntry, by cause: Cause, now: Uptime) -> Finding? {
        note(entry, cause, now)
        if refusedInRow.isEmpty { rowBegan = now }
        if refusedInRow.count < Self.manyRefused { refusedInRow.insert(entry.row) }
        lastRefusal = now
        if cause == .dropped { wantsControl = true }
        if var condition {
            guard !condition.isAlarmed, now - condition.since >= Self.alarmAfter else { return nil }
            condition.isAlarmed = true
            self.condition = condition
            return .condition(condition.cause, since: condition.since, isAlarm: true)
        }
        guard refusedInRow.count >= Self.manyRefused else { return nil }
        let isNews = conditionEnded.map { now - $0 >= Self.sameCondition } ?? true
        if isNews { rest = Self.firstRest }
        let began = Condition(cause: cause, since: rowBegan ?? now)
        condition = began
        wantsControl = false
        probes(now: now)
        return isNews ? .condition(cause, since: began.since, isAlarm: false) : nil
    }

    private mutating func note(_ entry: JournalEntry, _ cause: Cause, _ now: Uptime) {
        guard suspects[entry.row] != nil || suspects.count < Self.mostSuspects else { return }
        var suspect = suspects[entry.row] ?? Suspect(entry, retryAt: now)
        if suspect.cause.map({ ($0 == .dropped) != (cause == .dropped) }) ?? false { suspect.proofs = 0 }
        suspect.cause = cause
        suspect.refusals += 1
        suspect.isOpen = true
        suspect.isTried = false
        suspect.retryAt = now + max(longestRest, Self.pause(after: suspect.refusals))
        suspects[entry.row] = suspect
    }

    /// How long a suspect waits: two short pauses, because one bad moment of the broker must not decide, then ever
    /// longer ones.
    private static func pause(after refusals: Int) -> Duration {
        switch refusals {
        case ...1: .seconds(2)
        case 2: .seconds(8)
        default: min(longestPause, .seconds(30) * (1 << min(refusals - 3, 10)))
        }
    }

    /// An entry was in flight when connections were lost: it will be tried alone.
    mutating func suspect(_ entry: JournalEntry, now: Uptime) {
        if let known = suspects[entry.row] {
            // It was refused by an answer before, and has none any more.
            guard known.cause != .dropped else { return }
            suspects[entry.row]?.cause = nil
            suspects[entry.row]?.proofs = 0
            return
        }
        guard suspects.count < Self.mostSuspects else { return }
        suspects[entry.row] = Suspect(entry, retryAt: now)
    }

    /// The broker has acknowledged an entry.
    mutating func taken(_ row: Int64, now: Uptime) -> Release {
        var release = Release()
        guard !suspects.isEmpty || !refusedInRow.isEmpty else { return release }
        suspects[row] = nil
        let ended = condition
        condition = nil
        refusedInRow = []
        lastRefusal = nil
        wantsControl = false
        for (row, var suspect) in suspects where suspect.isOpen {
            suspect.isOpen = false
            if ended != nil {
                // The broker refused every entry then, so nothing is known about this one.
                suspect.proofs = 0
                suspect.refusals = 0
                suspect.retryAt = now
            } else {
                suspect.proofs += 1
                // A drop costs a connection each time, so where other losses cancelled proofs it is tried ever less
                // often.
                if suspect.cause != .dropped { suspect.refusals = suspect.proofs }
                suspect.retryAt = now + Self.pause(after: suspect.refusals)
            }
            let isProved = suspect.proofs >= Self.proofsNeeded
            if isProved { release.setAside.append((row, suspect)) }
            suspects[row] = isProved ? nil : suspect
        }
        release.setAside.sort { $0.row < $1.row }
        if let ended {
            conditionEnded = now
            release.conditionLasted = now - ended.since
        }
        return release
    }

    /// The trial of a suspect decided nothing: it was refused for a reason that may pass.
    mutating func undecided(_ row: Int64, now: Uptime) {
        suspects[row]?.isTried = false
        suspects[row]?.retryAt = now + longestRest
    }

    /// Forgets entries that are no longer owed.
    mutating func forget(_ isGone: (Int64) -> Bool) { suspects = suspects.filter { !isGone($0.key) } }

    /// The connection was lost before suspects on trial had their answer. An entry that is never answered costs a
    /// connection each time, so it is tried ever less often.
    mutating func disconnected(now: Uptime) {
        for (row, var suspect) in suspects where suspect.isTried {
            suspect.isTried = false
            suspect.refusals += 1
            suspect.retryAt = now + max(longestRest, Self.pause(after: suspect.refusals))
            suspects[row] = suspect
        }
    }

    /// A connection was lost for another cause than an entry that was alone.
    mutating func lostElsewhere() {
        for (row, suspect) in suspects where suspect.cause == .dropped { suspects[row]?.proofs = 0 }
    }
}
