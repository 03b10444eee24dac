import Contract
import Domain
import Forwarding
import Installation
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

    /// The deployment as the files say it.
    var deployment: Deployment
    var parts: [String: Part] = [:]
}

extension RunningSystem {
    /// What runs now.
    var deployment: Deployment { field.withLock { $0.deployment } }

    var configuration: Configuration { deployment.configuration }

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
    ///
    /// - Parameter predecessors: who serves them until now and has been asked to stop; they go first.
    func startBuses(_ ids: Set<String>? = nil, of configuration: Configuration, after predecessors: [BusPoller] = []) {
        let devices = configuration.devicesByBus
        let before = Dictionary(predecessors.map { ($0.bus.id, $0) }) { first, _ in first }
        for bus in configuration.buses where ids?.contains(bus.id) ?? true {
            startBus(bus, devices: devices[bus.id] ?? [], of: configuration, after: before[bus.id])
        }
    }

    /// - Parameter devices: those on it; a bus without any is left alone.
    private func startBus(
        _ bus: Configuration.Bus,
        devices: [Device],
        of configuration: Configuration,
        after predecessor: BusPoller?
    ) {
        guard !devices.isEmpty else { return }
        let polling = PollingSystem(time: time, intake: intake, journal: journal, log: peerLog)
        let part: Field.Part
        switch bus.kind {
        case .modbus(let endpoint):
            let poller = BusPoller(bus: bus, endpoint: endpoint, system: polling, loop: network)
            let begin: @Sendable () -> Void = { [gridStart] in poller.start(devices: devices, gridStart: gridStart) }
            if let predecessor { predecessor.handOver(to: begin) } else { begin() }
            part = .bus(poller)
        case .mqtt(let broker):
            let source = MQTTSource(bus: bus, devices: devices, system: polling)
            // Another name than the destination's: the same broker may be both.
            source.start(MQTTSettings(broker, clientID: configuration.gateway + "." + bus.id))
            part = .broker(source)
        }
        field.withLock { $0.parts[bus.id] = part }
    }

    /// Ends buses; one that is in the middle of a transaction for longer is left to end by itself.
    func stopBuses(_ parts: [Field.Part], until deadline: Uptime) {
        let pollers = requestStop(of: parts)
        for poller in pollers where !poller.join(until: deadline, time: time) {
            log.warning("bus is in the middle of a transaction; leaving it", metadata: ["bus": "\(poller.bus.id)"])
        }
    }

    /// Ends the sessions with field brokers, and asks the Modbus buses to end.
    ///
    /// - Returns: the buses, which end after the transaction that they are in.
    private func requestStop(of parts: [Field.Part]) -> [BusPoller] {
        var pollers: [BusPoller] = []
        var sources: [MQTTSource] = []
        for part in parts {
            switch part {
            case .bus(let poller): pollers.append(poller)
            case .broker(let source): sources.append(source)
            }
        }
        for poller in pollers { poller.requestStop() }
        let limit = time.uptime() + .milliseconds(1_200)
        inParallel(sources.map { source in { source.stop(within: .seconds(1)) } }, until: limit)
        return pollers
    }

    /// Takes over a new configuration: only buses that changed, or whose devices did, are stopped and started, and only
    /// destinations that changed are connected anew. The journal stays open.
    ///
    /// - Precondition: `canApply`.
    /// - Throws: the control socket cannot be moved; then nothing has changed.
    func apply(_ deployment: Deployment) throws(SystemError) {
        let new = deployment.configuration
        let old = configuration
        if new.controlSocket != old.controlSocket { try moveControl(to: new.controlSocket) }
        let (before, after) = (old.fingerprints, new.fingerprints)
        let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
        let stopped = field.withLock { field in changed.compactMap { field.parts.removeValue(forKey: $0) } }
        // A bus has one owner: the new one begins when the old one's last transaction has ended, however long its line
        // rests.
        let predecessors = requestStop(of: stopped)
        board.set(new.devices)
        field.withLock { $0.deployment = deployment }
        let destinations = replaceDestinations(with: new.destinations)
        indicators.replace(plan: deployment.indicators)
        announceDevices()
        startBuses(Set(changed), of: new, after: predecessors)
        let stamp = time.stamp()
        intake.accept(
            .configurationAccepted(new.hash, buses: changed, destinations: destinations, stamp: stamp)
        )
        announceStatus(state: "online")
        log.notice(
            "configuration reloaded",
            metadata: ["changed": "\(changed)", "destinations": "\(destinations)"]
        )
    }

    /// Whether a reload can take that configuration over without a new epoch: the gateway and its journal are the same.
    func canApply(_ new: Configuration) -> Bool {
        let old = configuration
        return old.gateway == new.gateway && old.topicPrefix == new.topicPrefix && old.storage == new.storage
            && old.clockTrusted == new.clockTrusted && old.timezone == new.timezone
    }
}

extension Configuration {
    fileprivate var devicesByBus: [String: [Device]] { Dictionary(grouping: devices, by: \.bus) }

    /// Everything that matters to the thread of each bus, as text that differs when it must start anew.
    fileprivate var fingerprints: [String: String] {
        let devices = devicesByBus
        let pairs = buses.map { bus in
            let lines = (devices[bus.id] ?? []).map { device in
                "\(device.id) \(device.profile.id) \(device.profile.hash) \(device.unit) \(device.node) "
                    + "\(device.site.id) \(device.interval) \(device.atMostEvery.map { "\($0)" } ?? "") "
                    + (device.serial ?? "")
            }
            return (bus.id, "\(bus.kind) \(bus.requestsAtOnce)\n" + lines.joined(separator: "\n"))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
