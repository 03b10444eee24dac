import DequeModule

/// The rows that a destination is still owed, in the form on disk: some ranges, and everything from a row on.
///
/// New rows belong to the open end, so that a destination that is away causes no writes while its backlog grows.
struct Ledger: Hashable, Sendable {
    var owed: RowRanges
    var owedFrom: Int64

    /// - Parameter next: the row that the next entry will get.
    init(pending: RowRanges, next: Int64) {
        guard let last = pending.ranges.last, last.upperBound == next else {
            owed = pending
            owedFrom = next
            return
        }
        owed = pending
        owed.remove(last)
        owedFrom = last.lowerBound
    }

    init(owed: RowRanges, owedFrom: Int64) {
        self.owed = owed
        self.owedFrom = owedFrom
    }

    /// The rows below `next`, as a plain set.
    func rows(below next: Int64) -> RowRanges {
        var rows = owed.clamped(to: Int64.min..<next)
        if owedFrom < next { rows.append(owedFrom..<next) }
        return rows
    }
}
