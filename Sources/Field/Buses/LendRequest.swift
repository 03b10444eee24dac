public import Domain
public import Modbus

/// What a client asks of a line besides the polls.
public enum LendRequest: Sendable {
    case read(LendRead)
    /// The client gets the port until it releases it, or leaves, or `LineShare.longestTake` has passed.
    case take
}

/// One read that a client asks for: what to ask, and how long to wait.
public struct LendRead: Sendable, Hashable {
    public var range: RegisterRange
    public var unit: UnitID
    /// The device's times, as the client assumes them.
    public var timing: ReplyTiming
    /// How long to listen on a serial line after a right reply or an exception.
    public var listen: Duration
    /// How long to listen there for a late reply after silence.
    public var patience: Duration

    public init(range: RegisterRange, unit: UnitID, timing: ReplyTiming, listen: Duration, patience: Duration) {
        self.range = range
        self.unit = unit
        self.timing = timing
        self.listen = listen
        self.patience = patience
    }
}

/// The immediate outcome of a request, however busy the thread that serves the bus is.
public enum LendReception: Sendable {
    case taken
    case refused(LineShare.Verdict)
    /// The serving thread has ended or is ending.
    case closed
}

/// The answer to a request.
public enum LendAnswer: Sendable {
    case exchange(BusExchange)
    /// The client has the line.
    case taken
    /// A client that has the line itself gets no reads.
    case isTheClients
    /// The serving thread is ending; another one takes over.
    case closing
}

/// A request on its way to the thread that serves the bus.
struct BusErrand: Sendable {
    var request: LendRequest
    var borrower: LineShare.Borrower
    var came: Uptime
    var answer: @Sendable (LendAnswer) -> Void
}
