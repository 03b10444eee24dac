public import Contract
public import Domain
public import Installation

/// What a forwarder needs to know about its destination.
public struct ForwarderSettings: Sendable {
    public var destination: String
    public var topics: Topics
    /// Backfilled messages per second.
    public var backfillRate: Int
    /// Whether backfill without a subscriber waits for one (otherwise it counts as delivered).
    public var waitsForSubscriber: Bool
    /// How entries go in packs; nil: one by one.
    public var pack: Packing?
    /// How the newest reading of each device goes besides packs; nil: it does not.
    public var state: StatePublishing?
    /// A first offer that is older than this is no longer live. In packs it may wait for its pack before.
    public var liveAge: Duration { .seconds(5) + (pack?.live ?? .zero) }
    /// How many bytes of entries may wait in the live lane while there is no connection; older ones become backfill.
    public var liveRoom = 1 << 20
    /// How long a lane rests after a refusal that may pass; also the longest time between two probes of a broker that
    /// refuses everything.
    public var refusalRest: Duration = .seconds(30)

    /// - Parameters:
    ///   - pack: only for a format that has packs.
    ///   - state: only with `pack`.
    public init(
        destination: String,
        topics: Topics,
        backfillRate: Int,
        waitsForSubscriber: Bool,
        pack: Packing? = nil,
        state: StatePublishing? = nil
    ) {
        self.destination = destination
        self.topics = topics
        self.backfillRate = backfillRate
        self.waitsForSubscriber = waitsForSubscriber
        self.pack = pack
        self.state = state
    }

    /// Whether the lane's entries go in packs.
    func isPacked(_ lane: Lane) -> Bool { pack.map { lane == .live || $0.backfill } ?? false }

    /// The topic that an entry goes to, alone or in a pack.
    func topic(of entry: JournalEntry, _ lane: Lane) -> String {
        isPacked(lane) ? topics.packs(of: entry.gateway) : topics.topic(of: entry, lane: lane)
    }
}

/// How a broker refuses what a forwarder sends.
public struct BrokerRefusal: Hashable, Sendable {
    /// The PUBACK's; nil where the broker drops the connection.
    public var code: UInt8?
    public var words: String
    public var since: Uptime
    /// A topic that it refuses while it takes others; nil where it refuses every entry.
    public var topic: String?
}

/// What a forwarder reports to the daemon, for logs and events.
public enum ForwarderNotice: Sendable, Hashable {
    /// The session speaks MQTT 3.1.1, in which a refused message looks accepted.
    case hidesRefusals
    case connected(address: String, window: Int)
    case disconnected(String)
    /// Another client with our identity took over, twice in ten minutes.
    case identityCloned
    /// A refusal that may pass: the lane rests.
    case refused(code: UInt8, words: String, topic: String)
    /// The broker refuses every entry: all lanes rest, and one entry at a time is tried.
    ///
    /// - code: the PUBACK's; nil where the broker drops the connection.
    /// - since: when the first entry was refused.
    /// - isAlarm: this has lasted for a day; reported once.
    case refusesAll(code: UInt8?, words: String, since: Uptime, isAlarm: Bool)
    /// The broker acknowledges entries again, after that time.
    case takesAgain(Duration)
    /// The destination refuses an entry again and again while it acknowledges others.
    ///
    /// - code: the PUBACK's; nil where the broker drops the connection at it.
    /// - ofQuarantine: the entry is itself the event about another quarantined entry; an event about it would start an
    ///   endless chain.
    case quarantined(epoch: String, seq: UInt64, code: UInt8?, words: String, ofQuarantine: Bool)
    /// Part of the backlog waits: such topics have no subscriber.
    case withoutSubscriber(topic: String)
    /// The destination asked for entries of an epoch again: so many go out, and so many are no longer here.
    case sendsAgain(epoch: String, entries: Int, notKept: Int)
    case refusedRequest(RequestRefusal)
    /// The broker does not allow the subscription to requests.
    case mayNotBeAsked(topic: String)
}
