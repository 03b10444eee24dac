public import Domain
public import Platform

/// One bus or broker of the field at work: what its devices say goes to a `FieldSink`.
public protocol FieldSource: AnyObject, Sendable {
    /// The bus' id.
    var id: String { get }

    /// Where the bus or broker is, for people.
    var address: String { get }

    /// Begins; once. One that was asked to end before ends at once.
    func start()

    /// Asks the source to end, without waiting for it.
    ///
    /// - Returns: what must be done for that on a thread that may block, for a second at most; nil where the source
    ///   ends by itself.
    func requestStop() -> (@Sendable () -> Void)?

    /// Whether the source ended by then.
    func join(until deadline: Uptime) -> Bool

    /// Has that begin when the source has ended: devices have one reader at a time.
    func handOver(to begin: @escaping @Sendable () -> Void)

    /// How it stands, for the status.
    var snapshot: SourceSnapshot { get }

    /// Of its own thread; nil while it has none that must be watched.
    var heartbeat: Heartbeat? { get }

    /// Its line, where a probe may borrow that.
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
    /// The source's address, by which a client makes sure that it means the same line.
    var address: String { get }
    /// The unit ids that can be asked there.
    var unitIDs: ClosedRange<UInt8> { get }

    /// Takes a request or refuses it, at once.
    ///
    /// - Parameter answer: called once for a request that was taken, from any thread.
    func lend(
        _ request: LendRequest,
        to borrower: LineShare.Borrower,
        answer: @escaping @Sendable (LendAnswer) -> Void
    ) -> LendReception

    /// A client has done with the line, or has gone.
    func takeBack(from client: Int)
}

/// What a source shows of itself.
public struct SourceSnapshot: Sendable {
    public var connected = false
    /// The last failure in words.
    public var error: String?
    /// Requests made, or messages heard.
    public var requests = 0
    public var timeouts = 0
    public var crcErrors = 0
    public var exceptions = 0
    /// Bad frames, replies by others, connections that failed.
    public var otherErrors = 0
    /// The share of the last minute that the line was in use, 0 to 1; nil where nothing is asked.
    public var load: Double?
}
