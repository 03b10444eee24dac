import Configuration
import Domain
import Forwarding
import Logging
import MQTT
import Platform
import Profiles
import Synchronization

/// The part of the running system that a reload may change: buses, brokers of the field, and their devices.
struct Field: Sendable {
    /// One bus or broker at work.
    enum Part: Sendable {
        case bus(BusPoller)
        case broker(MQTTSource)
    }

    var configuration: Configuration
    var parts: [String: Part] = [:]
}

extension RunningSystem {
    /// What runs now.
    var configuration: Configuration { field.withLock { $0.configuration } }

    var pollers: [BusPoller] {
        field.withLock { field in
            field.parts.sorted { $0.key < $1.key }.compactMap { part in
                if case .bus(let poller) = part.value { poller } else { nil }
            }
        }
    }

    var sources: [MQTTSource] {
        field.withLock { field in
            field.parts.sorted { $0.key < $1.key }.compactMap { part in
                if case .broker(let source) = part.value { source } else { nil }
            }
        }
    }

    /// Starts the buses with those ids; all without any.
    func startBuses(_ ids: Set<String>? = nil, of configuration: Configuration) {
        let devices = configuration.devicesByBus
        for bus in configuration.buses where ids?.contains(bus.id) ?? true {
            startBus(bus, devices: devices[bus.id] ?? [], of: configuration)
        }
    }

    /// - Parameter devices: those on it; a bus without any is left alone.
    private func startBus(_ bus: Configuration.Bus, devices: [Device], of configuration: Configuration) {
        guard !devices.isEmpty else { return }
        let polling = PollingSystem(time: time, intake: intake, journal: journal, log: log)
        let part: Field.Part
        switch bus.kind {
        case .modbus(let endpoint):
            var loop: EventLoop?
            if case .tcp = endpoint { loop = network }
            let poller = BusPoller(bus: bus, endpoint: endpoint, system: polling, loop: loop)
            poller.start(devices: devices, gridStart: gridStart)
            part = .bus(poller)
        case .mqtt(let broker):
            let source = MQTTSource(bus: bus, devices: devices, system: polling)
            // Another name than the destination's: the same broker may be both.
            source.start(MQTTSettings(broker, clientID: configuration.gateway + "." + bus.id))
            part = .broker(source)
        }
        field.withLock { $0.parts[bus.id] = part }
    }

    /// Ends buses.
    ///
    /// - Parameter limit: a bus that is in the middle of a transaction for longer is left to end by itself.
    func stopBuses(_ parts: [Field.Part], within limit: Duration) {
        let begin = time.uptime()
        var pollers: [BusPoller] = []
        var sources: [MQTTSource] = []
        for part in parts {
            switch part {
            case .bus(let poller): pollers.append(poller)
            case .broker(let source): sources.append(source)
            }
        }
        for poller in pollers { poller.requestStop() }
        inParallel(sources.map { source in { source.stop(within: .seconds(1)) } }, until: begin + .milliseconds(1_200))
        for poller in pollers where !poller.join(until: begin + limit, time: time) {
            log.warning("bus is in the middle of a transaction; leaving it", metadata: ["bus": "\(poller.bus.id)"])
        }
    }

    /// Takes over a new configuration: only buses that changed, or whose devices did, are stopped and started.
    ///
    /// - Precondition: `canApply`.
    func apply(_ deployment: Deployment) {
        let new = deployment.configuration
        let old = configuration
        let (before, after) = (old.fingerprints, new.fingerprints)
        let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
        let stopped = field.withLock { field in changed.compactMap { field.parts.removeValue(forKey: $0) } }
        // A bus has one owner: the new one waits for the old one's last transaction, however long its line rests.
        stopBuses(stopped, within: .seconds(300))
        board.set(new.devices)
        field.withLock { $0.configuration = new }
        indicators.replace(plan: deployment.indicators)
        announceDevices()
        startBuses(Set(changed), of: new)
        tellConfiguration(
            .info,
            [
                ("accepted", .bool(true)), ("configuration", .string(new.hash)),
                ("buses", .array(changed.map { .string($0) })),
            ]
        )
        announceStatus(state: "online")
        log.notice("configuration reloaded", metadata: ["changed": "\(changed)"])
    }

    /// Whether a reload can take that configuration over without a new epoch: what stands behind the journal is the same.
    func canApply(_ new: Configuration) -> Bool {
        let old = configuration
        return old.gateway == new.gateway && old.topicPrefix == new.topicPrefix && old.storage == new.storage
            && old.destinations == new.destinations && old.clockTrusted == new.clockTrusted
            && old.timezone == new.timezone && old.controlSocket == new.controlSocket
    }

    func tellConfiguration(_ severity: Severity, _ data: [(key: String, value: JSONValue)]) {
        intake.accept(Event("configuration", severity: severity, stamp: time.stamp(), data: data))
    }
}

extension Configuration {
    fileprivate var devicesByBus: [String: [Device]] { Dictionary(grouping: devices, by: \.bus) }

    /// Of each bus everything that matters to its thread, as text that differs when it must start anew.
    fileprivate var fingerprints: [String: String] {
        let devices = devicesByBus
        let pairs = buses.map { bus in
            let lines = (devices[bus.id] ?? []).map { device in
                "\(device.id) \(device.profile.id) \(device.profile.hash) \(device.unit) \(device.node) "
                    + "\(device.site.id) \(device.interval) \(device.serial ?? "")"
            }
            return (bus.id, "\(bus.kind) \(bus.requestsAtOnce)\n" + lines.joined(separator: "\n"))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
