import Domain
import Forwarding
import Installation
import Logging
import MQTT
import Platform
import Profiles
import Synchronization

/// One field broker: what its devices publish becomes readings and events. A device that does not report is told of as
/// well.
final class MQTTSource: MQTTSessionOwner {
    private enum Route: Sendable {
        case message(ListenedDevice, message: Int)
        case availability(ListenedDevice)
    }

    let bus: Configuration.Bus
    private let devices: [ListenedDevice]
    private let routes: [ExactText: [Route]]
    private let system: PollingSystem
    private let session: Mutex<MQTTSession?> = Mutex(nil)
    private let lastFailure: Mutex<String?> = Mutex(nil)

    init(bus: Configuration.Bus, devices: [Device], system: PollingSystem) {
        self.bus = bus
        self.system = system
        self.devices = devices.filter { $0.profile.mqtt != nil }.map { ListenedDevice($0, system: system) }
        var routes: [ExactText: [Route]] = [:]
        for listened in self.devices {
            let device = listened.device
            for (message, pattern) in (device.profile.mqtt?.messages ?? []).enumerated() {
                let topic = ExactText(MQTTAccess.topic(pattern.topic, node: device.node))
                routes[topic, default: []].append(.message(listened, message: message))
            }
            if let availability = device.profile.mqtt?.availability {
                let topic = ExactText(MQTTAccess.topic(availability.topic, node: device.node))
                routes[topic, default: []].append(.availability(listened))
            }
        }
        self.routes = routes
    }

    func start(_ settings: MQTTSettings) {
        var settings = settings
        settings.subscriptions = routes.keys.map(\.text).sorted()
        let session = MQTTSession(settings: settings, owner: self, time: system.time, name: "mqtt " + bus.id)
        self.session.withLock { $0 = session }
        session.start()
    }

    func stop(within limit: Duration) {
        session.withLock { $0 }?.stop(within: limit)
        for device in devices { device.end() }
    }

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

    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        // Without the broker nobody knows who is there; it says so anew when it comes back.
        for device in devices { device.brokerLost() }
        // The same failure again is no news.
        let isNews = lastFailure.withLock { last in
            defer { last = error.description }
            return last != error.description
        }
        guard error.kind != .stopped, isNews else { return }
        system.log.warning("broker lost", metadata: ["bus": "\(bus.id)", "error": "\(error)"])
    }

    func nextMessage() -> MQTTNext { .idle(until: nil) }

    func acknowledged(token: MQTTToken, code: UInt8) {}

    func received(_ message: MQTTReceived) {
        for route in routes[ExactText(message.topic)] ?? [] {
            switch route {
            case .availability(let device): device.availability(message)
            case .message(let device, let index): device.accept(message, index: index)
            }
        }
    }

    /// Tells of devices that should have reported by now; called about once a second.
    func tellOverdue(now: Uptime) {
        // Where the machine had no thread for it, it is tried again.
        session.withLock { $0 }?.start()
        for device in devices { device.tellOverdue(now: now) }
    }
}
