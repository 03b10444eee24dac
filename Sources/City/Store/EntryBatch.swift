public import Domain

/// What the messages of one batch bring, with the names of the database instead of texts.
public struct EntryBatch: Sendable {
    /// Where an entry goes.
    public enum Table: Sendable {
        case reading, event, unsynchronised
    }

    /// One entry: whose it is, and its row in the text of its table.
    public struct Line: Sendable {
        public var gateway: Int32
        public var epoch: Int32
        public var seq: Int64
        public var time: Instant
        public var table: Table
        /// Bytes of the table's text.
        public var row: Range<Int>

        public init(gateway: Int32, epoch: Int32, seq: Int64, time: Instant, table: Table, row: Range<Int>) {
            self.gateway = gateway
            self.epoch = epoch
            self.seq = seq
            self.time = time
            self.table = table
            self.row = row
        }
    }

    /// What a gateway's event says about its ledger.
    public enum Effect: Sendable {
        /// The event `start`: the epoch began, and the one before it ended there.
        ///
        /// - at: nil where the clock was not set.
        case started(epoch: Int32, at: Instant?, previous: Previous?)
        /// Those entries are lost, and their gateway says why.
        case gap(epoch: Int32, first: Int64, last: Int64, count: Int64, reason: String, at: Instant)
        /// The clock was set: when that boot began, in milliseconds since 1970.
        case clockSet(gateway: Int32, boot: String, beganMilliseconds: Int64)

        public struct Previous: Sendable {
            public var epoch: Int32
            public var committedThrough: Int64
            public var isClean: Bool

            public init(epoch: Int32, committedThrough: Int64, isClean: Bool) {
                self.epoch = epoch
                self.committedThrough = committedThrough
                self.isClean = isClean
            }
        }

        /// The epochs whose ledgers it changes.
        var epochs: [Int32] {
            switch self {
            case .started(let epoch, _, let previous): [epoch] + (previous.map { [$0.epoch] } ?? [])
            case .gap(let epoch, _, _, _, _, _): [epoch]
            case .clockSet: []
            }
        }
    }

    /// The newest status of a gateway.
    public struct State: Sendable {
        public var at: Instant
        public var state: String
        public var epoch: Int32?
        public var pending: Int64?
        public var oldestPending: Instant?
        public var lastSeq: Int64?
        /// The payload, as JSON.
        public var body: String

        public init(at: Instant, state: String, body: String) {
            self.at = at
            self.state = state
            self.body = body
        }
    }

    /// The figure of a gateway.
    public struct PartKey: Hashable, Comparable, Sendable {
        public var gateway: Int32
        /// The catalogue's id, such as `water-volume`.
        public var indicator: String
        public var scope: String
        public var window: String
        public var from: Instant
        /// The number of the gateway's journal that it was made with, from 1: see `Merging`.
        public var lineage: Int32

        public init(
            gateway: Int32,
            indicator: String,
            scope: String,
            window: String,
            from: Instant,
            lineage: Int32
        ) {
            self.gateway = gateway
            self.indicator = indicator
            self.scope = scope
            self.window = window
            self.from = from
            self.lineage = lineage
        }

        public static func < (a: PartKey, b: PartKey) -> Bool {
            (a.gateway, a.indicator, a.scope, a.window, a.from, a.lineage)
                < (b.gateway, b.indicator, b.scope, b.window, b.from, b.lineage)
        }
    }

    /// The newest message of it.
    public struct Part: Sendable {
        public var to: Instant
        public var revision: Int64
        public var isFinal: Bool
        /// The payload, as JSON.
        public var body: String

        public init(to: Instant, revision: Int64, isFinal: Bool, body: String) {
            self.to = to
            self.revision = revision
            self.isFinal = isFinal
            self.body = body
        }
    }

    /// A message that is none of the contract.
    public struct SetAside: Sendable {
        /// Bytes that are kept of a payload.
        public static let mostBytes = 65_536

        public var topic: String
        public var reason: String
        public var payload: [UInt8]

        public init(topic: String, reason: String, payload: [UInt8]) {
            self.topic = topic
            self.reason = reason
            self.payload = payload
        }
    }

    public var readings = CopyText()
    public var events = CopyText()
    public var unsynchronised = CopyText()
    public var lines: [Line] = []
    /// By the index of the event's line, as an event that is there already changes nothing; nil for what is done in any
    /// case.
    public var effects: [(line: Int?, effect: Effect)] = []
    public var states: [Int32: State] = [:]
    /// By device; nil where the meta message was emptied.
    public var metas: [Int32: String?] = [:]
    public private(set) var parts: [PartKey: Part] = [:]
    public var setAside: [SetAside] = []

    public init() {}

    public var isEmpty: Bool {
        lines.isEmpty && effects.isEmpty && states.isEmpty && metas.isEmpty && parts.isEmpty && setAside.isEmpty
    }

    /// Adds a part, unless the batch has a newer one.
    public mutating func add(_ part: Part, for key: PartKey) {
        if let known = parts[key], (known.revision, known.isFinal ? 1 : 0) >= (part.revision, part.isFinal ? 1 : 0) {
            return
        }
        parts[key] = part
    }

    /// Returns the text of a table.
    func text(of table: Table) -> CopyText {
        switch table {
        case .reading: readings
        case .event: events
        case .unsynchronised: unsynchronised
        }
    }

    /// The columns of a row of each table, in its order.
    static func target(_ table: Table) -> String {
        switch table {
        case .reading: "reading (epoch, seq, device, form, time, v, q, x)"
        case .event: "event (epoch, seq, device, time, event, severity, event_id, body)"
        case .unsynchronised:
            "unsynchronised (epoch, seq, boot, uptime_ms, time, device, form, v, q, x, event, severity, event_id, body)"
        }
    }
}
