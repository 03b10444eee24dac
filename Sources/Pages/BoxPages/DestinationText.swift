import Control
import Domain
import PageParts
import Speech

/// How a destination stands, and why what is owed to it waits.
struct DestinationText {
    let destination: DestinationStatus
    let now: Instant
    let telling: Telling

    init(_ destination: DestinationStatus, now: Instant, telling: Telling) {
        self.destination = destination
        self.now = now
        self.telling = telling
    }

    var badge: Badge {
        if !destination.connected { return Badge(.bad, telling.text(PagePhrase.trouble)) }
        if destination.refusal != nil || destination.waitsForSubscriber {
            return Badge(.unsure, telling.text(PagePhrase.unsure))
        }
        return Badge(.good, telling.text(PagePhrase.good))
    }

    /// `OK, 0 antre`.
    var short: HTML {
        let pending = telling.number(destination.pending)
        let oldest = telling.moment(destination.oldestPending, now: now)
        let words =
            !destination.connected
            ? telling.text(PagePhrase.notConnected, pending)
            : destination.pending > 0 && destination.oldestPending != nil && !why.isEmpty
                ? telling.text(PagePhrase.waits, pending, oldest) : telling.text(PagePhrase.sendsWell, pending)
        return "\(badge.html) \(words)"
    }

    /// Why it waits, a sentence each; in the words of `gateway status`.
    var why: [String] {
        var why: [String] = []
        if !destination.connected {
            if let (seen, next) = destination.faultSentences {
                why += [telling.text(seen), telling.text(next)]
            } else {
                why.append(destination.error ?? telling.text(StatusPhrase.notConnected))
            }
        }
        if let refusal = destination.refusal {
            let since = telling.moment(refusal.since, now: now)
            let words = telling.text(refusal.sentence)
            why.append(
                refusal.topic.map { telling.text(StatusPhrase.refusesTopicSince, $0, since, words) }
                    ?? telling.text(StatusPhrase.refusesAllSince, since, words)
            )
        }
        if destination.connected, destination.waitsForSubscriber, destination.pending > 0 {
            why.append(telling.text(StatusPhrase.nobodySubscribes))
        }
        return why
    }
}
