import Configuration
import Decoding
import Domain
import Forwarding
import Journal
import Logging
import MQTT
import Platform
import Profiles
import Synchronization

/// One field broker: what its devices publish becomes readings and events. A device that does not report is told of as well.
final class MQTTSource: MQTTSessionOwner {
    private enum Route: Sendable {
        case message(device: Int, message: Int)
        case availability(device: Int)
    }

    private struct Listened: Sendable {
        var line: DeviceLine
        var decoder: PayloadDecoder
        /// When it must have reported; moved on by each message.
        var overdueAt: Uptime
        var isOffline = false
        /// Whether its availability topic says that it is there.
        var isOnline = false
        /// What its messages said last, of a device that reports changes only.
        var lastValues: [RawValue?]?
        var isDown = false
        var seenEvents = RecentIDs()

        private var access: MQTTAccess? { line.device.profile.mqtt }

        /// Keeps what a message said, beside what others did.
        mutating func remember(_ values: [RawValue?]) {
            guard access?.reportsChangesOnly ?? false else { return }
            let before = lastValues ?? Array(repeating: nil, count: values.count)
            lastValues = zip(values, before).map { $0 ?? $1 }
        }

        /// The device's own time of values that hold, where it tells one: now.
        func repeatedTime(_ stamp: Stamp) -> Instant? {
            access?.messages.contains { $0.time != nil } ?? false ? stamp.time : nil
        }
    }

    let bus: Configuration.Bus
    private let routes: [String: [Route]]
    private let listened: Mutex<[Listened]>
    private let system: PollingSystem
    private let session: Mutex<MQTTSession?> = Mutex(nil)
    private let lastFailure: Mutex<String?> = Mutex(nil)

    init(bus: Configuration.Bus, devices: [Device], system: PollingSystem) {
        self.bus = bus
        self.system = system
        var routes: [String: [Route]] = [:]
        let now = system.time.uptime()
        var listened: [Listened] = []
        for device in devices {
            guard let access = device.profile.mqtt else { continue }
            let index = listened.count
            for (message, pattern) in access.messages.enumerated() {
                routes[MQTTAccess.topic(pattern.topic, node: device.node), default: []]
                    .append(.message(device: index, message: message))
            }
            if let availability = access.availability {
                routes[MQTTAccess.topic(availability.topic, node: device.node), default: []]
                    .append(.availability(device: index))
            }
            listened.append(
                Listened(
                    line: DeviceLine(device: device, journal: system.journal),
                    decoder: PayloadDecoder(profile: device.profile, gatewayOffset: LocalTime.offset(whenClocksShow:)),
                    overdueAt: now + device.interval * 2.5,
                    isDown: system.intake.isDown(device.id)
                )
            )
        }
        self.routes = routes
        self.listened = Mutex(listened)
    }

    func start(_ settings: MQTTSettings) {
        var settings = settings
        settings.subscriptions = routes.keys.sorted()
        let session = MQTTSession(settings: settings, owner: self, time: system.time, name: "mqtt " + bus.id)
        self.session.withLock { $0 = session }
        session.start()
    }

    func stop(within limit: Duration) { session.withLock { $0 }?.stop(within: limit) }

    var heartbeat: Heartbeat? { session.withLock { $0 }?.heartbeat }

    var snapshot: MQTTSnapshot? { session.withLock { $0 }?.snapshot }

    // MARK: MQTTSessionOwner

    func sessionConnected(_ connection: MQTTConnection) {
        lastFailure.withLock { $0 = nil }
        system.log.notice(
            "listening to broker",
            metadata: ["bus": "\(bus.id)", "broker": "\(connection.address)", "topics": "\(routes.count)"]
        )
    }

    func sessionDisconnected(_ error: MQTTError, unacknowledged: [UInt64]) {
        // Without the broker nobody knows who is there; it says so anew when it comes back.
        listened.withLock { listened in
            for index in listened.indices { listened[index].isOnline = false }
        }
        // The same failure again is no news.
        let isNews = lastFailure.withLock { last in
            defer { last = error.description }
            return last != error.description
        }
        guard error.kind != .stopped, isNews else { return }
        system.log.warning("broker lost", metadata: ["bus": "\(bus.id)", "error": "\(error)"])
    }

    func nextMessage() -> MQTTNext { .idle(until: nil) }

    func acknowledged(token: UInt64, code: UInt8) {}

    func received(_ message: MQTTReceived) {
        for route in routes[message.topic] ?? [] {
            switch route {
            case .availability(let device): availability(device, message)
            case .message(let device, let index): accept(message, device: device, message: index)
            }
        }
    }

    // MARK: Messages

