import Contract
import DequeModule
import Domain

extension JournalState {
    /// Returns the next rows to delete that all have acknowledged, the oldest first.
    func acknowledgedToDelete(atLeast incoming: Int) -> RowRanges {
        var settled = deletable
        for debt in debts { settled.subtract(debt.pending) }
        return settled.prefix(max(stored.count / 50, incoming, 1))
    }

    /// The rows on disk except the very last, which stays, so that the next start knows how far this epoch came.
    var deletable: RowRanges {
        var rows = stored
        rows.remove(committedThrough)
        return rows
    }

    /// Notes that the rows are gone from the disk.
    ///
    /// - Returns: the losses of each destination.
    mutating func deleted(_ shares: [Share], epochs: [JournalFile.Epoch]) -> [JournalLoss] {
        for share in shares { stored.subtract(share.rows) }
        storedWritten = Ledger(pending: stored, next: committedThrough + 1)
        return gone(shares, .limit, epochs)
    }

    /// Removes rows that no longer exist from every debt.
    private mutating func gone(
        _ shares: [Share],
        _ reason: JournalLoss.Reason,
        _ epochs: [JournalFile.Epoch]
    ) -> [JournalLoss] {
        var losses: [JournalLoss] = []
        for share in shares {
            let lost = lose(share, reason, epochs, &losses)
            snapshot.lost += lost
            snapshot.reclaimed += share.rows.count - lost
        }
        return losses
    }

    /// Gives up rows that stay on disk until room is needed.
    ///
    /// - Returns: the losses of each destination.
    mutating func givenUp(_ rows: RowRanges, epochs: [JournalFile.Epoch], now: Uptime) -> [JournalLoss] {
        var losses: [JournalLoss] = []
        snapshot.lost += lose(Share(rows: rows), .damaged, epochs, &losses)
        unsavedAcknowledgements += 1
        acknowledgedSince = acknowledgedSince ?? now
        return losses
    }

    /// Memory is full too: drops some of what waits, a fiftieth of the maximum at a time; the oldest of the devices
    /// that have most waiting.
    mutating func dropWaiting() {
        let excess = waiting.count + committing.count - settings.waitingLimit
        let count = min(waiting.count, max(excess, settings.waitingLimit / 50))
        guard count > 0 else { return }
        var holdings = Holdings()
        for item in waiting { holdings.add(1, at: item.entry.row, of: item.entry.owner) }
        var left = holdings.excess(freeing: Int64(count))
        // The gateway's own entries give only what all devices together cannot.
        var own = max(0, count - Int(holdings.total))
        var taken: [(row: Int64, device: JournalDevice?)] = []
        waiting.removeAll { item in
            if let device = item.entry.owner {
                guard let quota = left[device], quota > 0 else { return false }
                left[device] = quota - 1
            } else {
                guard own > 0 else { return false }
                own -= 1
            }
            taken.append((item.entry.row, item.entry.owner))
            return true
        }
        for loss in gone(Share.naming(taken), .stalled, [epoch]) { Self.add(loss, to: &droppedLosses) }
    }

    /// Removes the rows from every debt.
    ///
    /// - Returns: how many of the rows were owed to any destination.
    private mutating func lose(
        _ share: Share,
        _ reason: JournalLoss.Reason,
        _ epochs: [JournalFile.Epoch],
        _ losses: inout [JournalLoss]
    ) -> Int {
        var settled = share.rows
        for (index, epoch) in epochs.enumerated() {
            let end = index + 1 < epochs.count ? epochs[index + 1].base + 1 : Int64.max
            let ofEpoch = share.rows.clamped(to: epoch.base + 1..<max(end, epoch.base + 1))
            guard !ofEpoch.isEmpty else { continue }
            for debt in debts.indices {
                let id = debts[debt].destination.id
                let again = debts[debt].askedAgain.intersection(ofEpoch)
                if let first = again.first, let last = again.last {
                    debts[debt].askedAgain.subtract(again)
                    let reason = reason == .damaged ? reason : .notKept
                    Self.add(JournalLoss(reason, first...last, count: again.count, in: epoch, to: id), to: &losses)
                }
                let owed = debts[debt].pending.intersection(ofEpoch)
                guard let first = owed.first, let last = owed.last else { continue }
                for telling in tellings where telling.row.map(owed.contains) ?? false {
                    guard telling.loss.destinations.contains(id) else { continue }
                    var again = telling.loss
                    again.destinations = [id]
                    Self.add(again, to: &losses)
                }
                debts[debt].pending.subtract(owed)
                debts[debt].givenUp += owed.count
                settled.subtract(owed)
                var loss = JournalLoss(reason, first...last, count: owed.count, in: epoch, to: id)
                loss.device = share.device
                Self.add(loss, to: &losses)
            }
        }
        return share.rows.count - settled.count
    }

    /// Destinations with the same loss are reported together; a loss that follows another continues it.
    private static func add(_ loss: JournalLoss, to losses: inout [JournalLoss]) {
        var whole = loss
        if let index = losses.lastIndex(where: {
            $0.destinations == loss.destinations && $0.epoch == loss.epoch && $0.reason == loss.reason
                && $0.device == loss.device && $0.last < loss.first
        }) {
            whole = losses.remove(at: index)
            whole.last = loss.last
            whole.count += loss.count
        }
        losses.append(whole)
    }

    /// Merges the losses that differ only in the destination.
    static func merged(_ losses: [JournalLoss]) -> [JournalLoss] {
        var merged: [JournalLoss] = []
        for loss in losses {
            if let index = merged.firstIndex(where: {
                ($0.epoch, $0.first, $0.last, $0.count) == (loss.epoch, loss.first, loss.last, loss.count)
                    && $0.reason == loss.reason && $0.device == loss.device
            }) {
                merged[index].destinations += loss.destinations
            } else {
                merged.append(loss)
            }
        }
        return merged
    }
}
