import Domain

/// The content of the bins for one member of a figure in one window.
struct Evidence {
    /// The content of the bins for one source.
    struct Source {
        var tap: Tap?
        var whole: Breakdown = [:]
        /// Bins by number, for measures that look into the window.
        var bins: [Int64: Breakdown] = [:]

        /// What was shared out into these pieces from an increase that reaches beyond them.
        func carried(over numbers: Range<Int64>) -> Carried.Share {
            var sum: Breakdown = [:]
            for number in numbers { sum.append(bins[number] ?? [:]) }
            return sum.values.reduce(Carried.Share()) { $0 + $1.carried.share }
        }
    }

    var member: IndicatorPlan.Member
    var values: [Source] = []
    var speeds: [Source] = []
    /// A tally for each point that shows whether the device was present.
    var presence: [Tally] = []
    /// Bins in which a device of events was present: without an event they are zero, not missing.
    var quiet: [Int64: Breakdown] = [:]
    /// How many readings the interval calls for.
    var expected = 0

    var isOfEvents: Bool { member.values.contains(where: \.isOfEvents) }

    /// A reading carries all its points. Where a device sends points apart, the point received most often counts the
    /// readings.
    var received: Int { presence.map(\.received).max() ?? 0 }
    var excluded: Int { presence.map(\.excluded).max() ?? 0 }
    var unverified: Int { presence.map(\.unverified).max() ?? 0 }
    /// Readings that counted, at most as many as expected: more of them add no evidence.
    var counted: Int { min(heard, expected) }
    var heard: Int { presence.map(\.counted).min() ?? 0 }
    var isActive: Bool { values.contains { $0.whole.whole.hasSum } }
}

extension Tally {
    /// Whether anything was counted, even zero: zero and no data differ.
    var hasSum: Bool { count > 0 || !carried.isNone }
}
