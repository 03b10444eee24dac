import Domain
import Installation
import Logging
import MQTT
import Platform
import Profiles
import Synchronization

/// One field broker: what its devices publish becomes readings and events. Silent devices get readings of silence.
final class MQTTSource: FieldSource, MQTTSessionOwner {
    private enum Route: Sendable {
        case message(ListenedDevice, message: Int)
        case availability(ListenedDevice)
    }

    private enum Life {
        case made
        case running(MQTTSession)
        /// Nil where no session was started.
        case stopped(MQTTSession?)
    }

    private let bus: Configuration.Bus
    private let broker: Broker
    private let devices: [ListenedDevice]
    private let routes: TopicTable<Route>
    let subscriptions: [String]
    /// What the devices would subscribe to on their own, by the filter with `+` that covers it.
    private let narrower: [String: [String]]
    private let context: FieldContext
    private let life = Mutex(Life.made)
    private let end = SourceEnd()
    private let lastFailure: Mutex<String?> = Mutex(nil)

    init(bus: Configuration.Bus, broker: Broker, devices: [Device], in context: FieldContext) {
        self.bus = bus
        self.broker = broker
        self.context = context
        self.devices = devices.filter { $0.profile.mqtt != nil }.map { ListenedDevice($0, in: context) }
        var routes = TopicTable<Route>()
        var nodes: [String: Set<String>] = [:]
        for listened in self.devices {
            let device = listened.device
            guard let access = device.profile.mqtt else { continue }
            for (message, described) in access.messages.enumerated() {
                routes.add(
                    .message(listened, message: message),
                    at: TopicFilter(MQTTAccess.topic(described.topic, node: device.node))
                )
                nodes[described.topic, default: []].insert(device.node)
            }
            if let availability = access.availability {
                routes.add(
                    .availability(listened),
                    at: TopicFilter(MQTTAccess.topic(availability.topic, node: device.node))
                )
                nodes[availability.topic, default: []].insert(device.node)
            }
        }
        let filters = TopicFilter.subscriptions(nodes.flatMap { MQTTAccess.filters($0, nodes: $1) })
        subscriptions = filters.map(\.description).sorted()
        let own = Set(
            nodes.flatMap { pattern, nodes in nodes.map { TopicFilter(MQTTAccess.topic(pattern, node: $0)) } }
        )
        narrower = Dictionary(
            uniqueKeysWithValues: filters.filter(\.isPattern).map { filter in
                (filter.description, own.filter { $0 != filter && $0.overlaps(filter) }.map(\.description).sorted())
            }
        )
        self.routes = routes
    }

    private var session: MQTTSession? {
        life.withLock { life in
            switch life {
            case .made: nil
            case .running(let session): session
            case .stopped(let session): session
            }
        }
    }

    // MARK: FieldSource

    var id: String { bus.id }

    var address: String { broker.addresses.first?.description ?? "" }

    var heartbeat: Heartbeat? { session?.heartbeat }

    var snapshot: SourceSnapshot {
        var shown = SourceSnapshot()
        guard let snapshot = session?.snapshot else { return shown }
        shown.connected = snapshot.connected
        shown.error = snapshot.lastError
        shown.failure = snapshot.lastFailure.map(SourceFailure.broker)
        shown.requests = Int(snapshot.received)
        return shown
    }

    func start() {
        // The client id differs from the destination's: the same broker may be both.
        var settings = MQTTSettings(broker, clientID: context.gateway + "." + bus.id)
        settings.subscriptions = subscriptions
        settings.narrower = narrower
        let session = MQTTSession(settings: settings, owner: self, time: context.time, name: "mqtt " + bus.id)
        let isStopped = life.withLock { life in
            guard case .made = life else { return true }
            life = .running(session)
            return false
        }
        // A source that was stopped before it began ends here, not earlier: its predecessor has ended only now.
        if isStopped { end.come() } else { session.start() }
    }

    func requestStop() -> (@Sendable () -> Void)? {
        { [self] in
            let session = life.withLock { life -> MQTTSession? in
                guard case .running(let session) = life else {
                    life = .stopped(nil)
                    return nil
                }
                life = .stopped(session)
                return session
            }
            guard let session else { return }
            session.stop(within: .seconds(1))
            for device in devices { device.end() }
            end.come()
        }
    }

    func handOver(to begin: @escaping @Sendable () -> Void) { end.handOver(to: begin) }

    func join(until deadline: Uptime) -> Bool { end.wait(until: deadline, time: context.time) }

    func reportOverdue(now: Uptime) {
        // Where the machine had no thread for it, this tries again.
        session?.start()
        for device in devices { device.reportOverdue(now: now) }
    }

    // MARK: MQTTSessionOwner

    func sessionConnected(_ connection: MQTTConnection) {
        lastFailure.withLock { $0 = nil }
        context.log.notice(
            "listening to broker",
            metadata: ["bus": "\(bus.id)", "broker": "\(connection.address)", "topics": "\(subscriptions.count)"]
        )
    }

    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        // Without the broker nothing is known about availability; the broker sends it again when it comes back.
        for device in devices { device.brokerLost() }
        // A repeated failure is no news.
        let isNews = lastFailure.withLock { last in
            defer { last = error.description }
            return last != error.description
        }
        guard error.kind != .stopped, isNews else { return }
        context.log.warning("broker lost", metadata: ["bus": "\(bus.id)", "error": "\(error)"])
    }

    func nextMessage() -> MQTTNext { .idle(until: nil) }

    func acknowledged(token: MQTTToken, code: UInt8) {}

    func received(_ message: MQTTReceived) {
        for route in routes[message.topic] {
            switch route {
            case .availability(let device): device.availability(message)
            case .message(let device, let index): device.accept(message, index: index)
            }
        }
    }
}
