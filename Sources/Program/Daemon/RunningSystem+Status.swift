import Buses
import Contract
import Control
import Domain
import Forwarding
import Indicators
import Installation
import Journal
import MQTT
import Modbus
import Platform
import Profiles

/// What the system says of itself: retained messages for downstream, the whole view for the operator.
extension RunningSystem {
    /// Where devices stood, one `site/device` a line: what is retained of those that have moved or gone must be cleared.
    private static let placesKey = "places"

    /// Announces every device, and clears what is retained of devices that have moved or gone.
    func announceDevices() {
        let configuration = configuration
        let topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        for device in configuration.devices {
            let meta = DeviceMeta(device, gateway: configuration.gateway).payload
            destinations.announce(topic: topics.meta(site: device.site.id, device: device.id), payload: meta)
        }
        let now = configuration.devices.map { Place(site: $0.site.id, device: $0.id) }
        let known = journal.recall(Self.placesKey).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let before = known.split(separator: "\n").compactMap { Place($0) }
        let left = before.filter { !now.contains($0) }
        for place in left {
            // Cleared at every start: a broker that was away when the device left still has it.
            destinations.announce(topic: topics.meta(site: place.site, device: place.device), payload: nil)
            destinations.announce(topic: topics.readings(site: place.site, device: place.device), payload: nil)
        }
        for place in now where !before.contains(place) {
            if let from = before.last(where: { $0.device == place.device }) { tellMoved(place, from: from) }
        }
        let places = left.suffix(1_000) + now
        journal.remember(Self.placesKey, Array(places.map(\.description).joined(separator: "\n").utf8))
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

    /// A device that stands at another site now than before: its readings continue under another topic.
    private func tellMoved(_ place: Place, from before: Place) {
        intake.accept(.moved(device: place.device, from: before.site, to: place.site, stamp: time.stamp()))
    }

    /// The contract's status message, retained, to every destination or to those named.
    func announceStatus(state word: String, to forwarders: [Forwarder]? = nil) {
        let storage = journal.snapshot
        var status = status
        status.state = word
        status.configuration = configuration.hash
        status.details = GatewayStatus.Details(
            clock: time.stamp().clock,
            devices: .init(
                total: configuration.devices.count,
                answering: board.answering,
                verified: configuration.devices.count { $0.verified != nil }
            ),
            destinations: destinations.all.map { destination, forwarder in
                let pending = journal.pending(destination: destination.id)
                return .init(
                    id: destination.id,
                    connected: forwarder.snapshot?.connected ?? false,
                    pending: pending.count,
                    oldestPending: pending.oldest
                )
            },
            storage: .init(bytes: storage.bytes, limit: storage.limit)
        )
        let topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        for forwarder in forwarders ?? destinations.forwarders {
            forwarder.announce(topic: topics.status, payload: status.payload)
        }
    }

    /// Every loop that the watchdog stands for.
    var heartbeats: [Heartbeat] {
        [journal.heartbeat, indicators.heartbeat, network.heartbeat]
            + (sources.map(\.heartbeat) + destinations.forwarders.map(\.heartbeat)).compactMap { $0 }
    }

    /// One line for `systemctl status`: how many devices answer, how much is pending and since when.
    var statusLine: String {
        var line = "\(board.answering) of \(configuration.devices.count) devices answer"
        for (destination, forwarder) in destinations.all {
            let pending = journal.pending(destination: destination.id)
            line += "; \(destination.id): "
            line += forwarder.snapshot?.connected == true ? "connected, " : "not connected, "
            line += "\(pending.count) pending"
            if forwarder.refusal != nil { line += ", refuses every message" }
            if pending.count > 0, let oldest = pending.oldest { line += " since \(oldest)" }
        }
        return line
    }

    /// Answers what can be told at once; nil for a request that nobody knows.
    func answer(_ request: String) -> [UInt8]? {
        switch request {
        case ControlRequest.status: overview().json
        case ControlRequest.recomputed: indicators.recomputed.json
        default: nil
        }
    }

    /// The whole view for the operator.
    func overview() -> SystemStatus {
        let now = time.stamp()
        let journal = journal.snapshot
        return SystemStatus(
            gateway: configuration.gateway,
            version: status.version,
            state: status.state,
            epoch: status.epoch,
            since: status.since.description,
            time: now.time.description,
            clock: now.clock,
            configuration: configuration.hash,
            devices: configuration.devices.map { status(of: $0, now: now.uptime) },
            buses: sources.map(status),
            destinations: destinations.all.map(status),
            journal: JournalStatus(
                bytes: journal.bytes,
                limit: journal.limit,
                stored: journal.stored,
                waiting: journal.waiting,
                lost: journal.lost,
                isStalled: journal.isStalled,
                path: configuration.storage.path
            ),
            indicators: indicators.overview(now: now.uptime).map(status),
            leftOut: indicators.leftOut.isEmpty ? nil : indicators.leftOut,
            figures: indicators.figureCounts
        )
    }

    private func status(of figure: Figure) -> IndicatorStatus {
        var value: String?
        switch figure.value {
        case .number(let number): value = number.description
        case .word(let word): value = word
        case nil: break
        }
        return IndicatorStatus(
            id: figure.indicator.id,
            scope: figure.scope,
            window: figure.window.kind.rawValue,
            value: value,
            unit: figure.indicator.unit?.code,
            quality: figure.quality == .good ? nil : figure.quality.rawValue,
            reason: figure.doubt?.word,
            completeness: figure.completeness?.double
        )
    }

    private func status(of device: Device, now: Uptime) -> DeviceStatus {
        let entry = board[device.id]
        let points = entry.reading.map { reading in
            zip(reading.shape.points, reading.samples).compactMap { face, sample in sample.map { PointStatus(face, $0) }
            }
        }
        return DeviceStatus(
            id: device.id,
            name: device.profile.name,
            site: device.site.id,
            profile: device.profile.id,
            bus: device.bus,
            intervalMilliseconds: device.interval.wholeMilliseconds,
            verified: device.verified != nil,
            answering: entry.answering,
            ageMilliseconds: entry.answeredAt.map { (now - $0).wholeMilliseconds },
            readings: entry.readings,
            failures: entry.failures,
            missed: entry.missed,
            events: entry.events,
            points: points ?? []
        )
    }

    private func status(of source: any FieldSource) -> BusStatus {
        let snapshot = source.snapshot
        return BusStatus(
            id: source.id,
            address: source.address,
            connected: snapshot.connected,
            error: snapshot.error,
            requests: snapshot.requests,
            timeouts: snapshot.timeouts,
            crcErrors: snapshot.crcErrors,
            exceptions: snapshot.exceptions,
            otherErrors: snapshot.otherErrors,
            load: snapshot.load
        )
    }

    private func status(_ destination: Destination, _ forwarder: Forwarder) -> DestinationStatus {
        let snapshot = forwarder.snapshot
        let pending = journal.pending(destination: destination.id)
        return DestinationStatus(
            id: destination.id,
            address: snapshot?.address?.description ?? destination.broker.addresses.first?.description ?? "",
            connected: snapshot?.connected ?? false,
            error: snapshot?.connected == true ? nil : snapshot?.lastError,
            pending: pending.count,
            oldestPending: pending.oldest?.description,
            acknowledged: forwarder.delivered,
            refused: snapshot?.refused ?? 0,
            inFlight: snapshot?.inFlight ?? 0,
            waitsForSubscriber: forwarder.waitsForSubscriber,
            refusesAll: forwarder.refusal.map { "\($0.words), since \(time.stamp(at: $0.since).time)" }
        )
    }
}
