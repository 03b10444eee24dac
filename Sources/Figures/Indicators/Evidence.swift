import Domain

/// What the bins have of one window for one member of a figure.
struct Evidence {
    /// What they have of one source.
    struct Source {
        var tap: Tap?
        var whole: Breakdown = [:]
        /// By the bin's number; for measures that look into the window.
        var bins: [Int64: Breakdown] = [:]

        /// What of the pieces came by sharing out an increase that reaches beyond them.
        func carried(over numbers: Range<Int64>) -> Carried.Share {
            var sum: Breakdown = [:]
            for number in numbers { sum.append(bins[number] ?? [:]) }
            return sum.values.reduce(Carried.Share()) { $0 + $1.carried.share }
        }
    }

    var member: IndicatorPlan.Member
    var values: [Source] = []
    var speeds: [Source] = []
    /// Of each point that tells whether the device was heard.
    var presence: [Tally] = []
    /// Bins in which a device of events was heard: without an event they are zero, not nothing.
    var quiet: [Int64: Breakdown] = [:]
    /// Readings that its interval calls for.
    var expected = 0

    var isOfEvents: Bool { member.values.contains(where: \.isOfEvents) }

    /// A reading carries all its points; of a device that tells them apart, the one that was told most often counts the
    /// readings.
    var received: Int { presence.map(\.received).max() ?? 0 }
    var excluded: Int { presence.map(\.excluded).max() ?? 0 }
    var unverified: Int { presence.map(\.unverified).max() ?? 0 }
    /// Readings that counted, at most those that are expected: of one that sends too often, more say no more.
    var counted: Int { min(heard, expected) }
    var heard: Int { presence.map(\.counted).min() ?? 0 }
    var isActive: Bool { values.contains { $0.whole.whole.hasSum } }
}

extension Tally {
    /// Whether anything was counted, if only nothing: zero and no data are different things.
    var hasSum: Bool { count > 0 || !carried.isNone }
}
