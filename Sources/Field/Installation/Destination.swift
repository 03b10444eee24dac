public import Domain

/// Where readings go.
public struct Destination: Sendable, Hashable {
    public enum WithoutSubscriber: String, Sendable, CaseIterable {
        case wait
        case drop
    }

    public var id: String
    public var broker: Broker
    /// Backfilled messages a second, 1 to 100,000.
    public var backfillRate: Int
    public var backfillWithoutSubscriber: WithoutSubscriber
    /// Whether its acknowledged entries are lost with this box: it is then no safe place.
    public var sameBox: Bool
    /// Readings and events go many in one message; nil: one by one.
    public var pack: Packing?
    /// Besides packs, the newest reading of each device goes on its own topic; nil: it does not.
    public var state: StatePublishing?
    /// The longest silence towards the broker, 5 s to 1 h.
    public var keepalive: Duration
    /// When to say that the uplink costs more than somebody meant it to.
    public var budget: TrafficBudget?
    public var indicators: FigureSelection
    /// Whether its subscribers may ask for entries again that it has acknowledged.
    public var resend: Bool

    public static let usualKeepalive = Duration.seconds(15)

    package init(
        id: String,
        broker: Broker,
        backfillRate: Int,
        backfillWithoutSubscriber: WithoutSubscriber,
        sameBox: Bool,
        keepalive: Duration = usualKeepalive,
        budget: TrafficBudget? = nil,
        indicators: FigureSelection = .everything,
        resend: Bool = false
    ) {
        self.id = id
        self.broker = broker
        self.backfillRate = backfillRate
        self.backfillWithoutSubscriber = backfillWithoutSubscriber
        self.sameBox = sameBox
        self.keepalive = keepalive
        self.budget = budget
        self.indicators = indicators
        self.resend = resend
    }
}
