public import Domain

/// The gateway's status message, retained.
public struct GatewayStatus: Hashable, Sendable {
    /// What only a running gateway knows.
    public struct Details: Hashable, Sendable {
        public var clock: ClockState
        /// When the message was made, by that clock; nil where an earlier version does not say.
        public var time: Instant?
        /// The greatest number that an entry of the running epoch has got; nil where an earlier version does not say.
        public var lastSeq: UInt64?
        public var devices: Devices
        public var destinations: [Destination]
        public var storage: Storage
        /// Nil where nobody looks.
        public var field: Field?
        public var box: Box?

        public init(
            clock: ClockState,
            time: Instant? = nil,
            lastSeq: UInt64? = nil,
            devices: Devices,
            destinations: [Destination],
            storage: Storage,
            field: Field? = nil,
            box: Box? = nil
        ) {
            self.clock = clock
            self.time = time
            self.lastSeq = lastSeq
            self.devices = devices
            self.destinations = destinations
            self.storage = storage
            self.field = field
            self.box = box
        }
    }

    public struct Devices: Hashable, Sendable {
        public var total: Int
        public var answering: Int
        public var verified: Int

        public init(total: Int, answering: Int, verified: Int) {
            self.total = total
            self.answering = answering
            self.verified = verified
        }
    }

    public struct Destination: Hashable, Sendable {
        public var id: String
        public var connected: Bool
        /// How many entries it is owed.
        public var pending: Int
        public var oldestPending: Instant?
        /// The numbers of the entries that it is owed.
        public var owed: Owed
        /// How many entries it asked for again that still have to go.
        public var askedAgain: Int
        /// Nil where nobody counts.
        public var traffic: Traffic?

        public init(
            id: String,
            connected: Bool,
            pending: Int,
            oldestPending: Instant?,
            owed: Owed = .nothing,
            askedAgain: Int = 0,
            traffic: Traffic? = nil
        ) {
            self.id = id
            self.connected = connected
            self.pending = pending
            self.oldestPending = oldestPending
            self.owed = owed
            self.askedAgain = askedAgain
            self.traffic = traffic
        }

        /// What the uplink has carried.
        public struct Traffic: Hashable, Sendable {
            public var today: Domain.Traffic
            public var month: Domain.Traffic
            public var budget: TrafficBudget?

            public init(today: Domain.Traffic, month: Domain.Traffic, budget: TrafficBudget?) {
                self.today = today
                self.month = month
                self.budget = budget
            }
        }
    }

    public struct Storage: Hashable, Sendable {
        public var bytes: Int64
        public var limit: Int64

        public init(bytes: Int64, limit: Int64) {
            self.bytes = bytes
            self.limit = limit
        }
    }

    public var gateway: String
    /// `online`, `stopping` or `offline`.
    public var state: String
    public var version: String
    public var epoch: String
    public var since: Instant
    /// The running configuration's hash.
    public var configuration: String
    /// Nil in the will, which holds only what stays true.
    public var details: Details?

    public init(
        gateway: String,
        state: String,
        version: String,
        epoch: String,
        since: Instant,
        configuration: String,
        details: Details? = nil
    ) {
        self.gateway = gateway
        self.state = state
        self.version = version
        self.epoch = epoch
        self.since = since
        self.configuration = configuration
        self.details = details
    }

    /// The status that the broker publishes when the gateway is gone.
    public var lastWill: GatewayStatus {
        var will = self
        will.state = "offline"
        will.details = nil
        return will
    }

    public var payload: [UInt8] {
        DataValue.payload(
            [
                ("gateway", .string(gateway)), ("state", .string(state)), ("version", .string(version)),
                ("epoch", .string(epoch)), ("since", .string(since.description)),
                ("configuration", .string(configuration)),
            ] + (details?.members ?? [])
        )
    }

    /// - Returns: nil for a payload that is no status message.
    public init?(payload: [UInt8]) {
        guard let read = DataMembers(payload: payload), let gateway = read.string("gateway"),
            let state = read.string("state"), let version = read.string("version"), let epoch = read.string("epoch"),
            let since = read.instant("since"), let configuration = read.string("configuration")
        else { return nil }
        self.init(
            gateway: gateway,
            state: state,
            version: version,
            epoch: epoch,
            since: since,
            configuration: configuration,
            details: Details(read)
        )
    }
}

extension GatewayStatus.Details {
    fileprivate var members: [(String, DataValue)] {
        let destinations = destinations.map { destination -> (String, DataValue) in
            var members: [(String, DataValue)] = [
                ("connected", .bool(destination.connected)), ("pending", .integer(destination.pending)),
            ]
            if let oldest = destination.oldestPending {
                members.append(("oldest_pending", .string(oldest.description)))
            }
            members += destination.owed.members
            if destination.askedAgain > 0 { members.append(("asked_again", .integer(destination.askedAgain))) }
            if let traffic = destination.traffic { members.append(("traffic", traffic.value)) }
            return (destination.id, .object(members))
        }
        let counts: [(String, DataValue)] = [
            ("total", .integer(devices.total)), ("answering", .integer(devices.answering)),
            ("verified", .integer(devices.verified)),
        ]
        let bytes: [(String, DataValue)] = [("bytes", .integer(storage.bytes)), ("limit", .integer(storage.limit))]
        let missed = field.map { [("missed", DataValue.integer($0.missed))] } ?? []
        let buses = field.map { [("buses", DataValue.object($0.buses.map(\.member)))] } ?? []
        let free = box?.free.map { [("free", DataValue.integer($0))] } ?? []
        return [("clock", .string(clock.rawValue))]
            + (time.map { [("time", .string($0.description))] } ?? [])
            + (lastSeq.map { [("last_seq", .integer($0))] } ?? [])
            + [("devices", .object(counts + missed))] + buses
            + [("destinations", .object(destinations)), ("storage", .object(bytes + free))]
            + (box?.value.map { [("box", $0)] } ?? [])
    }

    fileprivate init?(_ read: DataMembers) {
        guard let clock = read.string("clock").flatMap({ ClockState(rawValue: $0) }),
            let devices = read.object("devices"), let total = devices.integer("total"),
            let answering = devices.integer("answering"), let verified = devices.integer("verified"),
            let destinations = read.object("destinations"), let storage = read.object("storage"),
            let bytes = storage.integer("bytes"), let limit = storage.integer("limit")
        else { return nil }
        self.init(
            clock: clock,
            time: read.instant("time"),
            lastSeq: read.integer("last_seq").flatMap { UInt64(exactly: $0) },
            devices: .init(total: total, answering: answering, verified: verified),
            destinations: destinations.all.compactMap { member in
                guard let read = DataMembers(member.value), let connected = read.truth("connected"),
                    let pending = read.integer("pending")
                else { return nil }
                return .init(
                    id: member.key,
                    connected: connected,
                    pending: pending,
                    oldestPending: read.instant("oldest_pending"),
                    owed: .init(read),
                    askedAgain: read.integer("asked_again") ?? 0,
                    traffic: read.object("traffic").flatMap { .init($0) }
                )
            },
            storage: .init(bytes: Int64(bytes), limit: Int64(limit)),
            field: .init(devices: devices, buses: read.object("buses")),
            box: .init(read.object("box"), storage: storage)
        )
    }
}
