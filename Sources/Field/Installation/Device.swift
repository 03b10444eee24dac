public import Documents
public import Domain
public import Profiles

/// A device that the gateway reads.
public struct Device: Sendable {
    public var id: String
    public var profile: Profile
    public var bus: String
    /// For a Modbus device.
    public var unit: UnitID
    /// For an MQTT device: fills `{node}` in the profile's topics.
    public var node: String
    public var site: Site
    /// How often it is polled, or should report: 10 ms to 24 h.
    public var interval: Duration
    /// An MQTT device gives at most one reading of each message in that time, except for changes; nil: each message
    /// gives one.
    public var atMostEvery: Duration?
    public var serial: String?
    public var owner: String?
    public var verified: Verification?
    /// The day from which its readings are expected, `YYYY-MM-DD`.
    public var installed: String?
    /// For a scale.
    public var weighing: Weighing?
    /// Why the existing verification does not hold.
    public var voidBecause: Message?
    public var labels: [(key: String, value: String)]
    /// What its place adds to its values, by the points' names; its profile's points have it already.
    public var adjustments: [String: Adjustment] = [:]
    /// Whether each of its readings goes out.
    public var send = SendPolicy()

    /// The day from which its readings are expected: that of its installation, otherwise of its verification; nil when
    /// neither is known.
    public var expectedFrom: String? { installed ?? verified?.on }

    package init(
        id: String,
        profile: Profile,
        bus: String,
        unit: UnitID,
        node: String,
        site: Site,
        interval: Duration,
        atMostEvery: Duration? = nil,
        serial: String? = nil,
        owner: String? = nil,
        verified: Verification? = nil,
        installed: String? = nil,
        weighing: Weighing? = nil,
        voidBecause: Message? = nil,
        labels: [(key: String, value: String)]
    ) {
        self.id = id
        self.profile = profile
        self.bus = bus
        self.unit = unit
        self.node = node
        self.site = site
        self.interval = interval
        self.atMostEvery = atMostEvery
        self.serial = serial
        self.owner = owner
        self.verified = verified
        self.installed = installed
        self.weighing = weighing
        self.voidBecause = voidBecause
        self.labels = labels
    }
}
