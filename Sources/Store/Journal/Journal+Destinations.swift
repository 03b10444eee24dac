import Domain
import GRDB
import Synchronization

extension Journal {
    /// Serves these destinations from now on. A new destination is owed the entries from now on; what a removed one was
    /// still owed is given up, and reported as an incident. Cheap, from any thread.
    public func replace(destinations: [JournalDestination]) {
        let gone = state.withLock { $0.replace(destinations: destinations) }
        guard !gone.isEmpty else { return }
        enqueue { [self] file in
            let epochs = self.file.epochs.withLock { $0 }
            for (id, owed) in gone {
                if !owed.isEmpty { onIncident(.removed(id, owed: owed, epochs)) }
                // Another reload may have added it again by now.
                let isBack = state.withLock { $0.debts.contains { $0.destination.id == id } }
                guard let file, !isBack else { continue }
                do throws(JournalError) { try file.forgetLedger(of: id) } catch { fail(error) }
            }
        }
    }
}

extension JournalState {
    /// - Returns: the removed destinations, and the rows that each was owed.
    mutating func replace(destinations: [JournalDestination]) -> [(id: String, owed: RowRanges)] {
        let before = debts
        debts = destinations.map { destination in
            if var debt = before.first(where: { $0.destination.id == destination.id }) {
                debt.destination = destination
                return debt
            }
            // The disk has no ledger of it: the next group writes one.
            return Debt(
                destination: destination,
                pending: RowRanges(),
                written: Ledger(owed: RowRanges(), owedFrom: .max)
            )
        }
        return before.filter { old in !destinations.contains { $0.id == old.destination.id } }
            .map { ($0.destination.id, $0.pending) }
    }
}

extension JournalIncident {
    /// - Parameter epochs: sorted by base.
    static func removed(_ id: String, owed: RowRanges, _ epochs: [JournalFile.Epoch]) -> JournalIncident {
        let (ranges, _) = OwedRange.list(owed, epochs, most: OwedRange.mostOfEvent)
        return .destinationRemoved(id: id, owed: owed.count, ranges: ranges)
    }
}

extension JournalFile {
    /// Forgets what a destination is owed.
    func forgetLedger(of destination: String) throws(JournalError) {
        try Self.converting("forget a destination in", path) {
            try queue.write { db in
                try db.execute(sql: "DELETE FROM ledgers WHERE destination = ?", arguments: [destination])
            }
        }
    }
}
