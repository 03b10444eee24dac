import Contract
import Domain
import Journal

/// The backlog, page by page from the journal.
extension Lanes {
    /// A page of the journal's pending entries arrived; an empty one after this cursor means that the oldest come next.
    mutating func turned(_ entries: [JournalEntry], after asked: Int64, now: Uptime) {
        pageIsComing = false
        if took(trialPage: entries, after: asked, now: now) { return }
        guard asked == cursor else { return }
        page.append(contentsOf: entries)
        if let last = entries.last { cursor = last.row } else { endPass(now: now) }
    }

    /// The backlog was gone through: the oldest come next, later.
    mutating func endPass(now: Uptime) {
        page.removeAll()
        cursor = 0
        pageAskedAgainAt = now + Self.lookAgain
        // The rest of an empty stream is over, but the stream is still known.
        let wakes = resting.values.lazy.filter { $0 > now }.min()
        if pass.sent == 0, pass.skipped > 0, let wakes { pageAskedAgainAt = wakes }
        pass = (0, 0)
    }

    /// Reads the backlog again from that row on, if it has been gone through.
    mutating func reread(from row: Int64) {
        guard row <= cursor else { return }
        page.removeAll()
        cursor = row - 1
        pageAskedAgainAt = nil
    }

    mutating func nextBackfill(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        if let allowed = backfillAllowedAt, allowed > now { return .idle(until: allowed) }
        guard let entry = nextOfPage(now: now, isPending: isPending) else {
            return nextPage(now: now, isPending: isPending, owed: owed)
        }
        takeOfPage(now: now)
        return sending(entry, .backfill)
    }

    /// Returns the page's next entry that may go out, and leaves it there.
    mutating func nextOfPage(now: Uptime, isPending: (Int64) -> Bool) -> JournalEntry? {
        while let entry = page.first {
            // Entries of the live lane are newer than all of the backlog: from there on the live lane sends them.
            if let first = live.first?.entry.row, entry.row >= first { return nil }
            if inFlight[entry.row] == nil, !judge.isSuspect(entry.row), isPending(entry.row) {
                if !rests(entry, .backfill, now: now) { return entry }
                pass.skipped += 1
            }
            page.removeFirst()
        }
        return nil
    }

    /// Takes that entry out of the page.
    mutating func takeOfPage(now: Uptime) {
        page.removeFirst()
        pass.sent += 1
        // At most a tenth of a second's worth is made up for at once.
        let earliest = now - .milliseconds(100)
        let share = Duration.nanoseconds(1_000_000_000 / Int64(settings.backfillRate))
        backfillAllowedAt = max(backfillAllowedAt ?? now, earliest) + share
    }

    /// The page has nothing that may go out: asks for the next one, or waits.
    mutating func nextPage(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        if !page.isEmpty {
            if packs == nil { return .idle(until: now + Self.lookAgain) }
            // The rest waits for its live pack. Older rows may be owed again before that.
            endPass(now: now)
        }
        if pageIsComing { return .idle(until: nil) }
        if let again = pageAskedAgainAt {
            guard again <= now else { return .idle(until: again) }
            pageAskedAgainAt = nil
        }
        guard owed() > inFlight.count + live.count + suspectsOwed(isPending) else { return .idle(until: nil) }
        pageIsComing = true
        return .page(after: cursor)
    }
}
