import Contract
import Domain
import Forwarding
import Installation
import Journal
import Synchronization

/// The destinations at work, in the order of the configuration; a reload may change them.
final class Destinations: Sendable {
    typealias Served = (configured: Destination, forwarder: Forwarder)

    private let served: Mutex<[Served]>

    init(_ served: [Served]) { self.served = Mutex(served) }

    var all: [Served] { served.withLock { $0 } }

    var forwarders: [Forwarder] { served.withLock { $0.map(\.forwarder) } }

    /// Offers an entry that the journal has just appended to each of them.
    ///
    /// - Parameter since: from when on it is live, where that is not its arrival.
    func offer(_ entry: JournalEntry, since: Uptime? = nil) {
        for (_, forwarder) in all { forwarder.offer(entry, since: since) }
    }

    /// The newest state of a retained topic, for each of them; nil clears it.
    func announce(topic: String, payload: [UInt8]?) {
        for (_, forwarder) in all { forwarder.announce(topic: topic, payload: payload) }
    }

    /// Serves these from now on.
    ///
    /// - Returns: those that are served no more, which the caller stops.
    func replace(with new: [Served]) -> [Forwarder] {
        served.withLock { served in
            defer { served = new }
            return served.map(\.forwarder).filter { old in !new.contains { $0.forwarder === old } }
        }
    }
}
