public import Contract
public import Domain

/// What a forwarder needs to know of its destination.
public struct ForwarderSettings: Sendable {
    public var destination: String
    public var topics: Topics
    /// Backfilled messages a second.
    public var backfillRate: Int
    /// Whether backfill that nobody subscribes to waits for somebody (else it counts as delivered).
    public var waitsForSubscriber: Bool
    /// A first offer that is older than this is no longer live.
    public var liveAge: Duration = .seconds(5)
    /// How many bytes of entries wait to be live while there is no connection; the older ones become backfill.
    public var liveRoom = 1 << 20
    /// How long a lane rests after a refusal that may pass; at most as long between two probes of a broker that refuses
    /// everything.
    public var refusalRest: Duration = .seconds(30)

    public init(destination: String, topics: Topics, backfillRate: Int, waitsForSubscriber: Bool) {
        self.destination = destination
        self.topics = topics
        self.backfillRate = backfillRate
        self.waitsForSubscriber = waitsForSubscriber
    }
}

/// What a forwarder tells the daemon, for logs and events.
public enum ForwarderNotice: Sendable, Hashable {
    /// The session speaks MQTT 3.1.1, in which a refused message looks accepted.
    case hidesRefusals
    case connected(address: String, window: Int)
    case disconnected(String)
    /// Taken over by another client with our identity, twice in ten minutes.
    case identityCloned
    /// A refusal that may pass: the lane rests.
    case refused(code: UInt8, words: String, topic: String)
    /// The broker refuses every entry: all lanes rest, and one entry at a time is tried.
    ///
    /// - code: the PUBACK's; nil where the broker drops the connection.
    /// - since: when the first of them was refused.
    /// - isAlarm: it has done so for a day; told once.
    case refusesAll(code: UInt8?, words: String, since: Uptime, isAlarm: Bool)
    /// The broker takes entries again, after so long.
    case takesAgain(Duration)
    /// An entry that the destination refuses again and again while it takes others.
    ///
    /// - code: the PUBACK's; nil where the broker drops the connection at it.
    /// - ofQuarantine: it is itself the event that tells of another one; an event of it would have no end.
    case quarantined(epoch: String, seq: UInt64, code: UInt8?, words: String, ofQuarantine: Bool)
    /// Part of the backlog waits: nobody subscribes to such topics.
    case withoutSubscriber(topic: String)
}
