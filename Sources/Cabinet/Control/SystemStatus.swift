public import Domain

/// What the running daemon reports about itself: the operator's whole view, one JSON object on the control socket.
public struct SystemStatus: Codable, Sendable {
    public var gateway: String
    public var version: String
    /// `online` or `stopping`.
    public var state: String
    public var epoch: String
    /// When the daemon started, and when this report was made; UTC.
    public var since: String
    public var time: String
    public var clock: ClockState
    public var configuration: String
    public var devices: [DeviceStatus]
    public var buses: [BusStatus]
    public var destinations: [DestinationStatus]
    public var journal: JournalStatus
    /// The box and the gateway's process, at this moment; nil from a gateway of an earlier version.
    public var box: BoxStatus?
    public var process: ProcessStatus?
    /// A few of the current figures.
    public var indicators: [IndicatorStatus]
    /// What part of the catalogue feeds no figure because it does not fit, a sentence each; nil when there is nothing.
    public var leftOut: [String]?
    /// How many figures there are of each indicator, by its id; nil from a gateway of an earlier version.
    public var figures: [String: Int]?
    /// The IANA name of the gateway's time zone; nil from a gateway of an earlier version.
    public var timezone: String?
    /// The places of the configuration; nil from a gateway of an earlier version.
    public var sites: [SiteStatus]?
    /// What people call the city, by language (`en`, `id`); nil where nobody has named it.
    public var city: [String: String]?

    public init(
        gateway: String,
        version: String,
        state: String,
        epoch: String,
        since: String,
        time: String,
        clock: ClockState,
        configuration: String,
        devices: [DeviceStatus],
        buses: [BusStatus],
        destinations: [DestinationStatus],
        journal: JournalStatus,
        indicators: [IndicatorStatus] = [],
        leftOut: [String]? = nil,
        figures: [String: Int]? = nil,
        timezone: String? = nil,
        sites: [SiteStatus]? = nil
    ) {
        self.gateway = gateway
        self.version = version
        self.state = state
        self.epoch = epoch
        self.since = since
        self.time = time
        self.clock = clock
        self.configuration = configuration
        self.devices = devices
        self.buses = buses
        self.destinations = destinations
        self.journal = journal
        self.indicators = indicators
        self.leftOut = leftOut
        self.figures = figures
        self.timezone = timezone
        self.sites = sites
    }
}

/// An indicator's open window as it stands.
public struct IndicatorStatus: Codable, Sendable {
    public var id: String
    /// As in topics: `site-market`.
    public var scope: String
    /// `15min`, `hour`, `day`, `month` or `year`.
    public var window: String
    /// A number's digits or a word; nil without data.
    public var value: String?
    public var unit: String?
    /// Nil when good.
    public var quality: String?
    public var reason: String?
    /// Received over expected, 0 to 1.
    public var completeness: Double?

    public init(
        id: String,
        scope: String,
        window: String,
        value: String?,
        unit: String?,
        quality: String?,
        reason: String?,
        completeness: Double?
    ) {
        self.id = id
        self.scope = scope
        self.window = window
        self.value = value
        self.unit = unit
        self.quality = quality
        self.reason = reason
        self.completeness = completeness
    }
}

/// A device's last reading and its state.
public struct DeviceStatus: Codable, Sendable {
    public var id: String
    public var name: String
    public var site: String
    public var profile: String
    public var bus: String
    public var intervalMilliseconds: Int64
    public var verified: Bool
    /// Whether the last reading carried any value; nil before the first.
    public var answering: Bool?
    /// How old the last reading with a value is.
    public var ageMilliseconds: Int64?
    public var readings: Int
    public var failures: Int
    public var missed: Int
    public var events: Int
    public var points: [PointStatus]
    /// Since when the device has been down, UTC; nil while it is not.
    public var downSince: String?
    /// Why it gave no value last, and what is to be checked, as the reason's word; nil where it answers.
    public var reason: String?

    public init(
        id: String,
        name: String,
        site: String,
        profile: String,
        bus: String,
        intervalMilliseconds: Int64,
        verified: Bool,
        answering: Bool?,
        ageMilliseconds: Int64?,
        readings: Int,
        failures: Int,
        missed: Int,
        events: Int,
        points: [PointStatus]
    ) {
        self.id = id
        self.name = name
        self.site = site
        self.profile = profile
        self.bus = bus
        self.intervalMilliseconds = intervalMilliseconds
        self.verified = verified
        self.answering = answering
        self.ageMilliseconds = ageMilliseconds
        self.readings = readings
        self.failures = failures
        self.missed = missed
        self.events = events
        self.points = points
    }
}

/// A point's last sample, the value as it stands in payloads.
public struct PointStatus: Codable, Sendable {
    public var name: String
    /// Nil for null.
    public var value: StatusValue?
    public var unit: String?
    public var quality: String
    public var reason: String?
    /// What was found in place of what the reason's rule needs, such as `status = 3, wanted 0`.
    public var why: String?
    /// How people are shown it, where that differs; nil from a gateway of an earlier version.
    public var shown: ShownValue?

