import Domain

/// A value over the time in which it held: from its reading until the next one, good or bad, and no longer than 2.5
/// intervals.
struct Hold: Hashable, Sendable {
    /// Milliseconds since 1970.
    var from: Int64
    var to: Int64
    var value: Fixed
    var isWithin: Bool

    /// - Parameter next: when the next reading came; nil while there is none.
    init?(_ mark: Series.Mark, until next: Int64?, _ tap: Tap) {
        guard let value = mark.value else { return nil }
        from = mark.time
        to = min(next ?? .max, mark.time + tap.longestHold)
        guard to > from else { return nil }
        self.value = value
        isWithin = tap.isWithin(value)
    }

    /// Makes the hold of a row: the interval that the row covers.
    init(row value: Fixed, from: Int64, to: Int64, _ tap: Tap) {
        self.from = from
        self.to = to
        self.value = value
        isWithin = tap.isWithin(value)
    }

    /// The part within a piece of time; nil if there is none.
    func part(from begin: Int64, to end: Int64) -> Tally? {
        let length = min(to, end) - max(from, begin)
        guard length > 0 else { return nil }
        var tally = Tally()
        tally.integral = value.billionths * Int128(length)
        tally.milliseconds = length
        tally.within = isWithin ? length : 0
        return tally
    }

    /// The numbers of the 15-minute bins that it overlaps.
    var bins: ClosedRange<Int64> {
        from.flooredDivision(by: Window.bin).quotient...(to - 1).flooredDivision(by: Window.bin).quotient
    }
}
