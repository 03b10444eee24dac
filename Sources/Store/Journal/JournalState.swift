import Contract
import DequeModule
import Domain

/// The journal's state in memory, and the decisions from it; no I/O. Lives behind the journal's lock.
struct JournalState: Sendable {
    /// An entry in memory and when it came.
    struct Waiting: Sendable {
        var entry: JournalEntry
        var arrival: Uptime
    }

    /// What one destination is owed.
    struct Debt: Sendable {
        var destination: JournalDestination
        var pending: RowRanges
        /// Rows that it has asked for again; none is in `pending`. They are no debt, and a restart forgets them.
        var askedAgain = RowRanges()
        /// The ledger as it is on disk.
        var written: Ledger
        /// The times of the oldest and the newest committed row pending, except for a moment after an acknowledgement.
        var oldest: (row: Int64, time: Instant)?
        var newest: (row: Int64, time: Instant)?
        /// How many entries were given up since this start although they were owed.
        var givenUp = 0
    }

    /// Work with the file for the journal's thread; nil when the file is gone for good.
    typealias Work = @Sendable (JournalFile?) -> Void

    let settings: JournalSettings
    let epoch: JournalFile.Epoch
    /// The row that the next entry gets.
    var nextRow: Int64
    var committedThrough: Int64
    /// The rows on disk, and the disk's own record of them.
    var stored: RowRanges
    var storedWritten: Ledger
    var debts: [Debt]
    var remembered: [String: [UInt8]]

    /// The followers that get what is appended.
    var feeds: [JournalFeed] = []

    /// In the order of rows.
    var waiting: [Waiting] = []
    /// What the journal's thread is writing at this moment; older than all that waits.
    var committing: [Waiting] = []
    /// How many bytes were appended since a group was last taken.
    var bytesSinceGroup: Int64 = 0
    /// When a commit is due because of that size.
    var fillDue: Uptime?
    var dirtyKeys: Set<String> = []
    var dirtySince: Uptime?
    /// How many acknowledgements of committed rows are not on disk.
    var unsavedAcknowledgements = 0
    var acknowledgedSince: Uptime?
    var work: [Work] = []
    var flushWanted = false
    var closing = false
    var failed = false
    /// When to try again, while the disk accepts nothing.
    var retryAt: Uptime?
    /// While the ballast is not whole: from when on a commit tries to take it up again.
    var ballastDue: Uptime?
    var droppedLosses: [JournalLoss] = []
    var tellings: [Telling]
    /// When the journal's thread will look again by itself; in the past while it works.
    var nextLook = Uptime(nanoseconds: .min)
    var snapshot: JournalSnapshot

    init(_ opening: JournalFile.Opening, _ settings: JournalSettings, bytes: Int64) {
        self.settings = settings
        epoch = opening.epoch
        nextRow = opening.epoch.base + 1
        stored = opening.stored
        committedThrough = opening.stored.ranges.last.map { $0.upperBound - 1 } ?? opening.epoch.base
        storedWritten = Ledger(pending: opening.stored, next: nextRow)
        let next = nextRow
        debts = zip(settings.destinations, opening.pending).map {
            Debt(destination: $0, pending: $1, written: Ledger(pending: $1, next: next))
        }
        remembered = opening.remembered
        tellings = opening.remembered[Telling.key].map(Telling.decode) ?? []
        snapshot = JournalSnapshot(
            bytes: bytes,
            limit: settings.limit,
            waiting: 0,
            stored: opening.stored.count,
            committedThrough: committedThrough,
            commits: 0,
            commitTimes: CommitTimes(),
            longestCommit: .zero,
            reclaimed: 0,
            lost: 0,
            setAside: 0,
            isStalled: false
        )
    }
}

extension JournalState {
    static let atOnce = Uptime(nanoseconds: 0)

    /// Whether the journal's thread must be woken to act by then.
    mutating func mustWake(by deadline: Uptime) -> Bool {
        guard deadline < nextLook else { return false }
        nextLook = Uptime(nanoseconds: .min)
        return true
    }

