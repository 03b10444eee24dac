public import Domain

/// A figure of the whole city, a kecamatan or a kelurahan, made of the figures of several gateways.
public struct CityFigure: Hashable, Sendable {
    /// A site that several gateways have devices at. What stands there may count twice.
    public struct SharedSite: Hashable, Sendable {
        public var site: String
        public var gateways: [String]

        public init(site: String, gateways: [String]) {
            self.site = site
            self.gateways = gateways
        }
    }

    /// The gateways whose figures it is made of.
    public struct Sources: Hashable, Sendable {
        /// How many gateways have devices for it.
        public var gateways: Int
        /// The first hundred of those that are silent, sorted.
        public var silent: [String]
        /// How many are silent in all.
        public var silentCount: Int
        /// The sites that are in no kecamatan, sorted, the first hundred of them: the city's figure has them, and no
        /// kecamatan's has.
        public var unplaced: [String]
        /// The first hundred sites that several gateways share.
        public var shared: [SharedSite]

        /// How many names a payload lists at most, so that it stays small in any city.
        public static let mostNames = 100

        /// - Parameters:
        ///   - silent: all of them, in any order.
        ///   - unplaced: all of them, in any order.
        ///   - shared: all of them, in any order.
        public init(gateways: Int, silent: [String] = [], unplaced: [String] = [], shared: [SharedSite] = []) {
            self.gateways = gateways
            self.silent = Array(silent.sorted().prefix(Self.mostNames))
            silentCount = silent.count
            self.unplaced = Array(unplaced.sorted().prefix(Self.mostNames))
            self.shared = Array(shared.sorted { $0.site < $1.site }.prefix(Self.mostNames))
        }
    }

    public var city: String
    public var theme: String
    public var dimension: String
    public var indicator: String
    /// `kota`, `kecamatan-<name>` or `kelurahan-<name>`.
    public var scope: String
    public var window: String
    public var from: Instant
    public var to: Instant
    public var zone: String
    /// Whether a part may still change it: the window is open, or a gateway has not sent its closed one.
    public var isProvisional: Bool
    public var revision: Int
    public var outcome: FigureOutcome
    /// The values of each dimension's words.
    public var by: [DataValue.Member]
    /// What the measure adds beside the value.
    public var extras: [DataValue.Member]
    public var method: String
    public var baseline: FigureMessage.Baseline?
    public var target: FigureMessage.Target?
    /// Nil for a peak hour, which does not merge any further.
    public var parts: FigureMessage.Parts?
    public var sources: Sources

    public init(
        city: String,
        theme: String,
        dimension: String,
        indicator: String,
        scope: String,
        window: String,
        from: Instant,
        to: Instant,
        zone: String,
        isProvisional: Bool,
        revision: Int,
        outcome: FigureOutcome,
        by: [DataValue.Member] = [],
        extras: [DataValue.Member] = [],
        method: String,
        baseline: FigureMessage.Baseline? = nil,
        target: FigureMessage.Target? = nil,
        parts: FigureMessage.Parts? = nil,
        sources: Sources
    ) {
        self.city = city
        self.theme = theme
        self.dimension = dimension
        self.indicator = indicator
        self.scope = scope
        self.window = window
        self.from = from
        self.to = to
        self.zone = zone
        self.isProvisional = isProvisional
        self.revision = revision
        self.outcome = outcome
        self.by = by
        self.extras = extras
        self.method = method
        self.baseline = baseline
        self.target = target
        self.parts = parts
        self.sources = sources
    }

    /// The figure's name in its topic: `mobility/traffic-volume/kota/day`.
    public var name: String { "\(theme)/\(indicator)/\(scope)/\(window)" }
}
