import Domain

/// An increase over the time in which it was counted: it belongs to the interval (since, time], evenly.
struct Span: Hashable, Sendable {
    /// Milliseconds since 1970.
    var since: Int64
    var time: Int64
    var amount: Fixed
    /// Billionths of one count, in which the amount is shared out if it is whole counts.
    var quantum: Int128

    /// The part of a span in a piece of time.
    struct Part: Hashable, Sendable {
        var amount: Fixed
        var carried: Carried
        /// Whether the span ends in this piece.
        var isLast: Bool
    }

    /// The amount counted by a moment, rounded down to whole counts, so that the parts of any pieces add up to the
    /// amount.
    private func counted(by moment: Int64) -> Int128 {
        guard moment < time else { return amount.billionths }
        guard moment > since else { return 0 }
        let unit = quantum > 0 && amount.billionths % quantum == 0 ? quantum : 1
        let product = (amount.billionths / unit).multipliedReportingOverflow(by: Int128(moment - since))
        // Above 10^20 the shares need not be exact.
        guard !product.overflow else {
            return amount.billionths / Int128(time - since) * Int128(moment - since)
        }
        let (quotient, remainder) = product.partialValue.quotientAndRemainder(dividingBy: Int128(time - since))
        return (remainder < 0 ? quotient - 1 : quotient) * unit
    }

    /// The part of the span in the piece (from, to]; the span overlaps the piece.
    func part(from: Int64, to: Int64) -> Part {
        let share = Carried.Share(
            amount: Fixed(billionths: counted(by: to) - counted(by: from)),
            milliseconds: max(0, min(time, to) - max(since, from))
        )
        let (beginsBefore, endsAfter) = (since < from, time > to)
        return Part(
            amount: share.amount,
            carried: Carried(
                head: beginsBefore ? share : .init(),
                tail: endsAfter ? share : .init(),
                covering: beginsBefore && endsAfter ? 1 : 0
            ),
            isLast: time <= to
        )
    }

    /// The numbers of the pieces of that length that it overlaps.
    func pieces(of length: Int64) -> ClosedRange<Int64> {
        let first = since.flooredDivision(by: length).quotient
        let last = (time - 1).flooredDivision(by: length).quotient
        return min(first, last)...max(first, last)
    }
}
