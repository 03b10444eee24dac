public import Domain

/// What a destination's uplink has carried, today and this month in the gateway's time zone; bytes.
public struct TrafficStatus: Codable, Sendable {
    /// Bytes of one period.
    public struct Count: Codable, Sendable {
        /// Messages that were sent, by what they are about: PUBLISH packets before TLS.
        public var readings: Int64
        public var events: Int64
        public var indicators: Int64
        public var rest: Int64
        /// What was sent beside them: TLS, acknowledgements, pings, headers of TCP and IP.
        public var overhead: Int64
        /// Everything that arrived.
        public var received: Int64
        /// Everything, in both directions.
        public var total: Int64

        public init(_ traffic: Traffic) {
            readings = traffic.readings
            events = traffic.events
            indicators = traffic.indicators
            rest = traffic.rest
            overhead = traffic.overhead
            received = traffic.received
            total = traffic.total
        }
    }

    public var today: Count
    public var month: Count
    /// The day that `today` is about, `YYYY-MM-DD`; nil while the clock has not said it.
    public var day: String?
    /// The configured budget, and whether it is one of a `day` or a `month`.
    public var budget: Int64?
    public var per: String?

    public init(today: Traffic, month: Traffic, day: String?, budget: TrafficBudget?) {
        self.today = Count(today)
        self.month = Count(month)
        self.day = day
        self.budget = budget?.bytes
        per = budget?.period.rawValue
    }
}