    public init(_ face: PointFace, _ sample: Sample) {
        name = face.name
        value = sample.value.map { StatusValue($0) }
        unit = face.unit?.code
        quality = sample.quality.rawValue
        reason = sample.reason?.word
        why = sample.why
        shown = ShownValue(face, sample)
    }
}

/// A bus or field broker.
public struct BusStatus: Codable, Sendable {
    public var id: String
    public var address: String
    public var connected: Bool
    public var error: String?
    public var fault: FaultStatus?
    public var requests: Int
    public var timeouts: Int
    public var crcErrors: Int
    public var exceptions: Int
    /// Bad frames, replies by others, connections that failed.
    public var otherErrors: Int
    /// The share of the last minute in which the line was in use, 0 to 1; nil for MQTT.
    public var load: Double?
    /// How long replies took; nil where nothing is asked, and from a gateway of an earlier version.
    public var latency: TimesStatus?
    /// Polls that were skipped because the line was busy; nil as above.
    public var missed: Int?

    public init(
        id: String,
        address: String,
        connected: Bool,
        error: String? = nil,
        fault: FaultStatus? = nil,
        requests: Int = 0,
        timeouts: Int = 0,
        crcErrors: Int = 0,
        exceptions: Int = 0,
        otherErrors: Int = 0,
        load: Double? = nil,
        latency: TimesStatus? = nil,
        missed: Int? = nil
    ) {
        self.id = id
        self.address = address
        self.connected = connected
        self.error = error
        self.fault = fault
        self.requests = requests
        self.timeouts = timeouts
        self.crcErrors = crcErrors
        self.exceptions = exceptions
        self.otherErrors = otherErrors
        self.load = load
        self.latency = latency
        self.missed = missed
    }
}

/// A destination and what it is still owed.
public struct DestinationStatus: Codable, Sendable {
    public var id: String
    public var address: String
    public var connected: Bool
    public var error: String?
    public var pending: Int
    /// Arrival of the oldest pending reading; UTC.
    public var oldestPending: String?
    /// Arrival of the newest one; UTC. Nil from a gateway of an earlier version.
    public var newestPending: String?
    /// How many entries it has asked for again that still have to go; nil from a gateway of an earlier version.
    public var askedAgain: Int?
    /// Messages acknowledged since the start.
    public var acknowledged: UInt64
    public var refused: UInt64
    /// Entries that were given up since the start although they were owed to it; nil from a gateway of an earlier
    /// version.
    public var gaps: Int?
    public var inFlight: Int
    /// No client subscribes to the backlog, so it waits.
    public var waitsForSubscriber: Bool
    /// How, and since when, the broker refuses every entry; nil while it accepts any.
    public var refusesAll: String?
    /// The same as a value; also where it refuses the messages to one topic and takes others.
    public var refusal: RefusalStatus?
    /// Why there is no connection; the same as `error`, as a value.
    public var fault: FaultStatus?
    /// Since when there is a connection, or none; UTC. Nil from a gateway of an earlier version.
    public var since: String?
    /// What its uplink has carried; nil from a gateway of an earlier version.
    public var traffic: TrafficStatus?

    public init(
        id: String,
        address: String,
        connected: Bool,
        error: String?,
        pending: Int,
        oldestPending: String?,
        acknowledged: UInt64,
        refused: UInt64,
        inFlight: Int,
        waitsForSubscriber: Bool,
        refusesAll: String? = nil,
        refusal: RefusalStatus? = nil,
        fault: FaultStatus? = nil,
        since: String? = nil,
        traffic: TrafficStatus? = nil
    ) {
        self.id = id
        self.address = address
        self.connected = connected
        self.error = error
        self.pending = pending
        self.oldestPending = oldestPending
        self.acknowledged = acknowledged
        self.refused = refused
        self.inFlight = inFlight
        self.waitsForSubscriber = waitsForSubscriber
        self.refusesAll = refusesAll
        self.refusal = refusal
        self.fault = fault
        self.since = since
        self.traffic = traffic
    }
}

/// The journal's size and what it holds.
public struct JournalStatus: Codable, Sendable {
    public var bytes: Int64
    public var limit: Int64
    public var stored: Int
    /// How many entries are in memory, not committed yet.
    public var waiting: Int
    public var lost: Int
    /// Nil from a gateway of an earlier version.
    public var commits: TimesStatus?
    /// Whether the disk accepts nothing at the moment: entries wait in memory.
    public var isStalled: Bool
    /// Its folder; nil from a gateway of an earlier version.
    public var path: String?

    public init(
        bytes: Int64,
        limit: Int64,
        stored: Int,
        waiting: Int,
        lost: Int,
        isStalled: Bool,
        path: String? = nil
    ) {
        self.bytes = bytes
        self.limit = limit
        self.stored = stored
        self.waiting = waiting
        self.lost = lost
        self.isStalled = isStalled
        self.path = path
    }
}
