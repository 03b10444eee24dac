package import Diagnosing
package import Domain
package import Installation
package import MQTT
package import Profiles
import Platform
import Synchronization

/// Probes devices of a configuration, each bus on a thread of its own, so that a dead bus delays no other.
package struct FieldProbe: Sendable {
    /// The most buses probed at the same time: each has a port open, or a connection to the daemon.
    private static let mostAtOnce = 64

    /// How the probe reaches buses and brokers.
    package struct Ways: Sendable {
        /// Called on the bus' thread.
        package var bus: @Sendable (Configuration.Bus, ModbusEndpoint) -> any ProbeBus
        package var broker: @Sendable (Configuration.Bus, Broker) -> MQTTSettings
        /// As in `PayloadDecoder`.
        package var gatewayOffset: @Sendable (Instant) -> Int64

        package init(
            bus: @escaping @Sendable (Configuration.Bus, ModbusEndpoint) -> any ProbeBus,
            broker: @escaping @Sendable (Configuration.Bus, Broker) -> MQTTSettings,
            gatewayOffset: @escaping @Sendable (Instant) -> Int64
        ) {
            self.bus = bus
            self.broker = broker
            self.gatewayOffset = gatewayOffset
        }
    }

    private let ways: Ways
    private let time: any TimeSource
    /// How long to wait for MQTT devices; nil means `TopicProbe.wait(for:)`.
    private let wait: Duration?
    private let profiles: [Profile]

    /// - Parameter profiles: as in `BusProbe`.
    package init(ways: Ways, wait: Duration?, profiles: [Profile] = [], time: any TimeSource) {
        self.profiles = profiles
        self.ways = ways
        self.wait = wait
        self.time = time
    }

    /// Blocks until all have been probed, or until the stop flag is raised.
    ///
    /// - Parameter tell: called on this thread with each report as it comes.
    package func run(
        _ buses: [(bus: Configuration.Bus, targets: [ProbeTarget])],
        stop: StopFlag,
        tell: (DeviceReport) -> Void
    ) {
        let queue = ReportQueue(running: buses.count)
        let next = Atomic(0)
        let work: @Sendable () -> Void = { [self] in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < buses.count else { return }
                probe(buses[index].bus, buses[index].targets, stop: stop) { queue.add($0) }
                queue.end()
            }
        }
        let threads = (0..<min(buses.count, Self.mostAtOnce)).compactMap { _ in
            try? WorkerThread(name: "probe", body: work)  // a machine with fewer probes fewer buses at once
        }
        if threads.isEmpty { work() }
        while let reports = queue.next(time: time) { for report in reports { tell(report) } }
        for thread in threads { thread.join() }
    }

    private func probe(
        _ bus: Configuration.Bus,
        _ targets: [ProbeTarget],
        stop: StopFlag,
        tell: (DeviceReport) -> Void
    ) {
        switch bus.kind {
        case .modbus(let endpoint):
            let stopping = { stop.isRaised }
            let bus = ways.bus(bus, endpoint)
            BusProbe(bus: bus, time: time, profiles: profiles, isStopping: stopping).run(targets, tell: tell)
        case .stream(let endpoint):
            let probe = StreamProbe(
                endpoint: endpoint,
                profiles: profiles,
                time: time,
                isStopping: { stop.isRaised }
            )
            for target in targets where !stop.isRaised { tell(probe.run(target, wait: wait)) }
        case .mqtt(let broker):
            let probe = TopicProbe(
                targets,
                settings: ways.broker(bus, broker),
                time: time,
                gatewayOffset: ways.gatewayOffset
            )
            probe.run(wait: wait, isStopping: { stop.isRaised }, tell: tell)
        }
    }
}

/// Reports on their way from the buses' threads to the thread that shows them.
private final class ReportQueue: Sendable {
    private struct State: Sendable {
        var reports: [DeviceReport] = []
        var running: Int
    }

    private let state: Mutex<State>
    private let news = WakeFlag()

    init(running: Int) { state = Mutex(State(running: running)) }

    func add(_ report: DeviceReport) {
        state.withLock { $0.reports.append(report) }
        news.raise()
    }

    /// Says that one bus has no more reports.
    func end() {
        state.withLock { $0.running -= 1 }
        news.raise()
    }

    /// Waits for reports; nil when all buses have ended.
    func next(time: any TimeSource) -> [DeviceReport]? {
        while true {
            let (reports, isOver) = state.withLock { state in
                defer { state.reports = [] }
                return (state.reports, state.running == 0)
            }
            if !reports.isEmpty { return reports }
            if isOver { return nil }
            news.wait(until: nil, time: time)
        }
    }
}
