import Domain
import Modbus

/// Decides when clients have their turn on a line between two polls. Whoever has the bus says what time it is and does
/// what is decided.
///
/// A borrowed read is made when the polls have had their share of the line (`LineShare`), and the next one is not due
/// before it must have ended, or after 3 s in any case, so that a busy line serves it too. It is one transaction: no
/// poll waits for more.
struct Lending {
    /// What to do for clients now; at most one request of them.
    enum Step {
        /// Nothing; look again then, though no poll is due.
        case wait(until: Uptime?)
        /// Make the read, then say `done`.
        ///
        /// - Parameter longest: so long it may take.
        case read(LendRead, for: BusErrand, longest: Duration)
        /// The line is the client's as a whole.
        ///
        /// - Parameter isNews: whether it has not been so before.
        case give(to: BusErrand, isNews: Bool)
        /// No read is made for a client that has the whole line itself.
        case refuse(BusErrand)
    }

    /// Until the daemon's polls go first.
    static let patience = Duration.seconds(3)

    private let mailbox: BusMailbox
    private let endpoint: ModbusEndpoint
    /// Whether the line was a client's when last looked at.
    private var wasTaken = false

    /// - Parameter settling: how long the last late reply to a client that had the whole line may still come.
    init(mailbox: BusMailbox, at endpoint: ModbusEndpoint, settling: Duration) {
        self.mailbox = mailbox
        self.endpoint = endpoint
        mailbox.settle(for: settling)
    }

    /// Looks whether a client has the whole line.
    ///
    /// - Returns: until when, or nil; and whether it has come back since the last look.
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
    ///   - answers: whether a unit id of the bus answered when last asked: it is not expected to need a rest.
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
        // A line that another has just given back rests; then the polls have what they are owed.
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

    /// A client's read is over; with the rest that it left behind it had the line for that time.
    func done(_ errand: BusErrand, from begin: Uptime, until end: Uptime) {
        mailbox.share { $0.done(errand.borrower.client, from: begin, until: end) }
    }

    /// Whether another request waits.
    var hasMore: Bool { mailbox.first != nil }

    /// From the request to the latest moment at which a poll may follow; a rest only where one is expected.
    private func cost(_ read: LendRead, answers: Bool, isResting: Bool) -> Duration {
        var cost = read.timing.replyTime + read.listen + .milliseconds(20)
        if let settings = endpoint.serialSettings {
            cost += settings.time(characters: Double(8 + 5 + read.range.dataBytes))
        }
        if endpoint.isShared, !answers { cost += read.timing.worstReply }
        return cost + (isResting ? read.timing.worstReply : .zero)
    }
}
