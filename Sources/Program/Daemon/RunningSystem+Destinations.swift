import Buses
import Contract
import Domain
import Forwarding
import Installation
import Journal
import Logging
import MQTT
import Platform

/// Where readings go, and what a reload changes of it.
extension RunningSystem {
    func forwarder(to destination: Destination) -> Forwarder {
        let topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        return Forwarder(
            settings: ForwarderSettings(
                destination: destination.id,
                topics: topics,
                backfillRate: destination.backfillRate,
                waitsForSubscriber: destination.backfillWithoutSubscriber == .wait
            ),
            format: JSONSession(topics: topics, lastWill: status.lastWill.payload, time: time),
            journal: journal,
            time: time,
            notify: { [notices] in notices.add($0, destination: destination.id) }
        )
    }

    func start(_ forwarder: Forwarder, to destination: Destination) {
        if destination.broker.version == .v311 {
            log.warning(
                "with MQTT 3.1.1 a refused message looks accepted; prefer version 5",
                metadata: ["destination": "\(destination.id)"]
            )
        }
        forwarder.start(
            MQTTSettings(destination.broker, clientID: configuration.gateway),
            name: "to " + destination.id,
            on: network
        )
    }

    func stop(_ forwarders: [Forwarder], until deadline: Uptime) {
        let limit = max(.zero, min(.seconds(2), deadline - time.uptime()))
        inParallel(forwarders.map { forwarder in { forwarder.stop(within: limit) } }, until: deadline)
    }

    /// Serves those destinations from now on. The journal stays open: what it owes to one that stays is owed to it
    /// still.
    ///
    /// - Returns: the destinations that changed, came or went.
    func replaceDestinations(with new: [Destination]) -> [String] {
        let before = destinations.all
        guard before.map(\.configured) != new else { return [] }
        journal.replace(destinations: new.map(JournalDestination.init))
        let served = new.map { destination -> Destinations.Served in
            let same = before.first { $0.configured == destination }
            return (destination, same?.forwarder ?? forwarder(to: destination))
        }
        let gone = destinations.replace(with: served)
        announceStatus(state: "offline", to: gone)
        stop(gone, until: time.uptime() + .seconds(2))
        let fresh = served.filter { item in !before.contains { $0.forwarder === item.forwarder } }
        for (destination, forwarder) in fresh { start(forwarder, to: destination) }
        let ids = fresh.map(\.configured.id) + gone.map(\.settings.destination)
        return Set(ids).sorted()
    }
}

extension JournalDestination {
    init(_ destination: Destination) { self.init(id: destination.id, sameBox: destination.sameBox) }
}
