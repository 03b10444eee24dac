public import Domain

/// Who may use a line beside its polls: one probe at a time, and for at most half of the time. Pure: whoever asks says
/// what time it is.
///
/// - A probe has the line from its first request until its connection ends, it releases the line, or it has asked
///   nothing for `lapse`. Another is refused meanwhile, and told who has it.
/// - Time that a probe cost the line, rests included, is owed to the polls: the next borrowed work begins when no more
///   than `credit` of it is left. So a short probe goes on without a pause, and a long one gets half of the line.
public struct LineShare: Sendable {
    /// A probe that has the line.
    public struct Borrower: Hashable, Sendable {
        /// Its number, as long as it is there.
        public var client: Int
        /// Its user and its process, for people; nil where nobody knows.
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
        /// Another has the line.
        case held(Borrower)
        /// The polls are owed the line until then, for longer than anybody should wait for an answer.
        case owed(until: Uptime)
    }

    static let lapse = Duration.seconds(10)
    static let credit = Duration.seconds(2)
    /// The longest that a line is left to a client as a whole.
    static let longestTake = Duration.seconds(600)
    /// The longest that a granted request waits for the polls' half; clients wait a minute for an answer.
    static let longestWait = Duration.seconds(45)

    private var borrower: Borrower?
    /// Whether a request of the borrower waits or is being served.
    private var isAtWork = false
    private var lastWork: Uptime?
    /// When nothing is owed any more.
    private var evenAt: Uptime?
    private var taken: (client: Int, from: Uptime, until: Uptime)?
    /// The end of the line's rest after it was left to a client as a whole.
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

    /// What a client had asked is done, and cost the line that time.
    mutating func done(_ client: Int, from begin: Uptime, until end: Uptime) {
        charge(from: begin, until: end)
        guard borrower?.client == client else { return }
        isAtWork = false
        lastWork = end
    }

    /// The line is the client's as a whole from now on. Asked again, it is not the client's for longer.
    mutating func take(_ client: Int, now: Uptime) {
        settle(now)
        guard borrower?.client == client else { return }
        isAtWork = false
        lastWork = now
        if taken == nil { taken = (client, now, now + Self.longestTake) }
    }

    /// The client has done with the line, or has gone.
    ///
    /// - Parameter settling: how long the last late reply to a client that had the line as a whole may still come.
    /// - Returns: whether the line was its.
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

    /// Whether the client has the line as a whole.
    func hasTaken(_ client: Int) -> Bool { taken?.client == client }

    /// The moment until which there are no polls, as a client has the whole line, or its last late reply may still
    /// come.
    func takenUntil(_ now: Uptime) -> Uptime? { (taken?.until ?? restsUntil).flatMap { now < $0 ? $0 : nil } }

    /// Whether there are no polls, or were none until a moment ago: see `settle`.
    var isTaken: Bool { taken != nil || restsUntil != nil }

    /// When the next borrowed work may begin; nil when at once.
    func freeFrom(_ now: Uptime) -> Uptime? {
        guard let evenAt, evenAt > now + Self.credit else { return nil }
        return Uptime(nanoseconds: evenAt.nanoseconds - Self.credit.wholeNanoseconds)
    }

    /// Gives the line back to the polls when its time has come.
    mutating func settle(_ now: Uptime) {
        if let end = restsUntil, now >= end { restsUntil = nil }
        guard let over = taken, now >= over.until else { return }
        taken = nil
        charge(from: over.from, until: over.until)
        lastWork = over.until
    }

    /// Who has the line, unless it was forgotten.
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
