public import Domain
public import Modbus

/// One question to one unit: function codes 1 to 4, like every request of this program.
public struct ProbeRequest: Hashable, Sendable {
    public var unit: UnitID
    public var range: RegisterRange
    public var timing: ReplyTiming
    /// How long to hear a serial line after a right reply, for what nobody asked for.
    public var listen: Duration
    /// How long to hear it after a failure, for a late reply; a bus that the daemon lends hears no longer than its rest.
    public var patience: Duration

    public init(
        unit: UnitID,
        range: RegisterRange,
        timing: ReplyTiming,
        listen: Duration = .zero,
        patience: Duration = .zero
    ) {
        self.unit = unit
        self.range = range
        self.timing = timing
        self.listen = listen
        self.patience = patience
    }
}

/// A frame as it was on the wire, CRC or TCP header included.
public struct TracedFrame: Hashable, Sendable {
    public var direction: ModbusBus.Direction
    public var bytes: [UInt8]
    /// When it was sent, or complete.
    public var at: Uptime

    public init(direction: ModbusBus.Direction, bytes: [UInt8], at: Uptime) {
        self.direction = direction
        self.bytes = bytes
        self.at = at
    }
}

/// What came of a question, whatever came.
public struct ProbeExchange: Sendable {
    public var request: ProbeRequest
    public var result: Result<RegisterBlock, ModbusError>
    /// From the last request frame to its reply's end or its deadline; zero when nothing could be sent.
    public var latency: Duration
    /// In order; more than two where the line had to be resynchronised first.
    public var frames: [TracedFrame]
    /// What was heard afterwards, and when its last byte came.
    public var strays: [UInt8]
    /// From the last request frame until `strays` began; zero without any.
    public var strayLatency: Duration

    public init(
        request: ProbeRequest,
        result: Result<RegisterBlock, ModbusError>,
        latency: Duration,
        frames: [TracedFrame],
        strays: [UInt8] = [],
        strayLatency: Duration = .zero
    ) {
        self.request = request
        self.result = result
        self.latency = latency
        self.frames = frames
        self.strays = strays
        self.strayLatency = strayLatency
    }

    public var block: RegisterBlock? {
        guard case .success(let block) = result else { return nil }
        return block
    }

    public var error: ModbusError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    /// Whether the unit itself spoke, be it with an exception.
    public var isAnswered: Bool { error.map { $0.devicesOwnException != nil } ?? true }
}

/// Why a question could not even be put: nothing is known of the device.
public enum ProbeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The daemon that holds the bus went away, or its socket failed; in the kernel's or the daemon's words.
    case lost(String)
    /// The daemon does not lend the bus for this; its words.
    case refused(String)
    /// The daemon does not lend the bus now; it may be asked again.
    case busy(Sentence)

    public var description: String { text(in: .en) }

    public func text(in language: Language) -> String {
        switch self {
        case .lost(let words), .refused(let words): words
        case .busy(let reason): reason.text(in: language) + ": " + Sentence(LendingPhrase.askLater).text(in: language)
        }
    }
}

/// Whoever lets a probe ask a bus: the port itself (`OwnBus`), or the daemon that has it open (`BorrowedBus`).
public protocol ProbeBus: AnyObject {
    var endpoint: ModbusEndpoint { get }
    /// What was asked through this object and what came of it.
    var counters: BusCounters { get }
    /// Blocks until the reply or its deadline; a failed read is an exchange too.
    func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange
    /// Gives the port or the connection back; the next exchange takes it again.
    func close()
}
