import Domain
import Logging
import Modbus

/// Serves clients between two polls, on a thread that may block.
extension BusPolls {
    /// Serves at most one request of a client, if that disturbs no poll.
    ///
    /// - Returns: when to look again although no poll is due; nil when nothing waits.
    func lend() -> Uptime? {
        guard !work.isPolling else { return nil }
        let now = context.time.uptime()
        let taken = takenUntil(now)
        let step = lending.next(
            taken: taken,
            nextDue: work.nextDue,
            restingUntil: bus.restingUntil,
            now: now,
            answers: work.answers
        )
        switch step {
        case .wait(let until): return until
        case .refuse(let errand): errand.answer(.isTheClients)
        case .give(let errand, let isNews):
            if isNews {
                bus.close()
                context.log.notice(
                    "the line is lent to a probe; polls are readings with reason borrowed",
                    metadata: ["bus": "\(source.id)"]
                )
            }
            errand.answer(.taken)
        case .read(let read, let errand, let longest):
            source.promise(until: now + longest)
            let exchange = exchange(read)
            // The rest that follows the request counts as its cost too.
            lending.done(errand, from: now, until: bus.restingUntil ?? context.time.uptime())
            errand.answer(.exchange(exchange))
        }
        return lending.hasMore ? now : taken
    }

    /// The moment until which a client has the whole line; nil while the gateway has it.
    func takenUntil(_ now: Uptime) -> Uptime? {
        let (until, cameBack) = lending.look(now)
        if cameBack { context.log.notice("the line is the gateway's again", metadata: ["bus": "\(source.id)"]) }
        return until
    }

    private func exchange(_ read: LendRead) -> BusExchange {
        // The daemon's own reads follow: a late reply must find the line at rest, and polls must not wait for more.
        let rest = max(read.timing.worstReply, read.timing.replyTime / 2)
        return bus.exchange(
            read.range,
            unit: read.unit,
            timing: ReplyTiming(replyTime: read.timing.replyTime, worstReply: rest),
            listen: read.listen,
            patience: min(read.patience, rest)
        )
    }
}
