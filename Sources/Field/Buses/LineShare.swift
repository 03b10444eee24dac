public import Domain

/// Decides who may use a line besides its polls: one probe at a time, for at most half of the time. Pure: the caller
/// passes the time in.
///
/// - A probe has the line from its first request until its connection ends, it releases the line, or it has asked
///   nothing for `lapse`. Meanwhile another probe is refused, with the name of the one that has the line.
/// - Time that a probe costs the line, rests included, is a debt to the polls: the next borrowed work begins when no
///   more than `credit` of it is left. So a short probe continues without a pause, and a long one gets half of the
///   line.
public struct LineShare: Sendable {
    /// A probe that has the line.
    public struct Borrower: Hashable, Sendable {
        /// Its number while it is connected.
        public var client: Int
        /// Its user and its process, for people; nil where unknown.
        public var user: UInt32?
        public var process: Int32?
        public var since: Instant

        public init(client: Int, user: UInt32?, process: Int32?, since: Instant) {
            self.client = client
            self.user = user
            self.process = process
            self.since = since
        }
    }

    public enum Verdict: Hashable, Sendable {
        case granted
        /// Another client has the line.
        case held(Borrower)
        /// The polls have the line until then, for longer than a client should wait for an answer.
        case owed(until: Uptime)
    }

    static let lapse = Duration.seconds(10)
    static let credit = Duration.seconds(2)
    /// The longest that a client may have the whole line.
    static let longestTake = Duration.seconds(600)
    /// The longest that a granted request waits for the polls' half; clients wait a minute for an answer.
    static let longestWait = Duration.seconds(45)

    private var borrower: Borrower?
    /// Whether a request of the borrower waits or is being served.
    private var isAtWork = false
    private var lastWork: Uptime?
    /// When the debt to the polls is paid.
    private var evenAt: Uptime?
    private var taken: (client: Int, from: Uptime, until: Uptime)?
    /// The end of the line's rest after a client had it as a whole.
    private var restsUntil: Uptime?

    /// A client asks for the line.
    mutating func ask(_ asker: Borrower, now: Uptime) -> Verdict {
        settle(now)
        if let borrower = current(now), borrower.client != asker.client { return .held(borrower) }
        if let free = freeFrom(now), free > now + Self.longestWait, !hasTaken(asker.client) {
            return .owed(until: free)
        }
        if borrower?.client != asker.client { borrower = asker }
        isAtWork = true
        return .granted
    }

    /// A client's request is done, and cost the line that time.
    mutating func done(_ client: Int, from begin: Uptime, until end: Uptime) {
        charge(from: begin, until: end)
        guard borrower?.client == client else { return }
        isAtWork = false
        lastWork = end
    }

    /// The client has the whole line from now on. A repeated request does not prolong that.
    mutating func take(_ client: Int, now: Uptime) {
        settle(now)
        guard borrower?.client == client else { return }
        isAtWork = false
        lastWork = now
        if taken == nil { taken = (client, now, now + Self.longestTake) }
    }

    /// The client is done with the line, or has left.
    ///
    /// - Parameter settling: how long the last late reply to a client that had the line as a whole may still come.
    /// - Returns: whether the client had the line.
    mutating func leave(_ client: Int, settling: Duration, now: Uptime) -> Bool {
        settle(now)
        guard borrower?.client == client else { return false }
        borrower = nil
        isAtWork = false
        if let taken {
            self.taken = nil
            restsUntil = now + settling
            charge(from: taken.from, until: now + settling)
        }
        return true
    }

    /// Whether the client has the whole line.
    func hasTaken(_ client: Int) -> Bool { taken?.client == client }

    /// The moment until which there are no polls, because a client has the whole line, or its last late reply may still
    /// come.
    func takenUntil(_ now: Uptime) -> Uptime? { (taken?.until ?? restsUntil).flatMap { now < $0 ? $0 : nil } }

    /// Whether polls are suspended, or were until a moment ago: see `settle`.
    var isTaken: Bool { taken != nil || restsUntil != nil }

    /// When the next borrowed work may begin; nil for at once.
    func freeFrom(_ now: Uptime) -> Uptime? {
        guard let evenAt, evenAt > now + Self.credit else { return nil }
        return Uptime(nanoseconds: evenAt.nanoseconds - Self.credit.wholeNanoseconds)
    }

    /// Returns the line to the polls when the time has come.
    mutating func settle(_ now: Uptime) {
        if let end = restsUntil, now >= end { restsUntil = nil }
        guard let over = taken, now >= over.until else { return }
        taken = nil
        charge(from: over.from, until: over.until)
        lastWork = over.until
    }

    /// The borrower of the line, unless it has lapsed.
    private func current(_ now: Uptime) -> Borrower? {
        if isAtWork || taken != nil { return borrower }
        return lastWork.map { now < $0 + Self.lapse } ?? false ? borrower : nil
    }

    private mutating func charge(from begin: Uptime, until end: Uptime) {
        guard end > begin else { return }
        let before = evenAt.map { max(.zero, $0 - begin) } ?? .zero
        evenAt = end + before + (end - begin)
    }
}
