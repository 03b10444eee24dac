import Control
import Domain
import Logging
import Modbus

/// The part of a bus that serves others between two polls, on a thread that may block: borrowed reads, and the line
/// itself.
///
/// A borrowed read is made when the polls have had their share of the line (`LineShare`), and the next one is not due
/// before it must have ended, or after 3 s in any case, so that a busy line serves it too. It is one transaction: no
/// poll waits for more.
struct Lending {
    /// Until the daemon's polls go first.
    static let patience = Duration.seconds(3)

    private let mailbox: BusMailbox
    private let bus: ModbusBus
    private let log: Logger
    private let name: String
    private let time: any TimeSource
    /// Whether the line was a client's when last looked at.
    private var wasTaken = false

    /// - Parameter settling: how long the last late reply to a client that had the whole line may still come.
    init(
        mailbox: BusMailbox,
        bus: ModbusBus,
        log: Logger,
        name: String,
        settling: Duration,
        time: any TimeSource
    ) {
        self.mailbox = mailbox
        self.bus = bus
        self.log = log
        self.name = name
        self.time = time
        mailbox.settle(for: settling)
    }

    /// Whether the port belongs to a client now.
    mutating func isTaken(now: Uptime) -> Bool { takenUntil(now) != nil }

    private mutating func takenUntil(_ now: Uptime) -> Uptime? {
        let until = mailbox.share { share in
            share.settle(now)
            return share.takenUntil(now)
        }
        if wasTaken, until == nil { log.notice("the line is the gateway's again", metadata: ["bus": "\(name)"]) }
        wasTaken = until != nil
        return until
    }

    /// Serves at most one errand.
    ///
    /// - Parameters:
    ///   - nextDue: when the next poll is due.
    ///   - answering: unit ids of the bus that answered when last asked: they are not expected to need a rest.
    ///   - promise: called with the longest that the errand may take, before it is begun.
    /// - Returns: when to look again, though no poll is due: nil when nothing waits.
    mutating func serve(
        nextDue: Uptime?,
        answering: Set<UInt8>,
        now: Uptime,
        promise: (Duration) -> Void
    ) -> Uptime? {
        let taken = takenUntil(now)
        guard let errand = mailbox.first else { return taken }
        let client = errand.borrower.client
        let hasTaken = mailbox.share { $0.hasTaken(client) }
        // A line that another has just given back rests; then the polls have what they are owed.
        if !hasTaken, let until = taken ?? mailbox.share({ $0.freeFrom(now) }) { return until }
        switch errand.kind {
        case .take:
            guard mailbox.removeFirst(errand) else { return now }
            take(errand, again: hasTaken, now: now)
        case .read where hasTaken:
            guard mailbox.removeFirst(errand) else { return now }
            mailbox.share { $0.done(client, from: now, until: now) }
            errand.answer(BorrowedAnswer(refused: "this probe has taken the line \(name): it has the port itself"))
        case .read(let read, let range):
            let cost = self.cost(read, answers: answering.contains(read.unit))
            let latest = errand.came + Self.patience
            if let nextDue, now + cost > nextDue, now < latest { return latest }
            guard mailbox.removeFirst(errand) else { return now }
            promise(cost + .nanoseconds(read.worstReply) + .seconds(10))
            let answer = answer(read, range)
            // The rest that it leaves behind is its cost too.
            let end = bus.restingUntil ?? time.uptime()
            mailbox.share { $0.done(client, from: now, until: end) }
            errand.answer(answer)
        }
        return mailbox.first == nil ? taken : now
    }

    private mutating func take(_ errand: BusErrand, again: Bool, now: Uptime) {
        if !again {
            bus.close()
            log.notice(
                "the line is lent to a probe; polls are readings with reason borrowed",
                metadata: ["bus": "\(name)"]
            )
        }
        mailbox.share { $0.take(errand.borrower.client, now: now) }
        errand.answer(BorrowedAnswer())
    }

    /// From the request to the latest moment at which a poll may follow; a rest only where one is expected.
    private func cost(_ read: BorrowedRead, answers: Bool) -> Duration {
        var cost = Duration.nanoseconds(read.replyTime + read.listen) + .milliseconds(20)
        if let settings = bus.endpoint.serialSettings {
            cost += settings.time(characters: Double(8 + 5 + (read.range?.dataBytes ?? 0)))
        }
        if bus.endpoint.isShared, !answers { cost += .nanoseconds(read.worstReply) }
        return cost + (bus.restingUntil == nil ? .zero : .nanoseconds(read.worstReply))
    }

    private func answer(_ read: BorrowedRead, _ range: RegisterRange) -> BorrowedAnswer {
        // The daemon's own reads come after it: a late reply must find the line at rest, and polls must not wait for
        // more.
        let rest = Duration.nanoseconds(max(read.worstReply, read.replyTime / 2))
        let exchange = bus.exchange(
            range,
            unit: UnitID(read.unit),
            timing: ReplyTiming(replyTime: .nanoseconds(read.replyTime), worstReply: rest),
            listen: .nanoseconds(read.listen),
            patience: min(.nanoseconds(read.patience), rest)
        )
        return BorrowedAnswer(exchange)
    }
}