    /// Gives the entry its identity and queues it. The body is encoded before the lock is taken.
    mutating func append(
        _ kind: JournalEntry.Kind,
        site: String?,
        device: String?,
        stamp: Stamp,
        content: [UInt8],
        form: BodyForm?,
        arrival: Uptime
    ) -> JournalEntry {
        let row = nextRow
        nextRow += 1
        let entry = JournalEntry(
            row: row,
            gateway: epoch.gateway,
            epoch: epoch.name,
            seq: UInt64(row - epoch.base),
            kind: kind,
            site: site,
            device: device,
            stamp: stamp,
            content: content,
            form: form
        )
        for index in debts.indices { debts[index].pending.append(row..<row + 1) }
        waiting.append(Waiting(entry: entry, arrival: arrival))
        bytesSinceGroup += JournalFile.Group.bytes(of: entry)
        // A moment later: devices are polled together, and a commit would delay the readings that are on their way out.
        if bytesSinceGroup >= settings.groupFill || waiting.count >= settings.groupCount, fillDue == nil {
            fillDue = arrival + .milliseconds(200)
        }
        if waiting.count + committing.count > settings.waitingLimit { dropWaiting() }
        return entry
    }

    mutating func remember(_ key: String, _ value: [UInt8]?, now: Uptime) {
        remembered[key] = value
        dirtyKeys.insert(key)
        if dirtySince == nil { dirtySince = now }
    }

    /// - Returns: nil if the row was not pending there; otherwise whether it is on disk already.
    mutating func settle(_ row: Int64, _ destination: String, now: @autoclosure () -> Uptime) -> Bool? {
        guard let index = debts.firstIndex(where: { $0.destination.id == destination }) else { return nil }
        guard debts[index].pending.remove(row) else { return debts[index].askedAgain.remove(row) ? false : nil }
        if tellings.contains(where: { $0.row == row }) { keepTellings(now: now()) }
        guard row <= committedThrough else { return false }
        unsavedAcknowledgements += 1
        return true
    }

    /// The latest time at which an entry that arrives now needs the journal's thread.
    func neededBy(now: Uptime) -> Uptime {
        if retryAt != nil { return now + settings.groupAge }
        return min(now + settings.groupAge, fillDue ?? now + settings.groupAge)
    }

    /// When the next commit is due; nil while there is nothing to write.
    func commitDue() -> Uptime? {
        guard !waiting.isEmpty || !dirtyKeys.isEmpty || unsavedAcknowledgements > 0 else { return nil }
        if flushWanted { return Self.atOnce }
        if let retryAt { return retryAt }
        if unsavedAcknowledgements >= 1_000 { return Self.atOnce }
        return [
            fillDue,
            oldestUnsafe.map { $0 + settings.groupAge },
            waiting.first.map { $0.arrival + settings.groupHold },
            dirtySince.map { $0 + settings.groupHold },
            acknowledgedSince.map { $0 + .seconds(1) },
        ].lazy.compactMap(\.self).min()
    }

    /// The oldest row that is not on disk; rows that are being written at this moment are not there yet.
    var oldestInMemory: Int64? { (committing.first ?? waiting.first)?.entry.row }

    /// The arrival of the oldest entry that is in no safe place yet.
    private var oldestUnsafe: Uptime? {
        guard let first = waiting.first else { return nil }
        if debts.isEmpty || debts.contains(where: \.destination.sameBox) { return first.arrival }
        guard let row = debts.lazy.compactMap({ $0.pending.first(from: first.entry.row) }).min() else { return nil }
        return Self.find(row, in: waiting)?.arrival
    }

