public import Domain
public import Journal
import Platform
import Synchronization

/// The ledgers of all destinations, kept in the journal over restarts.
public final class TrafficBook: Sendable {
    private struct Page {
        var ledger: TrafficLedger
        var isStored = true
    }

    private struct Pages {
        var byDestination: [String: Page] = [:]
        var storeDue: Uptime?
    }

    /// A ledger that is at most this old is worth no more writes to the card.
    private static let storeEvery = Duration.seconds(60)

    private let journal: Journal
    private let time: any TimeSource
    private let pages = Mutex(Pages())

    public init(journal: Journal, time: any TimeSource) {
        self.journal = journal
        self.time = time
    }

    private static func key(_ destination: String) -> String { "traffic/" + destination }

    /// Counts what a session carried; from any thread.
    public func add(_ traffic: Traffic, to destination: String) {
        let stamp = time.stamp()
        change(destination) { $0.add(traffic, at: stamp, offset: LocalTime.offset(at:)) }
    }

    /// What a destination has cost by now.
    public func ledger(of destination: String) -> TrafficLedger {
        let stamp = time.stamp()
        return change(destination) { ledger in
            ledger.turn(at: stamp, offset: LocalTime.offset(at:))
            return ledger
        }
    }

    /// The threshold of its budget that a destination has just reached, in percent; each once in a period, over
    /// restarts too.
    public func crossing(of budget: TrafficBudget, by destination: String) -> (percent: Int, ledger: TrafficLedger)? {
        let stamp = time.stamp()
        let found = change(destination) { ledger -> (percent: Int, ledger: TrafficLedger)? in
            ledger.turn(at: stamp, offset: LocalTime.offset(at:))
            return ledger.crossing(of: budget).map { ($0, ledger) }
        }
        if found != nil { store() }
        return found
    }

    /// Stores what has changed, once a minute at most.
    public func storeDue() {
        let now = time.uptime()
        let isDue = pages.withLock { pages in
            if let due = pages.storeDue, now < due { return false }
            pages.storeDue = now + Self.storeEvery
            return true
        }
        if isDue { store() }
    }

    /// Stores what has changed.
    public func store() {
        let changed = pages.withLock { pages in
            let changed = pages.byDestination.filter { !$0.value.isStored }
            for id in changed.keys { pages.byDestination[id]?.isStored = true }
            return changed
        }
        for (id, page) in changed { journal.remember(Self.key(id), page.ledger.stored) }
    }

    @discardableResult
    private func change<Result>(_ destination: String, _ body: (inout TrafficLedger) -> Result) -> Result {
        pages.withLock { pages in
            var page =
                pages.byDestination[destination]
                ?? Page(ledger: journal.recall(Self.key(destination)).flatMap { TrafficLedger(stored: $0) } ?? .init())
            let before = page.ledger
            let result = body(&page.ledger)
            if page.ledger != before { page.isStored = false }
            pages.byDestination[destination] = page
            return result
        }
    }
}
