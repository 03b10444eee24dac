import Control
import Domain
import Logging
import Modbus

/// The part of a bus that serves others between two polls, on a thread that may block: borrowed reads, and the line itself.
///
/// A borrowed read is made when the next poll is not due before it must have ended, and after 3 s in any case, so that a
/// busy line serves it too. It is one transaction: no poll waits for more.
struct Lending {
    /// Until the daemon's polls go first.
    static let patience = Duration.seconds(3)
    /// The longest that a line is left to a client.
    static let longestTake = Duration.seconds(600)

    private let mailbox: BusMailbox
    private let bus: ModbusBus
    private let log: Logger
    private let name: String
    /// After the client has done, its last late reply may still come.
    private let settling: Duration
    private var taken: (client: Int, until: Uptime)?

    init(mailbox: BusMailbox, bus: ModbusBus, log: Logger, name: String, settling: Duration) {
        self.mailbox = mailbox
        self.bus = bus
        self.log = log
        self.name = name
        self.settling = settling
    }

    /// Whether the port is a client's, or was until a moment ago.
    var isTaken: Bool { taken != nil }

    /// Whether the port belongs to a client now.
    mutating func isTaken(now: Uptime) -> Bool {
        guard let taken else { return false }
        if now < taken.until { return true }
        self.taken = nil
        log.notice("the line is the gateway's again", metadata: ["bus": "\(name)"])
        return false
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
        _ = isTaken(now: now)
        guard let errand = mailbox.first else { return taken?.until }
        switch errand.kind {
        case .take(let until):
            mailbox.removeFirst()
            take(errand, until: until)
        case .release:
            mailbox.removeFirst()
            if let taken, taken.client == errand.client { self.taken = (taken.client, now + settling) }
            errand.answer(BorrowedAnswer())
        case .read(let read, let range):
            if taken != nil {
                mailbox.removeFirst()
                errand.answer(BorrowedAnswer(refused: "another probe has taken the line \(name)"))
                return now
            }
            let cost = self.cost(read, answers: answering.contains(read.unit))
            let latest = errand.came + Self.patience
            if let nextDue, now + cost > nextDue, now < latest { return latest }
            mailbox.removeFirst()
            promise(cost + .nanoseconds(read.worstReply) + .seconds(10))
            errand.answer(answer(read, range))
        }
        return mailbox.first == nil ? taken?.until : now
    }

    private mutating func take(_ errand: BusErrand, until: Uptime) {
        if let taken, taken.client != errand.client {
            errand.answer(BorrowedAnswer(refused: "another probe has taken the line \(name)"))
            return
        }
        bus.close()
        taken = (errand.client, until)
        log.notice("the line is lent to a probe; polls are readings with reason borrowed", metadata: ["bus": "\(name)"])
        errand.answer(BorrowedAnswer())
    }

    /// From the request to the latest moment at which a poll may follow; a rest only where one is expected.
    private func cost(_ read: BorrowedRead, answers: Bool) -> Duration {
        var cost = Duration.nanoseconds(read.replyTime + read.listen) + .milliseconds(20)
        if case .serial(_, let settings) = bus.endpoint {
            cost += settings.time(characters: Double(8 + 5 + (read.range?.dataBytes ?? 0)))
            if !answers { cost += .nanoseconds(read.worstReply) }
        }
        return cost + (bus.restingUntil == nil ? .zero : .nanoseconds(read.worstReply))
    }

    private func answer(_ read: BorrowedRead, _ range: RegisterRange) -> BorrowedAnswer {
        // The daemon's own reads come after it: a late reply must find the line at rest, and polls must not wait for more.
        let rest = Duration.nanoseconds(max(read.worstReply, read.replyTime / 2))
        let exchange = bus.exchange(
            range,
            unit: UnitID(read.unit),
            timing: ReplyTiming(replyTime: .nanoseconds(read.replyTime), worstReply: rest),
            listen: .nanoseconds(read.listen),
            patience: min(.nanoseconds(read.patience), rest)
        )
        var answer = BorrowedAnswer()
        switch exchange.result {
        case .success(let block):
            answer.words = block.words
            answer.arrived = block.arrived.nanoseconds
        case .failure(let error):
            let told = error.kind.told
            answer.failure = .init(word: told.word, number: told.number, text: told.text)
        }
        answer.latency = exchange.latency.wholeNanoseconds
        answer.frames = exchange.frames.map { frame in
            BorrowedAnswer.Frame(sent: frame.direction == .sent, bytes: frame.bytes, at: frame.at.nanoseconds)
        }
        answer.strays = exchange.strays
        answer.strayLatency = exchange.strayLatency.wholeNanoseconds
        return answer
    }
}
