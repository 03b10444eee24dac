import Contract
import DequeModule
public import Domain
import Synchronization

/// Consecutive numbers of an epoch, with entries that a destination is owed.
public struct OwedRange: Sendable, Hashable {
    public var epoch: String
    /// The first and the last owed entry; `count` entries between them are owed.
    public var first: UInt64
    public var last: UInt64
    public var count: Int

    public init(epoch: String, first: UInt64, last: UInt64, count: Int) {
        (self.epoch, self.first, self.last, self.count) = (epoch, first, last, count)
    }

    /// How many an event names.
    static let mostOfEvent = 100

    /// Returns the rows as numbers of their epochs, the oldest first, in at most that many ranges.
    ///
    /// Where there are more, the smallest holes are closed: `count` then says how many of the numbers are owed. Where
    /// the rows are of more epochs than that, the oldest epochs are left out.
    ///
    /// - Parameter epochs: sorted by base.
    /// - Returns: also how many of the rows are in no range.
    static func list(_ rows: RowRanges, _ epochs: [JournalFile.Epoch], most: Int) -> (ranges: [Self], left: Int) {
        var pieces: [Piece] = []
        for (index, epoch) in epochs.enumerated() {
            let end = index + 1 < epochs.count ? epochs[index + 1].base + 1 : Int64.max
            for range in rows.clamped(to: epoch.base + 1..<max(end, epoch.base + 1)).ranges {
                pieces.append(Piece(epoch: index, rows: range, count: range.count))
            }
        }
        let named = Set(Set(pieces.map(\.epoch)).sorted().suffix(most))
        pieces.removeAll { !named.contains($0.epoch) }
        let joined = Piece.joined(pieces, most: most)
        let ranges = joined.map { piece in
            let epoch = epochs[piece.epoch]
            return Self(
                epoch: epoch.name,
                first: UInt64(piece.rows.lowerBound - epoch.base),
                last: UInt64(piece.rows.upperBound - 1 - epoch.base),
                count: piece.count
            )
        }
        return (ranges, rows.count - joined.reduce(0) { $0 + $1.count })
    }

    /// Rows of one epoch, by its index.
    private struct Piece {
        var epoch: Int
        var rows: Range<Int64>
        var count: Int

        /// Closes the smallest holes within epochs until no more pieces are left than that.
        static func joined(_ pieces: [Piece], most: Int) -> [Piece] {
            let surplus = pieces.count - most
            guard surplus > 0 else { return pieces }
            let holes = pieces.indices.dropFirst().filter { pieces[$0].epoch == pieces[$0 - 1].epoch }
            let smallest = holes.sorted { a, b in
                let (first, second) = (pieces[a].hole(after: pieces[a - 1]), pieces[b].hole(after: pieces[b - 1]))
                return first == second ? a < b : first < second
            }
            let closed = Set(smallest.prefix(surplus))
            return pieces.enumerated().reduce(into: []) { result, next in
                if closed.contains(next.offset), let last = result.last {
                    result[result.count - 1].rows = last.rows.lowerBound..<next.element.rows.upperBound
                    result[result.count - 1].count += next.element.count
                } else {
                    result.append(next.element)
                }
            }
        }

        private func hole(after other: Piece) -> Int64 { rows.lowerBound - other.rows.upperBound }
    }
}

extension Journal {
    /// Returns the numbers of the entries that a destination is owed, in memory and on disk, the oldest first.
    ///
    /// - Parameter most: how many ranges at most; see `OwedRange`.
    /// - Returns: also whether entries of older epochs are left out.
    public func owed(destination: String, most: Int) -> (ranges: [OwedRange], leavesOutOlder: Bool) {
        let pending = state.withLock { state in
            state.debts.first { $0.destination.id == destination }?.pending ?? RowRanges()
        }
        let (ranges, left) = OwedRange.list(pending, file.epochs.withLock { $0 }, most: most)
        return (ranges, left > 0)
    }

    /// The greatest number that an entry of this start's epoch has got; 0 before the first.
    public var lastSeq: UInt64 { state.withLock { UInt64($0.nextRow - 1 - $0.epoch.base) } }

    /// The time of the newest entry that the destination is owed; nil where it is owed nothing. Cheap, and as late as
    /// `pending` is.
    public func newestPending(destination: String) -> Instant? {
        state.withLock { state in
            guard let debt = state.debts.first(where: { $0.destination.id == destination }),
                let last = debt.pending.last
            else { return nil }
            for entries in [state.committing, state.waiting] {
                if let newest = JournalState.find(last, in: entries) { return newest.entry.stamp.time }
            }
            return debt.newest?.time
        }
    }
}

extension JournalState.Debt {
    /// The ends of what is owed whose times are not known, as far as they are on disk.
    func endsToLookUp(through committed: Int64) -> (oldest: Int64?, newest: Int64?) {
        let first = pending.first.flatMap { $0 <= committed && $0 != oldest?.row ? $0 : nil }
        let last = pending.last.flatMap { $0 <= committed && $0 != newest?.row ? $0 : nil }
        return (first, last)
    }
}
