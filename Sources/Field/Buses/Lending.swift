import Domain
import Modbus
import Polling

/// Decides when clients get their turn on a line between two polls. The thread that has the bus passes the time in and
/// carries out the decisions.
///
/// A borrowed read is made when the polls have had their share of the line (`LineShare`) and the next poll is not due
/// before the read must have ended; after 3 s it is made in any case, so that clients of a busy line are served too. It
/// is one transaction: no poll waits for more.
struct Lending {
    /// What to do for clients now; at most one request of them.
    enum Step {
        /// There is nothing to do; look again then, although no poll is due.
        case wait(until: Uptime?)
        /// Make the read, then report `done`.
        ///
        /// - Parameter longest: the most time that it may take.
        case read(LendRead, for: BusErrand, longest: Duration)
        /// The client has the whole line.
        ///
        /// - Parameter isNews: whether this is new.
        case give(to: BusErrand, isNews: Bool)
        /// Refuse the read: the client has the whole line itself.
        case refuse(BusErrand)
    }

    /// How long the daemon's polls go first.
    static let patience = Duration.seconds(3)

    private let mailbox: BusMailbox
    private let endpoint: ModbusEndpoint
    /// Whether a client had the line at the last look.
    private var wasTaken = false

    /// - Parameter settling: how long the last late reply to a client that had the whole line may still come.
    init(mailbox: BusMailbox, at endpoint: ModbusEndpoint, settling: Duration) {
        self.mailbox = mailbox
        self.endpoint = endpoint
        mailbox.settle(for: settling)
    }

    /// Checks whether a client has the whole line.
    ///
    /// - Returns: until when, or nil; and whether the line has come back since the last look.
    mutating func look(_ now: Uptime) -> (until: Uptime?, cameBack: Bool) {
        let until = mailbox.share { share in
            share.settle(now)
            return share.takenUntil(now)
        }
        defer { wasTaken = until != nil }
        return (until, wasTaken && until == nil)
    }

    /// - Parameters:
    ///   - taken: what `look` has just returned.
    ///   - nextDue: when the next poll is due.
    ///   - restingUntil: the end of the line's rest after a failure; nil while it has none.
    ///   - answers: whether a unit id of the bus answered when it was last asked; then no rest is expected after the
    ///     read.
    func next(
        taken: Uptime?,
        nextDue: Uptime?,
        restingUntil: Uptime?,
        now: Uptime,
        answers: (UnitID) -> Bool
    ) -> Step {
        guard let errand = mailbox.first else { return .wait(until: taken) }
        let client = errand.borrower.client
        let hasTaken = mailbox.share { $0.hasTaken(client) }
        // A line that another client has just given back rests; then the polls get the time that they are due.
        if !hasTaken, let until = taken ?? mailbox.share({ $0.freeFrom(now) }) { return .wait(until: until) }
        switch errand.request {
        case .take:
            guard mailbox.removeFirst(errand) else { return .wait(until: now) }
            mailbox.share { $0.take(client, now: now) }
            return .give(to: errand, isNews: !hasTaken)
        case .read where hasTaken:
            guard mailbox.removeFirst(errand) else { return .wait(until: now) }
            done(errand, from: now, until: now)
            return .refuse(errand)
        case .read(let read):
            let cost = cost(read, answers: answers(read.unit), isResting: restingUntil != nil)
            let latest = errand.came + Self.patience
            if let nextDue, now + cost > nextDue, now < latest { return .wait(until: latest) }
            guard mailbox.removeFirst(errand) else { return .wait(until: now) }
            return .read(read, for: errand, longest: cost + read.timing.worstReply + .seconds(10))
        }
    }

    /// A client's read is over; the cost includes the rest that follows it.
    func done(_ errand: BusErrand, from begin: Uptime, until end: Uptime) {
        mailbox.share { $0.done(errand.borrower.client, from: begin, until: end) }
    }

    /// Whether another request waits.
    var hasMore: Bool { mailbox.first != nil }

    /// The time from the request to the latest moment at which a poll may follow; includes a rest only where one is
    /// expected.
    private func cost(_ read: LendRead, answers: Bool, isResting: Bool) -> Duration {
        var cost = read.timing.replyTime + read.listen + .milliseconds(20)
        if let settings = endpoint.lineSettings {
            cost += LineTime.transaction(read.range, on: settings, framing: endpoint.framing)
        }
        if endpoint.isShared, !answers { cost += read.timing.worstReply }
        return cost + (isResting ? read.timing.worstReply : .zero)
    }
}
