public import Domain
public import Modbus

/// What a client asks of a line beside the polls.
public enum LendRequest: Sendable {
    case read(LendRead)
    /// The port is left to the client until it releases it, or is gone, or `LineShare.longestTake` has passed.
    case take
}

/// One read that a client asks for: what to ask, and how long it is willing to wait.
public struct LendRead: Sendable, Hashable {
    public var range: RegisterRange
    public var unit: UnitID
    /// What the client takes the device's times to be.
    public var timing: ReplyTiming
    /// How long to hear a serial line after a right reply or an exception.
    public var listen: Duration
    /// How long to hear it for a late reply after silence.
    public var patience: Duration

    public init(range: RegisterRange, unit: UnitID, timing: ReplyTiming, listen: Duration, patience: Duration) {
        self.range = range
        self.unit = unit
        self.timing = timing
        self.listen = listen
        self.patience = patience
    }
}

/// What became of a request at once, however long whoever serves the bus is busy.
public enum LendReception: Sendable {
    case taken
    case refused(LineShare.Verdict)
    /// Whoever serves the bus has ended or is ending.
    case closed
}

/// What came of a request.
public enum LendAnswer: Sendable {
    case exchange(BusExchange)
    /// The line is the client's.
    case taken
    /// No read is made for a client that has the line itself.
    case isTheClients
    /// Whoever serves the bus is ending; somebody else begins to serve it.
    case closing
}

/// A request on its way to whoever serves the bus.
struct BusErrand: Sendable {
    var request: LendRequest
    var borrower: LineShare.Borrower
    var came: Uptime
    var answer: @Sendable (LendAnswer) -> Void
}
