public import Contract

/// Whether everything of a span of time is there.
public enum Verdict: String, Sendable, CaseIterable {
    case complete
    /// All that still exists is there; the gateway has reported what it gave up.
    case givenUp = "given_up"
    /// It cannot be said yet.
    case open
    case incomplete

    /// The worst of several.
    public static func worst(_ verdicts: some Sequence<Verdict>) -> Verdict {
        let order = Verdict.allCases
        return verdicts.max { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) } ?? .complete
    }
}

/// Numbers of an epoch that are not there, and why.
public struct Absence: Hashable, Sendable {
    public enum Why: Hashable, Sendable {
        /// The gateway has reported them as lost, with this reason.
        case told(String)
        /// The gateway still has them: they will come.
        case onTheirWay
        /// The gateway is not there.
        case gatewayAway
        /// Its gateway no longer owes them: the broker has lost them. They can be asked for.
        case lostBehindGateway
        /// Gaps count fewer than they name: some of these numbers are missing, nobody knows which.
        case moreThanTold
        /// The end of the epoch is not known.
        case endUnknown
    }

    public var epoch: String
    public var numbers: SeqRanges
    /// How many are absent: with `moreThanTold` fewer than there are numbers.
    public var count: Int64
    public var why: Why

    public init(epoch: String, numbers: SeqRanges, count: Int64? = nil, why: Why) {
        self.epoch = epoch
        self.numbers = numbers
        self.count = count ?? numbers.count
        self.why = why
    }
}

extension Absence.Why {
    /// The word in the database and in JSON.
    public var word: String {
        switch self {
        case .told(let reason): reason.isEmpty ? "gap" : reason
        case .onTheirWay: "on_their_way"
        case .gatewayAway: "gateway_away"
        case .lostBehindGateway: "lost_behind_gateway"
        case .moreThanTold: "more_than_told"
        case .endUnknown: "end_unknown"
        }
    }
}
