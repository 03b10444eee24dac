public import Domain

/// What one window of one indicator in one scope comes to.
public struct Figure: Sendable {
    public enum FigureValue: Sendable, Hashable {
        case number(DecimalNumber)
        case word(String)
    }

    /// Why a figure is not good.
    public enum Doubt: String, Sendable, CaseIterable {
        /// Nothing counted: bad.
        case noData = "no_data"
        /// Less counted than should have.
        case incomplete
        /// A counter's increase began before the window.
        case carriedIn = "carried_in"
        /// Vehicles of no class, and the site gives no mix: nothing can be said in passenger car units.
        case unclassified
    }

    /// Sums that merge with those of other gateways: all add up, but for minimum and maximum.
    public struct Parts: Sendable, Hashable {
        public var count: Int
        public var sum: Fixed
        public var minimum: Fixed?
        public var maximum: Fixed?
        public var within: Int
        public var devices: Int

        /// The parts of both.
        public func merged(with other: Parts) -> Parts {
            Parts(
                count: count + other.count,
                sum: sum + other.sum,
                minimum: [minimum, other.minimum].compactMap(\.self).min(),
                maximum: [maximum, other.maximum].compactMap(\.self).max(),
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
    /// Whole minutes from the window's beginning to the issue: it rises with every issue, without anything to be remembered.
    public var revision: Int
    public var value: FigureValue?
    public var doubt: Doubt?
    public var expected: Int
    public var received: Int
    public var excluded: Int
    public var unverified: Int
    public var by: [(name: String, values: [(word: String, value: DecimalNumber)])]
    /// What a measure says beside the value.
    public var extras: [(key: String, value: JSONValue)]
    public var parts: Parts
    public var identities: [IdentityRange]

    /// As its topic names it: `mobility/traffic-volume/gateway/day`.
    public var name: String {
        "\(indicator.theme.rawValue)/\(indicator.id)/\(scope)/\(window.kind.rawValue)"
    }

    /// Received over expected, 0 to 1, rounded down to 4 decimals; nil where nothing is expected at any time.
    public var completeness: DecimalNumber? {
        guard expected > 0 else { return nil }
        return DecimalNumber(min(received, expected) * 10_000 / expected).shifted(by: -4)
    }

    public var quality: Quality {
        switch doubt {
        case nil: .good
        case .noData: .bad
        case .incomplete, .carriedIn, .unclassified: .uncertain
        }
    }

    public enum Standing: String, Sendable {
        case met
        case missed
        /// The window is not over.
        case open
        case unknown
    }

    /// The target of the window's year, and how the value stands to it.
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
        guard case .number(let number) = value, let value = Fixed(number) else { return .unknown }
        let isReached = sense == .atLeast ? value >= wanted : value > wanted
        if isProvisional, !(isReached && indicator.measure.onlyGrows) { return .open }
        return isReached == (sense == .atLeast) ? .met : .missed
    }
}
