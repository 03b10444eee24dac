import DequeModule
import Domain

extension JournalState {
    /// The next rows to delete: of the acknowledged the oldest, else the oldest of all. The last row of all stays, so that
    /// the next start knows how far this epoch came.
    func nextToDelete(atLeast incoming: Int, acknowledgedOnly: Bool = false) -> RowRanges {
        let chunk = max(stored.count / 50, incoming, 1)
        var candidates = stored
        candidates.remove(committedThrough)
        var settled = candidates
        for debt in debts { settled.subtract(debt.pending) }
        if !settled.isEmpty || acknowledgedOnly { return settled.prefix(chunk) }
        return candidates.prefix(chunk)
    }

    /// Notes that the rows are gone from the disk.
    ///
    /// - Returns: what that takes from whom.
    mutating func deleted(_ rows: RowRanges, epochs: [JournalFile.Epoch]) -> [JournalLoss] {
        stored.subtract(rows)
        storedWritten = Ledger(pending: stored, next: committedThrough + 1)
        var losses: [JournalLoss] = []
        var lost = 0
        for range in rows.ranges {
            lost += lose(range, .limit, epochs, &losses)
        }
        snapshot.lost += lost
        snapshot.reclaimed += rows.count - lost
        return losses
    }

    /// Gives up rows that stay on disk until room is wanted.
    ///
    /// - Returns: what that takes from whom.
    mutating func givenUp(_ rows: RowRanges, epochs: [JournalFile.Epoch], now: Uptime) -> [JournalLoss] {
        var losses: [JournalLoss] = []
        for range in rows.ranges { snapshot.lost += lose(range, .damaged, epochs, &losses) }
        unsavedAcknowledgements += 1
        acknowledgedSince = acknowledgedSince ?? now
        return losses
    }

    /// Memory is full too: the oldest waiting entries go, a fiftieth of what may wait at a time.
    mutating func dropOldestWaiting() {
        let excess = waiting.count + committing.count - settings.waitingLimit
        let count = min(waiting.count, max(excess, settings.waitingLimit / 50))
        guard count > 0 else { return }
        let rows = waiting[0].entry.row..<waiting[count - 1].entry.row + 1
        waiting.removeFirst(count)
        var losses = droppedLosses
        let lost = lose(rows, .stalled, [epoch], &losses)
        droppedLosses = losses
        snapshot.lost += lost
        snapshot.reclaimed += count - lost
    }

    /// Takes the rows from all that are owed them.
    ///
    /// - Returns: how many of the rows were owed to anyone.
    private mutating func lose(
        _ rows: Range<Int64>,
        _ reason: JournalLoss.Reason,
        _ epochs: [JournalFile.Epoch],
        _ losses: inout [JournalLoss]
    ) -> Int {
        var settled = RowRanges([rows])
        for (index, epoch) in epochs.enumerated() {
            let end = index + 1 < epochs.count ? epochs[index + 1].base + 1 : Int64.max
            let ofEpoch = rows.clamped(to: epoch.base + 1..<max(end, epoch.base + 1))
            guard !ofEpoch.isEmpty else { continue }
            for debt in debts.indices {
                let owed = debts[debt].pending.clamped(to: ofEpoch)
                guard let first = owed.first, let last = owed.ranges.last else { continue }
                let id = debts[debt].destination.id
                for telling in tellings where telling.row.map(owed.contains) ?? false {
                    guard telling.loss.destinations.contains(id) else { continue }
                    var again = telling.loss
                    again.destinations = [id]
                    Self.add(again, to: &losses)
                }
                for range in owed.ranges {
                    debts[debt].pending.remove(range)
                    settled.remove(range)
                }
                let loss = JournalLoss(
                    reason: reason,
                    epoch: epoch.name,
                    first: UInt64(first - epoch.base),
                    last: UInt64(last.upperBound - 1 - epoch.base),
                    count: owed.count,
                    destinations: [id]
                )
                Self.add(loss, to: &losses)
            }
        }
        return rows.count - settled.count
    }

    /// Destinations that lose the same are told in one; what follows on a loss continues it.
    private static func add(_ loss: JournalLoss, to losses: inout [JournalLoss]) {
        var whole = loss
        if let index = losses.lastIndex(where: {
            $0.destinations == loss.destinations && $0.epoch == loss.epoch && $0.reason == loss.reason
                && $0.last < loss.first
        }) {
            whole = losses.remove(at: index)
            whole.last = loss.last
            whole.count += loss.count
        }
        losses.append(whole)
    }

    /// Merges the losses that differ in nothing but the destination.
    static func merged(_ losses: [JournalLoss]) -> [JournalLoss] {
        var merged: [JournalLoss] = []
        for loss in losses {
            if let index = merged.firstIndex(where: {
                ($0.epoch, $0.first, $0.last, $0.count) == (loss.epoch, loss.first, loss.last, loss.count)
                    && $0.reason == loss.reason
            }) {
                merged[index].destinations += loss.destinations
            } else {
                merged.append(loss)
            }
        }
        return merged
    }
}
