public import Contract
import Domain
import Platform
import Synchronization

extension Journal {
    /// Waits until everything appended so far is on disk. Blocks: never call it from the cooperative pool or a
    /// callback.
    ///
    /// - Returns: false if the disk is full, the journal has failed or is closed; it tries once.
    @discardableResult
    public func flush() -> Bool {
        let through = state.withLock { $0.nextRow - 1 }
        whenSettled(flushing: true)
        return state.withLock { ($0.oldestInMemory ?? .max) > through && !$0.failed }
    }

    /// Waits until the journal's thread has done all that is due at this moment; for tests with a clock moved by hand.
    func whenSettled(flushing: Bool = false) {
        let done = WakeFlag()
        enqueue(flushing: flushing) { _ in done.raise() }
        done.wait(until: nil, time: time)
    }

    /// Reads committed entries that the destination has not acknowledged, or has asked for again, oldest first.
    ///
    /// - Parameters:
    ///   - row: only rows above it.
    ///   - limit: how many at most.
    ///   - deliver: called once, on the journal's thread; empty when there are none (or the journal is closed).
    public func requestPage(
        destination: String,
        after row: Int64,
        limit: Int,
        deliver: @escaping @Sendable ([JournalEntry]) -> Void
    ) {
        enqueue { [self] file in
            guard let file else { return deliver([]) }
            let page = state.withLock { $0.page(of: destination, after: row, limit: limit) }
            do throws(JournalError) {
                guard let page else { return deliver([]) }
                let owed = try read(page.owed, file)
                let again = readAgain(page.again, of: destination, file)
                // Both are in the order of rows.
                deliver(again.isEmpty ? owed : (owed + again).sorted { $0.row < $1.row })
            } catch {
                fail(error)
                deliver([])
            }
        }
    }

    private func read(_ rows: RowRanges, _ file: JournalFile) throws(JournalError) -> [JournalEntry] {
        if rows.isEmpty { return [] }
        let page = try file.read(rows)
        if !page.damaged.isEmpty { giveUp(page.damaged, file) }
        return page.entries
    }

    /// Reads rows that are no debt: no damage to them may end the process. What cannot be read is given up.
    private func readAgain(_ rows: RowRanges, of destination: String, _ file: JournalFile) -> [JournalEntry] {
        do throws(JournalError) {
            return try read(rows, file)
        } catch {
            if error.passes { return [] }
            let epochs = file.epochs.withLock { $0 }
            tell { $0.forsake(rows, of: destination, epochs: epochs) }
            return []
        }
    }

    /// Runs work with the file on the journal's thread, after what is due.
    func enqueue(flushing: Bool = false, _ work: @escaping JournalState.Work) {
        let over = state.withLock { state in
            if state.closing && state.failed { return true }
            state.work.append(work)
            state.flushWanted = state.flushWanted || flushing
            state.nextLook = Uptime(nanoseconds: .min)
            return false
        }
        if over { work(nil) } else { wake.raise() }
    }

    /// The thread's main loop.
    func run() {
        refreshEnds()
        while true {
            let now = time.uptime()
            heartbeat.promise(now)
            Hang.here(heartbeat.name)
            // Work is taken before the commit that it may be waiting for.
            let (due, closing, work) = state.withLock { state in
                defer { (state.work, state.flushWanted) = ([], false) }
                return (state.failed ? nil : state.commitDue(), state.closing, state.work)
            }
            heartbeat.rest()
            if closing && due != nil || due.map({ $0 <= now }) == true { commit() }
            for item in work { item(state.withLock { $0.failed } ? nil : file) }
            if closing { return end() }
            let sleep = state.withLock { state -> (needed: Bool, until: Uptime?) in
                if state.closing || !state.work.isEmpty { return (false, nil) }
                let until = state.failed ? nil : state.lookAgain(now: time.uptime())
                state.nextLook = until ?? Uptime(nanoseconds: .max)
                return (true, until)
            }
            if sleep.needed {
                if let until = sleep.until { heartbeat.promise(until) }
                wake.wait(until: sleep.until, time: time)
            }
            state.withLock { $0.nextLook = Uptime(nanoseconds: .min) }
        }
    }

    private func end() {
        let (failed, unwritten) = state.withLock { ($0.failed, !$0.waiting.isEmpty) }
        do throws(JournalError) {
            if !failed, !unwritten { try file.end(state.withLock { $0.epoch }) }
            try file.close()
        } catch {
            fail(error)
        }
        let late = state.withLock { state in
            state.failed = true
            defer { state.work = [] }
            return state.work
        }
        for item in late { item(nil) }
    }

    /// Commits all that waits at this moment, group by group.
    private func commit() {
        let through = state.withLock { $0.nextRow - 1 }
        while commitGroup(), state.withLock({ ($0.waiting.first?.entry.row ?? .max) <= through }) {}
    }

