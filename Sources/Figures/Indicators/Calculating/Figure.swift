public import Domain

/// The result of one window of one indicator in one scope.
public struct Figure: Sendable {
    public enum FigureValue: Sendable, Hashable {
        case number(DecimalNumber)
        case word(String)
    }

    /// Why a figure is not good.
    public enum Doubt: Hashable, Sendable, CaseIterable {
        /// Nothing counted: bad.
        case noData
        /// A rate of a window that has only begun: no value yet.
        case tooEarly
        /// Vehicles have no class and the site gives no mix, or they have no direction on a divided road: the flow in
        /// passenger car units is not known.
        case unclassified
        /// A counter's increase was lost or is not known.
        case unknown(Unknown.Reason)
        /// One part of a sum is not known.
        case missingPart
        /// More than a tenth was not measured in the window, but shared out from an increase that reaches beyond it.
        case interpolated
        /// Fewer readings counted than needed.
        case incomplete

        public static let allCases: [Doubt] =
            [.noData, .tooEarly, .unclassified] + Unknown.Reason.allCases.map { .unknown($0) }
            + [.missingPart, .interpolated, .incomplete]

        /// The rank; of several reasons the first is reported.
        var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

        /// The word that appears in payloads.
        public var word: String {
            switch self {
            case .noData: "no_data"
            case .tooEarly: "too_early"
            case .unclassified: "unclassified"
            case .unknown(let reason): reason.rawValue
            case .missingPart: "missing_part"
            case .interpolated: "interpolated"
            case .incomplete: "incomplete"
            }
        }
    }

    /// Sums that merge with those of other gateways: all add up, except minimum and maximum.
    public struct Parts: Sendable, Hashable {
        public var count: Int
        public var sum: Fixed
        public var minimum: Fixed?
        public var maximum: Fixed?
        /// Values times the milliseconds that they held, in billionths; then those milliseconds; then the milliseconds
        /// within the limits.
        public var integral: Int128
        public var milliseconds: Int64
        public var within: Int64
        public var devices: Int

        /// Merges the parts of both.
        public func merged(with other: Parts) -> Parts {
            Parts(
                count: count + other.count,
                sum: sum + other.sum,
                minimum: [minimum, other.minimum].compactMap(\.self).min(),
                maximum: [maximum, other.maximum].compactMap(\.self).max(),
                integral: integral + other.integral,
                milliseconds: milliseconds + other.milliseconds,
                within: within + other.within,
                devices: devices + other.devices
            )
        }
    }

    public var indicator: IndicatorDefinition
    public var scope: String
    public var isPartial: Bool
    public var window: Window
    public var isProvisional: Bool
    /// Whole minutes from the window's beginning to the issue: it rises with every issue, and nothing has to be saved.
    public var revision: Int
    public var value: FigureValue?
    public var doubt: Doubt?
    public var expected: Int
    public var received: Int
    /// Readings that count; each device adds at most its expected ones.
    public var counted: Int
    public var excluded: Int
    public var unverified: Int
    public var by: [(name: String, values: [(word: String, value: DecimalNumber)])]
    /// What a measure adds beside the value.
    public var extras: [(key: String, value: DataValue)]
    public var parts: Parts
    /// The parts of each word of `by`, where the words' values do not merge by themselves.
    var partsOfWords: [(name: String, words: [(word: String, tally: Tally)])] = []
    /// Increases that were lost in the window.
    public var unknown: Unknown
    /// Whether anything was expected or received: before a device existed there is no figure.
    public var hasMembers = true
    public var identities: [IdentityRange]

    /// The figure's name in its topic: `mobility/traffic-volume/gateway/day`.
    public var name: String {
        "\(indicator.theme.rawValue)/\(indicator.id)/\(scope)/\(window.kind.rawValue)"
    }

    /// Counted over expected, 0 to 1, rounded down to 4 decimals; nil where no reading is expected at a fixed time.
    public var completeness: DecimalNumber? {
        guard expected > 0 else { return nil }
        return DecimalNumber(min(counted, expected) * 10_000 / expected).shifted(by: -4)
    }

    public var quality: Quality {
        switch doubt {
        case nil: .good
        case .noData: .bad
        default: .uncertain
        }
    }

    public enum Standing: String, Sendable {
        case met
        case missed
        /// The window has not ended.
        case open
        case unknown
    }

    /// The target of the window's year, and how the value compares with it.
    public func target(in zone: Zone) -> (year: Int, value: Fixed, sense: IndicatorDefinition.Target.Sense, Standing)? {
        let year = Int(zone.day(of: window.from).date.year)
        for target in indicator.targets
        where target.window == window.kind && (target.scope.map { $0 == scope } ?? true) {
            guard let wanted = target.years[year] else { continue }
            return (year, wanted, target.sense, standing(wanted, target.sense))
        }
        return nil
    }

    private func standing(_ wanted: Fixed, _ sense: IndicatorDefinition.Target.Sense) -> Standing {
        guard case .number(let number) = value, let value = Fixed(number) else {
            return doubt == .tooEarly ? .open : .unknown
        }
        let isReached = sense == .atLeast ? value >= wanted : value > wanted
        if isProvisional, !(isReached && indicator.measure.onlyGrows) { return .open }
        return isReached == (sense == .atLeast) ? .met : .missed
    }
}
