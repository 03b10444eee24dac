public import Contract
import DequeModule
import Synchronization

/// What became of a request to send entries again.
public struct SendingAgain: Sendable, Hashable {
    /// How many entries go out again.
    public var entries = 0
    /// The first row of them.
    public var first: Int64?
    /// How many of the entries asked for are no longer here, and how many incidents report them.
    public var notKept = 0
    public var losses = 0

    public init() {}
}

extension Journal {
    /// Sends a destination again what it asks for, as far as it is still here. What is still owed to it stays owed, and
    /// goes once. Entries that are no longer here are reported as an incident of the reason `notKept`. Numbers that
    /// were not given yet mean nothing.
    ///
    /// Nothing of it is stored: after a restart the destination asks again. From any thread; it costs one commit.
    ///
    /// - Parameters:
    ///   - most: how many incidents may report what is not here; the last one covers the rest. At least 1.
    ///   - done: called once, on the journal's thread; nil when the journal is closed or does not know the destination.
    public func sendAgain(
        _ request: ResendRequest,
        to destination: String,
        losses most: Int,
        done: @escaping @Sendable (SendingAgain?) -> Void
    ) {
        // What is in memory alone can only go again from the disk.
        enqueue(flushing: true) { [self] file in
            guard let file else { return done(nil) }
            let epochs = file.epochs.withLock { $0 }
            let answer = state.withLock { $0.sendAgain(request, to: destination, epochs: epochs, losses: most) }
            guard let answer else { return done(nil) }
            tell { _ in answer.losses }
            var result = SendingAgain()
            result.entries = answer.rows.count
            result.first = answer.rows.first
            result.notKept = answer.losses.reduce(0) { $0 + $1.count }
            result.losses = answer.losses.count
            done(result)
        }
    }

    /// How many entries the destination has asked for again that it has not acknowledged yet. Cheap.
    public func askedAgain(destination: String) -> Int {
        state.withLock { state in state.debts.first { $0.destination.id == destination }?.askedAgain.count ?? 0 }
    }

    /// How many entries are to be sent to the destination: what it is owed, and what it has asked for again. Cheap.
    public func toSend(destination: String) -> Int {
        state.withLock { state in
            state.debts.first { $0.destination.id == destination }.map { $0.pending.count + $0.askedAgain.count } ?? 0
        }
    }
}

extension JournalState.Debt {
    func wants(_ row: Int64) -> Bool { pending.contains(row) || askedAgain.contains(row) }
}

extension JournalState {
    /// The next committed rows to send to a destination, in the order of rows.
    ///
    /// - Parameter limit: how many of both kinds together.
    func page(of destination: String, after row: Int64, limit: Int) -> (owed: RowRanges, again: RowRanges)? {
        guard row < committedThrough, let debt = debts.first(where: { $0.destination.id == destination }) else {
            return nil
        }
        let bounds = row + 1..<committedThrough + 1
        let owed = debt.pending.clamped(to: bounds).prefix(limit)
        let again = debt.askedAgain.clamped(to: bounds).prefix(limit)
        if again.isEmpty { return (owed, again) }
        var both = owed
        both.formUnion(again)
        let page = both.prefix(limit)
        return (owed.intersection(page), again.intersection(page))
    }

    /// - Returns: the rows that go again, and what is no longer here; nil for an unknown destination.
    mutating func sendAgain(
        _ request: ResendRequest,
        to destination: String,
        epochs: [JournalFile.Epoch],
        losses most: Int
    ) -> (rows: RowRanges, losses: [JournalLoss])? {
        guard let index = debts.firstIndex(where: { $0.destination.id == destination }) else { return nil }
        guard let place = epochs.firstIndex(where: { $0.name == request.epoch }) else {
            let asked = RowRanges(merging: request.ranges.map { Int64($0.lowerBound)..<Int64($0.upperBound) + 1 })
            return (RowRanges(), Self.notKept(asked, of: request.epoch, above: 0, to: destination, most: most))
        }
        let base = epochs[place].base
        let end = place + 1 < epochs.count ? epochs[place + 1].base + 1 : nextRow
        let asked = RowRanges(
            merging: request.ranges.compactMap { range in
                // Every number of an entry fits into a row; a number above the last one given names nothing.
                let given = UInt64(max(0, end - 1 - base))
                guard range.lowerBound <= given else { return nil }
                return base + Int64(range.lowerBound)..<base + Int64(min(range.upperBound, given)) + 1
            }
        )
        var here = stored
        for item in committing + waiting { here.append(item.entry.row..<item.entry.row + 1) }
        var missing = asked
        missing.subtract(here)
        // What it is owed is on its way already.
        var rows = asked.intersection(here)
        rows.subtract(debts[index].pending)
        debts[index].askedAgain.formUnion(rows)
        return (rows, Self.notKept(missing, of: request.epoch, above: base, to: destination, most: most))
    }

    private static func notKept(
        _ rows: RowRanges,
        of epoch: String,
        above base: Int64,
        to destination: String,
        most: Int
    ) -> [JournalLoss] {
        let ranges = Array(rows.ranges)
        var losses = ranges.prefix(max(1, most)).map { range in
            JournalLoss(
                .notKept,
                UInt64(range.lowerBound - base)...UInt64(range.upperBound - 1 - base),
                count: range.count,
                of: epoch,
                to: destination
            )
        }
        // The last one covers what is above the most.
        if let last = ranges.last, ranges.count > losses.count, !losses.isEmpty {
            losses[losses.count - 1].last = UInt64(last.upperBound - 1 - base)
            losses[losses.count - 1].count += ranges[losses.count...].reduce(0) { $0 + $1.count }
        }
        return losses
    }

    /// Gives up rows that the destination asked for again and that the disk does not return.
    ///
    /// - Returns: the losses.
    mutating func forsake(_ rows: RowRanges, of destination: String, epochs: [JournalFile.Epoch]) -> [JournalLoss] {
        guard let index = debts.firstIndex(where: { $0.destination.id == destination }) else { return [] }
        let gone = debts[index].askedAgain.intersection(rows)
        debts[index].askedAgain.subtract(gone)
        return OwedRange.list(gone, epochs, most: .max).ranges.map { range in
            JournalLoss(.damaged, range.first...range.last, count: range.count, of: range.epoch, to: destination)
        }
    }
}

extension JournalLoss {
    /// A loss of one destination.
    init(_ reason: Reason, _ numbers: ClosedRange<UInt64>, count: Int, of epoch: String, to destination: String) {
        self.init(
            reason: reason,
            epoch: epoch,
            first: numbers.lowerBound,
            last: numbers.upperBound,
            count: count,
            destinations: [destination]
        )
    }

    /// - Parameter rows: the first and the last row, both of that epoch.
    init(
        _ reason: Reason,
        _ rows: ClosedRange<Int64>,
        count: Int,
        in epoch: JournalFile.Epoch,
        to destination: String
    ) {
        let numbers = UInt64(rows.lowerBound - epoch.base)...UInt64(rows.upperBound - epoch.base)
        self.init(reason, numbers, count: count, of: epoch.name, to: destination)
    }
}
