public import Contract
public import Domain
public import Installation
public import Journal
import MQTT

/// The retained messages in which the gateway describes itself: its status and its devices.
public final class Announcer: Sendable {
    /// The key for where devices stood, one `site/device` a line of text: retained messages of devices that have moved
    /// or gone must be cleared.
    private static let placesKey = "places"

    private let base: GatewayStatus
    private let topics: Topics
    private let journal: Journal
    private let destinations: Destinations
    private let time: any TimeSource

    /// - Parameter base: the part of the status that stays true while this system runs.
    public init(
        base: GatewayStatus,
        topics: Topics,
        journal: Journal,
        destinations: Destinations,
        time: any TimeSource
    ) {
        self.base = base
        self.topics = topics
        self.journal = journal
        self.destinations = destinations
        self.time = time
    }

    /// Announces every device, and clears the retained messages of devices that have moved or gone.
    ///
    /// - Returns: the events for devices that now stand at another site than before.
    public func announceDevices(of configuration: Configuration) -> [Event] {
        for device in configuration.devices {
            let meta = DeviceMeta(device, gateway: configuration.gateway).payload
            destinations.announce(topic: topics.meta(site: device.site.id, device: device.id), payload: meta)
        }
        clearRetainedReadings(of: configuration)
        let now = configuration.devices.map { Place(site: $0.site.id, device: $0.id) }
        let known = journal.recall(Self.placesKey).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let before = known.split(separator: "\n").compactMap { Place($0) }
        let left = before.filter { !now.contains($0) }
        for place in left {
            // Cleared at every start: a broker that was away when the device left still has it.
            destinations.announce(topic: topics.meta(site: place.site, device: place.device), payload: nil)
            destinations.announce(topic: topics.readings(site: place.site, device: place.device), payload: nil)
        }
        let places = left.suffix(1_000) + now
        journal.remember(Self.placesKey, Array(places.map(\.description).joined(separator: "\n").utf8))
        return now.filter { !before.contains($0) }.compactMap { place in
            before.last { $0.device == place.device }.map { from in
                .moved(device: place.device, from: from.site, to: place.site, stamp: time.stamp())
            }
        }
    }

    /// Where readings go in packs without a retained state, one that was retained before would pose as the present.
    private func clearRetainedReadings(of configuration: Configuration) {
        for (destination, forwarder) in destinations.all {
            guard destination.pack != nil, destination.state?.retain != true else { continue }
            for device in configuration.devices {
                forwarder.announce(topic: topics.readings(site: device.site.id, device: device.id), payload: nil)
            }
        }
    }

    private struct Place: Hashable, CustomStringConvertible {
        var site: String
        var device: String

        init(site: String, device: String) {
            self.site = site
            self.device = device
        }

        init?(_ text: Substring) {
            let parts = text.split(separator: "/").map(String.init)
            guard parts.count == 2 else { return nil }
            self.init(site: parts[0], device: parts[1])
        }

        var description: String { "\(site)/\(device)" }
    }

    /// Announces the status, to every destination or to the named ones.
    ///
    /// - Parameters:
    ///   - word: `online`, `stopping` or `offline`.
    ///   - answering: how many devices answer.
    public func announceStatus(
        _ word: String,
        of configuration: Configuration,
        answering: Int,
        field: GatewayStatus.Field,
        box: GatewayStatus.Box,
        to forwarders: [Forwarder]? = nil
    ) {
        let storage = journal.snapshot
        let stamp = time.stamp()
        // Before what is owed: a number up to this one is either owed or acknowledged then.
        let lastSeq = journal.lastSeq
        var status = base
        status.state = word
        status.configuration = configuration.hash
        status.details = GatewayStatus.Details(
            clock: stamp.clock,
            time: stamp.time,
            lastSeq: lastSeq,
            devices: .init(
                total: configuration.devices.count,
                answering: answering,
                verified: configuration.devices.count { $0.verified != nil }
            ),
            destinations: destinations.all.map { destination, forwarder in
                let pending = journal.pending(destination: destination.id)
                return .init(
                    id: destination.id,
                    connected: forwarder.snapshot?.connected ?? false,
                    pending: pending.count,
                    oldestPending: pending.oldest,
                    owed: .init(journal, destination: destination.id),
                    askedAgain: journal.askedAgain(destination: destination.id),
                    traffic: traffic(of: destination)
                )
            },
            storage: .init(bytes: storage.bytes, limit: storage.limit),
            field: field,
            box: box
        )
        for forwarder in forwarders ?? destinations.forwarders {
            forwarder.announce(topic: topics.status, payload: status.payload)
        }
    }

    private func traffic(of destination: Destination) -> GatewayStatus.Destination.Traffic {
        let ledger = destinations.traffic.ledger(of: destination.id)
        return .init(today: ledger.today, month: ledger.month, budget: destination.budget)
    }

    /// Returns the line of text for `systemctl status`: how many devices answer, how much is pending and since when.
    public func line(of configuration: Configuration, answering: Int) -> String {
        var line = "\(answering) of \(configuration.devices.count) devices answer"
        for (destination, forwarder) in destinations.all {
            let pending = journal.pending(destination: destination.id)
            line += "; \(destination.id): "
            line += forwarder.snapshot?.connected == true ? "connected, " : "not connected, "
            line += "\(pending.count) pending"
            if let refusal = forwarder.refusal {
                line += refusal.topic == nil ? ", refuses every message" : ", refuses some messages"
            }
            if pending.count > 0, let oldest = pending.oldest { line += " since \(oldest)" }
        }
        return line
    }
}
