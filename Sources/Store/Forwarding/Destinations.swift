public import Contract
public import Domain
public import Installation
public import Journal
public import Platform
import MQTT
import Synchronization

/// The destinations at work, in the order of the configuration; a reload may change them.
public final class Destinations: Sendable {
    public typealias Served = (configured: Destination, forwarder: Forwarder)

    /// What all destinations of a gateway share.
    public struct Surroundings: Sendable {
        public var journal: Journal
        public var time: any TimeSource
        /// Serves the sessions while they are connected.
        public var loop: EventLoop
        public var topics: Topics
        /// The status that a broker publishes when the gateway is gone.
        public var lastWill: [UInt8]
        /// Counts what the destinations' sessions carry.
        public let traffic: TrafficBook
        /// Called on a session's thread with what the forwarder of that destination noticed; must return quickly.
        public var notify: @Sendable (ForwarderNotice, _ destination: String) -> Void

        public init(
            journal: Journal,
            time: any TimeSource,
            loop: EventLoop,
            topics: Topics,
            lastWill: [UInt8],
            notify: @escaping @Sendable (ForwarderNotice, _ destination: String) -> Void
        ) {
            self.journal = journal
            self.time = time
            self.loop = loop
            self.topics = topics
            self.lastWill = lastWill
            traffic = TrafficBook(journal: journal, time: time)
            self.notify = notify
        }
    }

    private let surroundings: Surroundings
    private let served: Mutex<[Served]>

    /// Takes entries and announcements from now on; sessions begin with `start`.
    public init(_ configured: [Destination], in surroundings: Surroundings) {
        self.surroundings = surroundings
        served = Mutex(configured.map { ($0, Self.forwarder(to: $0, in: surroundings)) })
    }

    /// What the uplink has carried.
    public var traffic: TrafficBook { surroundings.traffic }

    public var all: [Served] { served.withLock { $0 } }

    public var forwarders: [Forwarder] { served.withLock { $0.map(\.forwarder) } }

    /// Offers each of them an entry that the journal has just appended.
    ///
    /// - Parameter since: when the entry became live, where that is not its arrival.
    public func offer(_ entry: JournalEntry, since: Uptime? = nil) {
        for (_, forwarder) in all { forwarder.offer(entry, since: since) }
    }

    /// Gives each of them the newest state of a retained topic; nil clears it.
    public func announce(topic: String, payload: [UInt8]?) {
        for (_, forwarder) in all { forwarder.announce(topic: topic, payload: payload) }
    }

    public func start() { for (destination, forwarder) in all { start(forwarder, to: destination) } }

    /// Ends all sessions, within two seconds at most.
    public func stop(until deadline: Uptime) { stop(forwarders, until: deadline) }

    /// Serves these destinations from now on. The journal stays open: a destination that stays is still owed the same
    /// entries.
    ///
    /// - Parameter farewell: sends the last message to the removed destinations, before they end.
    /// - Returns: the destinations that changed, were added or removed.
    public func replace(with new: [Destination], farewell: ([Forwarder]) -> Void) -> [String] {
        let before = all
        guard before.map(\.configured) != new else { return [] }
        surroundings.journal.replace(destinations: new.map(JournalDestination.init))
        let after = new.map { destination -> Served in
            let same = before.first { $0.configured == destination }
            return (destination, same?.forwarder ?? Self.forwarder(to: destination, in: surroundings))
        }
        served.withLock { $0 = after }
        let gone = before.map(\.forwarder).filter { old in !after.contains { $0.forwarder === old } }
        farewell(gone)
        stop(gone, until: surroundings.time.uptime() + .seconds(2))
        let fresh = after.filter { item in !before.contains { $0.forwarder === item.forwarder } }
        for (destination, forwarder) in fresh { start(forwarder, to: destination) }
        let ids = fresh.map(\.configured.id) + gone.map(\.settings.destination)
        return Set(ids).sorted()
    }

    private static func forwarder(to destination: Destination, in surroundings: Surroundings) -> Forwarder {
        let id = destination.id
        return Forwarder(
            settings: ForwarderSettings(
                destination: id,
                topics: surroundings.topics,
                backfillRate: destination.backfillRate,
                waitsForSubscriber: destination.backfillWithoutSubscriber == .wait,
                pack: destination.pack,
                state: destination.state
            ),
            format: format(of: destination, in: surroundings),
            journal: surroundings.journal,
            time: surroundings.time,
            carried: { [traffic = surroundings.traffic] in traffic.add($0, to: id) },
            notify: { [notify = surroundings.notify] in notify($0, id) }
        )
    }

    /// The only table of formats: another format is its own session and an entry here.
    private static func format(of destination: Destination, in surroundings: Surroundings) -> any DestinationSession {
        JSONSession(
            topics: surroundings.topics,
            lastWill: surroundings.lastWill,
            time: surroundings.time,
            sendsAgain: destination.resend
        )
    }

    private func start(_ forwarder: Forwarder, to destination: Destination) {
        if destination.broker.version == .v311 { surroundings.notify(.hidesRefusals, destination.id) }
        var settings = MQTTSettings(destination.broker, clientID: surroundings.topics.gateway)
        settings.keepalive = destination.keepalive
        forwarder.start(
            settings,
            name: "to " + destination.id,
            on: surroundings.loop
        )
    }

    private func stop(_ forwarders: [Forwarder], until deadline: Uptime) {
        let limit = max(.zero, min(.seconds(2), deadline - surroundings.time.uptime()))
        inParallel(
            forwarders.map { forwarder in { forwarder.stop(within: limit) } },
            until: deadline,
            time: surroundings.time
        )
    }
}

extension JournalDestination {
    public init(_ destination: Destination) { self.init(id: destination.id, sameBox: destination.sameBox) }
}