    /// - Returns: whether the disk accepted the group.
    private func commitGroup() -> Bool {
        tellDropped()
        var group = state.withLock { $0.takeGroup() }
        guard !group.isEmpty else {
            state.withLock { $0.committing = [] }
            return false
        }
        let start = time.uptime()
        do throws(JournalError) {
            if try makeRoom(for: group) {
                // Deleted rows may have been owed: the ledgers have changed.
                state.withLock { state in
                    group.ledgers = state.ledgers(with: group.entries)
                    group.remembered.removeAll { $0.key == Telling.key }
                    group.remembered.append((Telling.key, state.remembered[Telling.key]))
                }
            }
            try file.write(group)
            holdings.withLock { holdings in
                for entry in group.entries {
                    holdings?.add(JournalFile.Group.bytes(of: entry), at: entry.row, of: entry.owner)
                }
            }
            let bytes = try file.bytesUsed()
            let now = time.uptime()
            let took = now - start
            let recovered = state.withLock { state in
                state.committed(group, now: now, took: took, bytes: bytes)
                defer { state.retryAt = nil }
                return state.retryAt != nil
            }
            if recovered { onIncident(.resumed) }
            takeBallast(now, recovered: recovered)
            if took > settings.slowCommit { onIncident(.slowCommit(took)) }
            refreshEnds()
            return true
        } catch {
            let now = time.uptime()
            state.withLock { $0.returned(group, now: now) }
            if error.passes { waitForSpace(error, now) } else { fail(error) }
            return false
        }
    }

    /// How long to wait after a disk had no room for the ballast.
    static var ballastPause: Duration { .seconds(60) }

    /// Takes the ballast up again, if it was released and there is room now.
    private func takeBallast(_ now: Uptime, recovered: Bool) {
        guard let due = state.withLock({ $0.ballastDue }), recovered || due <= now else { return }
        let isWhole = ballast.take()
        state.withLock { $0.ballastDue = isWhole ? nil : now + Self.ballastPause }
    }

    /// Other data filled the disk: frees what is owed to no destination, and tries again in a second.
    private func waitForSpace(_ error: JournalError, _ now: Uptime) {
        let (first, rows) = state.withLock { state in
            defer { state.retryAt = now + .seconds(1) }
            return (state.retryAt == nil, state.acknowledgedToDelete(atLeast: state.settings.groupCount))
        }
        if first { onIncident(.stalled(error)) }
        do throws(JournalError) {
            try file.checkpoint()
            if !rows.isEmpty { try deleteAcknowledged(rows) }
        } catch {
            // As before: the next attempt comes by itself.
            if !error.passes { fail(error) }
        }
    }

    private func tellDropped() {
        tell { state in
            defer { state.droppedLosses = [] }
            return state.droppedLosses
        }
    }

    /// Rows that can never be sent: the loss is reported.
    private func giveUp(_ damaged: RowRanges, _ file: JournalFile) {
        let epochs = file.epochs.withLock { $0 }
        let now = time.uptime()
        tell { $0.givenUp(damaged, epochs: epochs, now: now) }
    }

    /// Notes the losses, in one step with their cause, and reports them.
    func tell(_ losses: (inout JournalState) -> [JournalLoss]) {
        let now = time.uptime()
        let told = state.withLock { state in
            let merged = JournalState.merged(losses(&state))
            state.owe(merged, now: now)
            return merged
        }
        for loss in told { onIncident(.loss(loss)) }
    }

    /// Looks up the time of each destination's oldest and newest committed row, where that row has changed.
    private func refreshEnds() {
        let wanted = state.withLock { state in state.debts.map { $0.endsToLookUp(through: state.committedThrough) } }
        do throws(JournalError) {
            for (index, rows) in wanted.enumerated() {
                let oldest = try time(of: rows.oldest)
                let newest = rows.newest == rows.oldest ? oldest : try time(of: rows.newest)
                state.withLock { state in
                    // A reload may have removed a destination meanwhile.
                    guard state.debts.indices.contains(index) else { return }
                    if let oldest { state.debts[index].oldest = oldest }
                    if let newest { state.debts[index].newest = newest }
                }
            }
        } catch {
            fail(error)
        }
    }

    private func time(of row: Int64?) throws(JournalError) -> (row: Int64, time: Instant)? {
        guard let row, let time = try file.time(of: row) else { return nil }
        return (row, time)
    }

    /// Ends the journal's work after an error.
    func fail(_ error: JournalError) {
        if error.passes { return }
        if case .corrupt = error { folder.markDamaged() }
        let first = state.withLock { state in
            defer { state.failed = true }
            return !state.failed
        }
        if first { onFailure(error) }
    }
}
