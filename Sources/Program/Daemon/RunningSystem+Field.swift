import Buses
import Contract
import Domain
import Installation
import Logging
import Platform
import Profiles
import Synchronization

/// The part of the running system that a reload may change: buses, brokers of the field, and their devices.
struct Field: Sendable {
    /// The deployment as the files say it.
    var deployment: Deployment
    /// Who reads each bus, by its id.
    var sources: [String: any FieldSource] = [:]
}

extension RunningSystem {
    /// What runs now.
    var deployment: Deployment { field.withLock { $0.deployment } }

    var configuration: Configuration { deployment.configuration }

    /// In the order of the status: first those whose line can be borrowed, each part by its ids.
    var sources: [any FieldSource] {
        let sources = field.withLock { Array($0.sources.values) }
        return sources.sorted { ($0.lender == nil ? 1 : 0, $0.id) < ($1.lender == nil ? 1 : 0, $1.id) }
    }

    /// Starts the buses with those ids; all without any.
    ///
    /// - Parameter predecessors: who serves them until now and has been asked to stop; they go first.
    func startBuses(
        _ ids: Set<String>? = nil,
        of configuration: Configuration,
        after predecessors: [any FieldSource] = []
    ) {
        let context = FieldContext(
            time: time,
            sink: intake,
            log: peerLog,
            loop: network,
            gridStart: gridStart,
            gateway: configuration.gateway
        )
        let devices = configuration.devicesByBus
        let before = Dictionary(predecessors.map { ($0.id, $0) }) { first, _ in first }
        for bus in configuration.buses where ids?.contains(bus.id) ?? true {
            // A bus without devices is left alone.
            guard let devices = devices[bus.id] else { continue }
            let source = FieldSources.source(of: bus, devices: devices, in: context)
            if let predecessor = before[bus.id] {
                predecessor.handOver { source.start() }
            } else {
                source.start()
            }
            field.withLock { $0.sources[bus.id] = source }
        }
    }

    /// Ends sources; one that is in the middle of a transaction for longer is left to end by itself.
    func stopBuses(_ sources: [any FieldSource], until deadline: Uptime) {
        requestStop(of: sources)
        for source in sources where !source.join(until: deadline) {
            log.warning("bus is in the middle of a transaction; leaving it", metadata: ["bus": "\(source.id)"])
        }
    }

    /// Asks all of them to end, and waits for goodbyes to brokers. A Modbus bus ends after its transaction.
    private func requestStop(of sources: [any FieldSource]) {
        let goodbyes = sources.compactMap { $0.requestStop() }
        inParallel(goodbyes, until: time.uptime() + .milliseconds(1_200))
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
        let stopped = field.withLock { field in changed.compactMap { field.sources.removeValue(forKey: $0) } }
        requestStop(of: stopped)
        board.set(new.devices)
        field.withLock { $0.deployment = deployment }
        let destinations = replaceDestinations(with: new.destinations)
        indicators.replace(plan: deployment.indicators)
        announceDevices()
        // A bus has one owner: the new one begins when the old one's last transaction has ended, however long its line
        // rests.
        startBuses(Set(changed), of: new, after: stopped)
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
