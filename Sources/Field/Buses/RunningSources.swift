public import Domain
public import Installation
import Logging
import Modbus
import Platform
import Profiles
import Synchronization

/// The sources of the field at work: one for each bus or broker that has devices.
public final class RunningSources: Sendable {
    private let context: FieldContext
    /// The sources by the id of their bus.
    private let sources: Mutex<[String: any FieldSource]> = Mutex([:])
    /// What the buses have done in the last day.
    public let charts = BusCharts()

    public init(in context: FieldContext) { self.context = context }

    /// In the order of the status: first those whose line can be borrowed, each part by its ids.
    public var all: [any FieldSource] {
        let sources = sources.withLock { Array($0.values) }
        return sources.sorted { ($0.lender == nil ? 1 : 0, $0.id) < ($1.lender == nil ? 1 : 0, $1.id) }
    }

    /// Starts the sources of the buses with those ids; of all buses without any.
    ///
    /// - Parameter predecessors: the sources that read the buses until now and have been asked to end. A bus has one
    ///   owner, so they go first: the new one begins when the old one's last transaction has ended, however long its
    ///   line rests.
    public func start(
        _ ids: [String]? = nil,
        of configuration: Configuration,
        after predecessors: [any FieldSource] = []
    ) {
        let devices = configuration.devicesByBus
        let before = Dictionary(predecessors.map { ($0.id, $0) }) { first, _ in first }
        for bus in configuration.buses where ids?.contains(bus.id) ?? true {
            // A bus without devices gets no source.
            guard let devices = devices[bus.id] else { continue }
            let source = FieldSources.source(of: bus, devices: devices, in: context)
            if let predecessor = before[bus.id] {
                predecessor.handOver { source.start() }
            } else {
                source.start()
            }
            sources.withLock { $0[bus.id] = source }
        }
    }

    /// Removes the sources of those buses, and asks them to end.
    ///
    /// - Returns: those that are ending.
    public func remove(_ ids: [String]) -> [any FieldSource] {
        let removed = sources.withLock { sources in ids.compactMap { sources.removeValue(forKey: $0) } }
        requestStop(of: removed)
        return removed
    }

    /// Ends all sources; one whose transaction takes longer ends by itself later.
    public func stop(until deadline: Uptime) {
        let sources = all
        requestStop(of: sources)
        for source in sources where !source.join(until: deadline) {
            context.log.warning(
                "bus is in the middle of a transaction; leaving it",
                metadata: ["bus": "\(source.id)"]
            )
        }
    }

    /// Asks all of them to end, and waits for the DISCONNECTs to brokers. A Modbus bus ends after its transaction.
    private func requestStop(of sources: [any FieldSource]) {
        let goodbyes = sources.compactMap { $0.requestStop() }
        inParallel(goodbyes, until: context.time.uptime() + .milliseconds(1_200), time: context.time)
    }

    /// Returns the buses that must start again under the new configuration: they or their devices have changed.
    public static func changes(from old: Configuration, to new: Configuration) -> [String] {
        let (before, after) = (old.fingerprints, new.fingerprints)
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    }
}

extension Configuration {
    fileprivate var devicesByBus: [String: [Device]] { Dictionary(grouping: devices, by: \.bus) }

    /// Everything that matters to the thread of each bus, as text that differs when the bus must start again.
    fileprivate var fingerprints: [String: String] {
        let devices = devicesByBus
        let pairs = buses.map { bus in
            let lines = (devices[bus.id] ?? []).map { device in
                "\(device.id) \(device.profile.id) \(device.profile.hash) \(device.unit) \(device.node) "
                    + "\(device.site.id) \(device.interval) \(device.atMostEvery.map { "\($0)" } ?? "") "
                    + "\(device.serial ?? "") \(device.send.text)"
                    + (device.profile.modbus.map { " \(ReplyTiming($0)) \($0.retries)" } ?? "")
            }
            return (bus.id, "\(bus.kind) \(bus.requestsAtOnce)\n" + lines.joined(separator: "\n"))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
