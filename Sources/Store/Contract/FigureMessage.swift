public import Domain

/// The result of one window of one indicator in one scope: the indicator message.
public struct FigureMessage: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case number(DecimalNumber)
        case word(String)
    }

    /// Why a figure is not good.
    public struct Doubt: Hashable, Sendable {
        public var quality: Quality
        public var reason: String

        public init(quality: Quality, reason: String) {
            self.quality = quality
            self.reason = reason
        }
    }

    /// How many readings the figure is made of.
    public struct Account: Hashable, Sendable {
        public var expected: Int
        public var received: Int
        public var counted: Int
        public var excluded: Int
        /// How many of the excluded come from a device that is not verified.
        public var unverified: Int

        public init(expected: Int, received: Int, counted: Int, excluded: Int, unverified: Int) {
            self.expected = expected
            self.received = received
            self.counted = counted
            self.excluded = excluded
            self.unverified = unverified
        }
    }

    /// Increases of counters that were lost.
    public struct Unknown: Hashable, Sendable {
        public var times: Int
        public var milliseconds: Int64

        public init(times: Int, milliseconds: Int64) {
            self.times = times
            self.milliseconds = milliseconds
        }
    }

    public struct Baseline: Hashable, Sendable {
        public var year: Int
        public var value: DecimalNumber

        public init(year: Int, value: DecimalNumber) {
            self.year = year
            self.value = value
        }
    }

    public struct Target: Hashable, Sendable {
        public var year: Int
        public var value: DecimalNumber
        public var sense: String
        public var standing: String

        public init(year: Int, value: DecimalNumber, sense: String, standing: String) {
            self.year = year
            self.value = value
            self.sense = sense
            self.standing = standing
        }
    }

    /// The readings of one epoch that the figure is made of.
    public struct Readings: Hashable, Sendable {
        public var epoch: String
        public var from: UInt64
        public var to: UInt64

        public init(epoch: String, from: UInt64, to: UInt64) {
            self.epoch = epoch
            self.from = from
            self.to = to
        }
    }

    public var gateway: String
    public var theme: String
    public var dimension: String
    public var indicator: String
    public var scope: String
    public var window: String
    public var from: Instant
    public var to: Instant
    public var zone: String
    public var isProvisional: Bool
    public var revision: Int
    /// Whether other gateways may have devices in the same scope.
    public var isPartial: Bool
    /// Nil for what does not merge: a level or a peak hour is that of one place.
    public var parts: Parts?
    public var value: Outcome?
    public var unit: String?
    public var doubt: Doubt?
    /// From 0 to 1.
    public var completeness: DecimalNumber?
    public var account: Account
    public var unknown: Unknown?
    /// The values of each dimension's words.
    public var by: [DataValue.Member]
    /// The measure's members besides the value.
    public var extras: [DataValue.Member]
    public var method: String
    public var baseline: Baseline?
    public var target: Target?
    public var readings: [Readings]

    public init(
        gateway: String,
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
        isPartial: Bool,
        parts: Parts?,
        value: Outcome?,
        unit: String?,
        doubt: Doubt?,
        completeness: DecimalNumber?,
        account: Account,
        unknown: Unknown?,
        by: [DataValue.Member],
        extras: [DataValue.Member],
        method: String,
        baseline: Baseline?,
        target: Target?,
        readings: [Readings]
    ) {
        self.gateway = gateway
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
        self.isPartial = isPartial
        self.parts = parts
        self.value = value
        self.unit = unit
        self.doubt = doubt
        self.completeness = completeness
        self.account = account
        self.unknown = unknown
        self.by = by
        self.extras = extras
        self.method = method
        self.baseline = baseline
        self.target = target
        self.readings = readings
    }
}
