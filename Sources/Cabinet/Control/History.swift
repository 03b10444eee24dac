/// What a client wants to see of the values that the daemon keeps in memory: `history` and this as JSON.
public struct HistoryRequest: Codable, Hashable, Sendable {
    /// How far back, and in which steps.
    public enum Span: String, Codable, Sendable {
        /// Ten minutes in steps of 15 s.
        case recent
        /// 24 hours in steps of 5 minutes.
        case day
    }

    public var span: Span
    /// Nil means all.
    public var devices: [String]?
    /// The points of those devices; nil means all.
    public var points: [String]?
    /// Whether the buses' figures are wanted too; they are kept for a day alone.
    public var buses: Bool

    public init(_ span: Span, devices: [String]? = nil, points: [String]? = nil, buses: Bool = false) {
        self.span = span
        self.devices = devices
        self.points = points
        self.buses = buses
    }
}

/// Values of the last minutes or of the last day, step by step; null where there was none.
public struct History: Codable, Hashable, Sendable {
    public var span: HistoryRequest.Span
    public var stepSeconds: Int
    /// The beginning of the first step, UTC; the last step is the one that is not over.
    public var from: String
    public var steps: Int
    public var points: [PointHistory]
    public var buses: [BusHistory]
    /// How many points have no history, since the memory for it is bounded.
    public var leftOut: Int

    public init(
        span: HistoryRequest.Span,
        stepSeconds: Int,
        from: String,
        steps: Int,
        points: [PointHistory],
        buses: [BusHistory] = [],
        leftOut: Int = 0
    ) {
        self.span = span
        self.stepSeconds = stepSeconds
        self.from = from
        self.steps = steps
        self.points = points
        self.buses = buses
        self.leftOut = leftOut
    }
}

/// One point's values, in the unit in which people are shown it. Each list has one place a step.
public struct PointHistory: Codable, Hashable, Sendable {
    public var device: String
    public var point: String
    public var unit: String?
    /// They are those of good and uncertain values; nil in a step without any.
    public var least: [Double?]
    public var mean: [Double?]
    public var greatest: [Double?]
    /// How many readings spoke of the point, and how many of those were not good.
    public var readings: [Int]
    public var unsure: [Int]

    public init(
        device: String,
        point: String,
        unit: String?,
        least: [Double?],
        mean: [Double?],
        greatest: [Double?],
        readings: [Int],
        unsure: [Int]
    ) {
        self.device = device
        self.point = point
        self.unit = unit
        self.least = least
        self.mean = mean
        self.greatest = greatest
        self.readings = readings
        self.unsure = unsure
    }
}

/// One bus' figures. Each list has one place a step; nil where nothing was asked.
public struct BusHistory: Codable, Hashable, Sendable {
    public var bus: String
    /// The share of the step in which the line was in use, 0 to 1.
    public var load: [Double?]
    public var requests: [Int]
    public var timeouts: [Int]
    public var crcErrors: [Int]
    public var exceptions: [Int]
    public var otherErrors: [Int]
    /// Polls that were skipped because the line was busy.
    public var missed: [Int]
    /// The time from request to reply in milliseconds: half of them, and 99 of 100, were at most this.
    public var median: [Double?]
    public var slowest: [Double?]

    public init(
        bus: String,
        load: [Double?],
        requests: [Int],
        timeouts: [Int],
        crcErrors: [Int],
        exceptions: [Int],
        otherErrors: [Int],
        missed: [Int],
        median: [Double?],
        slowest: [Double?]
    ) {
        self.bus = bus
        self.load = load
        self.requests = requests
        self.timeouts = timeouts
        self.crcErrors = crcErrors
        self.exceptions = exceptions
        self.otherErrors = otherErrors
        self.missed = missed
        self.median = median
        self.slowest = slowest
    }
}
