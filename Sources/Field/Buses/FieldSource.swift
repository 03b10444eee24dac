public import Domain
public import MQTT
public import Modbus
public import Platform

/// One bus or broker of the field at work: it passes what its devices send to a `FieldSink`.
public protocol FieldSource: AnyObject, Sendable {
    /// The bus' id.
    var id: String { get }

    /// Where the bus or broker is, for people.
    var address: String { get }

    /// Starts the source; call it once. A source that was asked to end before ends at once.
    func start()

    /// Asks the source to end, without waiting for it.
    ///
    /// - Returns: work that this needs on a thread that may block, for a second at most; nil where the source ends by
    ///   itself.
    func requestStop() -> (@Sendable () -> Void)?

    /// Waits, and returns whether the source ended by then.
    func join(until deadline: Uptime) -> Bool

    /// Runs `begin` when the source has ended: devices have one reader at a time.
    func handOver(to begin: @escaping @Sendable () -> Void)

    /// The source's state, for the status.
    var snapshot: SourceSnapshot { get }

    /// The heartbeat of its own thread; nil while it has none that must be watched.
    var heartbeat: Heartbeat? { get }

    /// Its line, where a probe may borrow it.
    var lender: (any LineLender)? { get }

    /// Makes readings of silence for devices that should have reported by now. Called about once a second.
    func reportOverdue(now: Uptime)
}

extension FieldSource {
    public var lender: (any LineLender)? { nil }

    public func reportOverdue(now: Uptime) {}
}

/// A line that a probe may use between two polls.
public protocol LineLender: AnyObject, Sendable {
    /// The bus' id.
    var id: String { get }
    /// The source's address; clients check with it that they mean the same line.
    var address: String { get }
    /// The unit ids that can be asked there.
    var unitIDs: ClosedRange<UInt8> { get }

    /// Accepts or refuses a request, at once.
    ///
    /// - Parameter answer: called once for an accepted request, from any thread.
    func lend(
        _ request: LendRequest,
        to borrower: LineShare.Borrower,
        answer: @escaping @Sendable (LendAnswer) -> Void
    ) -> LendReception

    /// Takes the line back from a client that is done with it, or has left.
    func takeBack(from client: Int)
}

/// The last failure of a bus or of a field broker.
public enum SourceFailure: Hashable, Sendable {
    case bus(ModbusError)
    /// A line of text.
    case stream(ModbusError)
    case broker(MQTTError)
}

/// What a source shows about itself.
public struct SourceSnapshot: Sendable {
    public var connected = false
    /// The last failure in words.
    public var error: String?
    /// The same failure as a value, for whoever says it in another language.
    public var failure: SourceFailure?
    /// How many requests were made, or messages received.
    public var requests = 0
    public var timeouts = 0
    public var crcErrors = 0
    public var exceptions = 0
    /// Bad frames, replies by other units, failed connections.
    public var otherErrors = 0
    /// The share of the last minute in which the line was in use, 0 to 1; nil where nothing is asked.
    public var load: Double?
    /// How long the line was in use since the source was started; nil where nothing is asked, as the next two.
    public var busy: Duration?
    /// How long replies took.
    public var latency: LatencyHistogram?
    /// Polls that were skipped because the line was busy.
    public var missed: Int?
}
