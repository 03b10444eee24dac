import Domain
import Platform
import Synchronization

extension Journal {
    /// Deletes until the group fits: first what all have acknowledged; then, of what is owed, the oldest of the devices
    /// that hold most.
    ///
    /// - Returns: whether anything was deleted.
    func makeRoom(for group: JournalFile.Group) throws(JournalError) -> Bool {
        let incoming = group.bytes
        var deleted = false
        while try file.bytesUsed() + incoming > settings.room {
            let rows = state.withLock { $0.acknowledgedToDelete(atLeast: group.entries.count) }
            if !rows.isEmpty {
                try deleteAcknowledged(rows)
            } else if try !giveUpOfLargest(atLeast: group.entries.count, incoming) {
                break
            }
            deleted = true
        }
        return deleted
    }

    func deleteAcknowledged(_ rows: RowRanges) throws(JournalError) {
        // They are counted before they are gone. While no device has had to give anything, nothing is counted.
        let known = holdings.withLock { $0 != nil }
        let held = known ? try file.held(rows) : []
        try delete(rows, [Share(rows: rows)])
        holdings.withLock { for entry in held { $0?.remove(entry.bytes, of: entry.device) } }
    }

    /// Takes the oldest rows of the devices that hold most, some at a time.
    ///
    /// - Returns: false if nothing is left to give up.
    private func giveUpOfLargest(atLeast count: Int, _ incoming: Int64) throws(JournalError) -> Bool {
        let rows = state.withLock { $0.deletable }
        let atOnce = max(rows.count / 50, count, 1)
        var known = holdings.withLock { $0 }
        if known == nil { known = try file.holdings() }
        guard var known, !rows.isEmpty else { return false }
        while let (from, excess) = known.next(freeing: max(known.total / 50, incoming)) {
            let stretch = rows.clamped(to: from..<Int64.max).prefix(atOnce)
            guard let last = stretch.last else {
                known.forget(from: from)
                continue
            }
            let cut = Cut(from..<last + 1, try file.held(stretch), excess, known, most: known.total / 25)
            let gone = RowRanges(cut.taken.lazy.map { $0.row..<$0.row + 1 })
            if !gone.isEmpty { try delete(gone, Share.naming(cut.taken), packing: cut.packed) }
            cut.settle(in: &known)
            holdings.withLock { $0 = known }
            if !gone.isEmpty { return true }
        }
        // Only the gateway's own entries are left.
        let oldest = rows.prefix(atOnce)
        try delete(oldest, [Share(rows: oldest)])
        return true
    }

    private func delete(
        _ rows: RowRanges,
        _ shares: [Share],
        packing packed: Range<Int64>? = nil
    ) throws(JournalError) {
        let epochs = file.epochs.withLock { $0 }
        let now = time.uptime()
        // The state after the deletion: the losses go to disk with it, so that the next start reports them if this one
        // dies first.
        let (ledger, losses) = state.withLock { state in
            var after = state
            after.owe(JournalState.merged(after.deleted(shares, epochs: epochs)), now: now)
            return (after.storedWritten, after.remembered[Telling.key])
        }
        try file.delete(rows, packing: packed, leaving: ledger, remembering: (Telling.key, losses))
        tell { $0.deleted(shares, epochs: epochs) }
    }
}
