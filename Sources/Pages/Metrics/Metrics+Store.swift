import Control
import Domain

extension Metrics {
    /// - Parameter time: when the status was made.
    mutating func add(_ destination: DestinationStatus, at time: String) {
        let id = destination.id
        add(.destinationConnected, [id], is: destination.connected)
        add(.destinationPending, [id], count: destination.pending)
        add(.destinationOldest, [id], real: Self.age(of: destination, at: time))
        add(.destinationDelivered, [id], count: destination.acknowledged)
        add(.destinationRefused, [id], count: destination.refused)
        add(.destinationGaps, [id], count: destination.gaps)
        add(.destinationInFlight, [id], count: destination.inFlight)
        add(.destinationWaits, [id], is: destination.waitsForSubscriber)
        add(.destinationRefusesAll, [id], is: destination.refusesAll != nil)
        guard let traffic = destination.traffic else { return }
        for (period, count) in [("day", traffic.today), ("month", traffic.month)] {
            add(.uplinkSent, [id, period, "readings"], count: count.readings)
            add(.uplinkSent, [id, period, "events"], count: count.events)
            add(.uplinkSent, [id, period, "indicators"], count: count.indicators)
            add(.uplinkSent, [id, period, "rest"], count: count.rest)
            add(.uplinkSent, [id, period, "overhead"], count: count.overhead)
            add(.uplinkReceived, [id, period], count: count.received)
        }
        if let per = traffic.per { add(.uplinkBudget, [id, per], count: traffic.budget) }
    }

    /// In seconds; 0 when nothing is pending, nil when the time of the oldest is not known. A clock that was set back
    /// since then makes nothing younger than now.
    static func age(of destination: DestinationStatus, at time: String) -> Double? {
        guard destination.pending > 0 else { return 0 }
        guard let now = Instant(iso8601: time), let oldest = destination.oldestPending.flatMap({ Instant(iso8601: $0) })
        else { return nil }
        return max(0, Double(now.millisecondsSince1970 - oldest.millisecondsSince1970) / 1_000)
    }

    mutating func add(_ journal: JournalStatus) {
        add(.journalBytes, count: journal.bytes)
        add(.journalLimit, count: journal.limit)
        add(.journalStored, count: journal.stored)
        add(.journalWaiting, count: journal.waiting)
        add(.journalLost, count: journal.lost)
        add(.journalStalled, is: journal.isStalled)
        add(.journalCommit, times: journal.commits)
    }
}