    private func accept(_ message: MQTTReceived, device: Int, message index: Int) {
        let stamp = system.time.stamp(at: message.arrived)
        listened.withLock { listened in
            let decoded = listened[device].decoder.decode(message.payload, message: index)
            let known = listened[device].line.device
            // A message without any of the device's values, such as a controller's whose sensor fell out, is no sign of life;
            // nor is a retained one, which was made at a time that nobody knows.
            let tells = decoded.hasPoints || known.profile.events.contains { $0.message == index }
            if tells, !message.retained {
                listened[device].overdueAt = message.arrived + known.interval * 2.5
                listened[device].isOffline = false
                if listened[device].isDown { changed(&listened[device], down: nil, stamp: stamp) }
            }
            if decoded.hasPoints {
                listened[device].remember(decoded.values)
                let reading = listened[device].line.reading(
                    decoded.values,
                    stamp: stamp,
                    sourceTime: decoded.sourceTime,
                    retained: message.retained
                )
                system.intake.accept(reading, remembering: listened[device].line.remembering)
            }
            guard !message.retained else { return }
            for event in decoded.events where listened[device].seenEvents.insert(event.name + "\n" + event.id) {
                system.intake.accept(
                    Event(
                        event.name,
                        severity: .info,
                        stamp: stamp,
                        site: known.site.id,
                        device: known.id,
                        sourceTime: decoded.sourceTime,
                        byDevice: true,
                        data: [("event_id", .string(event.id))] + event.data
                    )
                )
            }
        }
    }

    private func availability(_ device: Int, _ message: MQTTReceived) {
        let text = String(decoding: message.payload, as: UTF8.self)
        let stamp = system.time.stamp(at: message.arrived)
        listened.withLock { listened in
            guard let availability = listened[device].line.device.profile.mqtt?.availability else { return }
            listened[device].isOnline = text == availability.online
            // What it measures when it comes back it has to say anew.
            if text == availability.offline { listened[device].lastValues = nil }
            if text == availability.offline, !listened[device].isOffline {
                listened[device].isOffline = true
                unknown(&listened[device], stamp: stamp)
            } else if text == availability.online, listened[device].isOffline {
                listened[device].isOffline = false
                listened[device].overdueAt = message.arrived + listened[device].line.device.interval * 2.5
            }
        }
    }

    // MARK: Silence

    /// Tells of devices that should have reported by now; called about once a second.
    func tellOverdue(now: Uptime) {
        listened.withLock { listened in
            for device in listened.indices where listened[device].overdueAt <= now {
                unknown(&listened[device], stamp: system.time.stamp(at: now))
            }
        }
    }

    private func unknown(_ listened: inout Listened, stamp: Stamp) {
        if listened.isOnline, let values = listened.lastValues {
            // It is there and has nothing new to say: what it said last holds.
            let reading = listened.line.reading(values, stamp: stamp, sourceTime: listened.repeatedTime(stamp))
            system.intake.accept(reading, remembering: listened.line.remembering)
            listened.overdueAt = stamp.uptime + listened.line.device.interval
            return
        }
        let reason: Reason = listened.isOffline ? .offline : .notSeen
        // A profile that only tells of events has no reading to be null.
        if !listened.line.shape.points.isEmpty {
            system.intake.accept(listened.line.reading(unknown: reason, stamp: stamp))
            if !listened.isDown { changed(&listened, down: reason, stamp: stamp) }
        } else if reason == .offline, !listened.isDown {
            changed(&listened, down: reason, stamp: stamp)
        }
        listened.overdueAt = stamp.uptime + listened.line.device.interval
    }

    private func changed(_ listened: inout Listened, down reason: Reason?, stamp: Stamp) {
        listened.isDown = reason != nil
        let device = listened.line.device
        system.intake.accept(
            Event(
                reason == nil ? "device_up" : "device_down",
                severity: reason == nil ? .info : .warning,
                stamp: stamp,
                site: device.site.id,
                device: device.id,
                data: reason.map { [("reason", .string($0.word))] } ?? []
            )
        )
        if let reason {
            system.log.warning("device is silent", metadata: ["device": "\(device.id)", "reason": "\(reason.word)"])
        } else {
            system.log.notice("device reports again", metadata: ["device": "\(device.id)"])
        }
    }
}

/// The last ids that were seen: an event that is told twice counts once.
struct RecentIDs: Sendable {
    /// Brokers and devices repeat within minutes; four thousand events are hours of a busy junction.
    private static let most = 4_096
    private var order: [String] = []
    private var known: Set<String> = []

    /// Whether the id is new.
    mutating func insert(_ id: String) -> Bool {
        guard known.insert(id).inserted else { return false }
        order.append(id)
        if order.count > 2 * Self.most {
            for old in order.prefix(Self.most) { known.remove(old) }
            order.removeFirst(Self.most)
        }
        return true
    }
}