    /// Rows in memory rise, but not always by one, because some may have been given up.
    static func find(_ row: Int64, in entries: [Waiting]) -> Waiting? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].entry.row < row { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].entry.row == row ? entries[low] : nil
    }

    /// When the journal's thread must look again. While anything waits it looks once a `groupAge`, so that an append
    /// need not wake it.
    func lookAgain(now: Uptime) -> Uptime? {
        let look = waiting.isEmpty ? nil : now + settings.groupAge
        guard let due = commitDue() else { return look }
        return min(due, look ?? due)
    }

    /// Passes the oldest of what waits to the journal's thread: all of it, unless that is too much for one transaction.
    /// The backlog in memory after a full disk can be more than the journal may hold.
    mutating func takeGroup() -> JournalFile.Group {
        var group = JournalFile.Group()
        var bytes: Int64 = 0
        (bytesSinceGroup, fillDue) = (0, nil)
        let count = waiting.firstIndex { waiting in
            bytes += JournalFile.Group.bytes(of: waiting.entry)
            return bytes > settings.groupBytes
        }
        // At least one entry, however large.
        let taken = max(min(1, waiting.count), count ?? waiting.count)
        if taken == waiting.count {
            swap(&committing, &waiting)
        } else {
            committing = Array(waiting[..<taken])
            waiting.removeFirst(taken)
        }
        group.entries = committing.map(\.entry)
        group.ledgers = ledgers(with: group.entries)
        group.remembered = dirtyKeys.sorted().map { ($0, remembered[$0]) }
        dirtyKeys = []
        dirtySince = nil
        unsavedAcknowledgements = 0
        acknowledgedSince = nil
        return group
    }

    /// The ledgers that differ from the disk's, once these entries are there.
    func ledgers(with entries: [JournalEntry]) -> [(destination: String, ledger: Ledger)] {
        // Entries that came since the group was taken are above it, in the open end of a ledger.
        let next = (committing.last?.entry.row).map { $0 + 1 } ?? nextRow
        var changed: [(destination: String, ledger: Ledger)] = []
        for debt in debts {
            let ledger = Ledger(pending: rowsToWrite(of: debt, below: next), next: next)
            if ledger != debt.written { changed.append((debt.destination.id, ledger)) }
        }
        if !entries.isEmpty {
            var rows = stored
            for entry in entries { rows.append(entry.row..<entry.row + 1) }
            let ledger = Ledger(pending: rows, next: next)
            if ledger != storedWritten { changed.append(("", ledger)) }
        }
        return changed
    }

    /// The rows of a debt to record on disk: some may be gone for good, because a start removes them.
    private func rowsToWrite(of debt: Debt, below next: Int64) -> RowRanges {
        debt.pending.clamped(to: Int64.min..<next).bridged(within: stored, below: committedThrough + 1)
    }

    mutating func committed(_ group: JournalFile.Group, now: Uptime, took: Duration, bytes: Int64) {
        for entry in group.entries { stored.append(entry.row..<entry.row + 1) }
        committedThrough = group.entries.last?.row ?? committedThrough
        for (destination, ledger) in group.ledgers {
            if destination.isEmpty { storedWritten = ledger }
            guard let index = debts.firstIndex(where: { $0.destination.id == destination }) else { continue }
            debts[index].written = ledger
        }
        committing = []
        // Rows that were acknowledged while the group was being written: the ledger was taken before.
        let late = debts.contains { debt in
            rowsToWrite(of: debt, below: committedThrough + 1) != debt.written.rows(below: committedThrough + 1)
        }
        if late { oweAcknowledgements(now) }
        snapshot.bytes = bytes
        snapshot.commits += 1
        snapshot.commitTimes.add(took)
        snapshot.longestCommit = max(snapshot.longestCommit, took)
    }

    private mutating func oweAcknowledgements(_ now: Uptime) {
        unsavedAcknowledgements += 1
        acknowledgedSince = acknowledgedSince ?? now
    }

    /// Takes back a group that could not be written.
    mutating func returned(_ group: JournalFile.Group, now: Uptime) {
        committing += waiting
        waiting = committing
        committing = []
        // A newer value may have come meanwhile; it is in `remembered` in either case.
        dirtyKeys.formUnion(group.remembered.map(\.key))
        if !dirtyKeys.isEmpty { dirtySince = dirtySince ?? now }
        if !group.ledgers.isEmpty { oweAcknowledgements(now) }
        if waiting.count > settings.waitingLimit { dropWaiting() }
    }
}
