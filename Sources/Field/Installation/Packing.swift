/// How readings and events are put together into packs.
public struct Packing: Sendable, Hashable {
    /// How long after its first row a live pack closes, 1 s to 10 min; when it is full it closes earlier.
    public var live: Duration
    /// Whether late rows go in packs too; otherwise they go one by one.
    public var backfill: Bool

    public init(live: Duration = .seconds(30), backfill: Bool = true) {
        self.live = live
        self.backfill = backfill
    }
}

/// How the newest reading of each device is published where readings go in packs.
public struct StatePublishing: Sendable, Hashable {
    /// Whether the broker keeps it for those who subscribe later.
    public var retain: Bool
    /// How often at most for each device, 1 s to 1 d.
    public var every: Duration

    public init(retain: Bool = true, every: Duration = .seconds(60)) {
        self.retain = retain
        self.every = every
    }
}
