public import Charting
public import Domain
public import Installation
import Profiles
import Synchronization

/// The latest state of every device, for the status; the thread that reads a device writes it.
public final class DeviceBoard: Sendable {
    public struct Entry: Sendable {
        public var reading: Reading?
        /// When a value last came.
        public var answeredAt: Uptime?
        public var answering: Bool?
        public var readings = 0
        public var failures = 0
        public var missed = 0
        public var events = 0
        /// Whether the device was last reported as down.
        public var isDown = false
        /// Since when no value has come; nil while the last reading had one.
        public var failingSince: Uptime?
    }

    private let entries: Mutex<[String: Box]> = Mutex([:])
    private let leftOut = Mutex(0)

    public init(devices: [Device]) { set(devices) }

    /// Adds the devices of a new configuration, and forgets those that it does not name.
    public func set(_ devices: [Device]) {
        let plan = ChartPlan(devices)
        leftOut.withLock { $0 = plan.leftOut }
        entries.withLock { entries in
            let boxes = devices.map { device in
                let points = plan.points[device.id] ?? []
                let box = entries[device.id] ?? Box(keeping: points)
                box.chart.keep(points)
                return (device.id, box)
            }
            entries = Dictionary(uniqueKeysWithValues: boxes)
        }
    }

    private func box(_ device: String) -> Box? { entries.withLock { $0[device] } }

    public func note(_ reading: Reading) {
        let answered = reading.isFromDevice
        guard let box = box(reading.shape.device) else { return }
        box.chart.note(reading)
        box.entry.withLock { entry in
            if let before = entry.reading, reading.shape.comesInParts {
                // A message that carries some of the points leaves the others unchanged.
                var merged = reading
                for index in merged.samples.indices where merged.samples[index] == nil {
                    merged.samples[index] = before.samples[index]
                }
                entry.reading = merged
            } else {
                entry.reading = reading
            }
            entry.answering = answered
            entry.readings += 1
            entry.missed += reading.missed
            if answered {
                entry.answeredAt = reading.stamp.uptime
                entry.failingSince = nil
            } else {
                entry.failures += 1
                entry.failingSince = entry.failingSince ?? reading.stamp.uptime
            }
        }
    }

    public func note(_ change: DeviceHealth.Change, of device: String, at uptime: Uptime) {
        box(device)?.entry.withLock { entry in
            switch change {
            case .down:
                entry.isDown = true
                entry.answering = false
                entry.failingSince = entry.failingSince ?? uptime
            case .up: entry.isDown = false
            }
        }
    }

    public func noteEvent(of device: String, at uptime: Uptime) {
        box(device)?.entry.withLock { entry in
            entry.events += 1
            entry.answering = true
            entry.answeredAt = uptime
            entry.failingSince = nil
        }
    }

    public subscript(device: String) -> Entry { box(device)?.entry.withLock { $0 } ?? Entry() }

    /// What its points have said lately; nil for a device that the configuration does not name.
    public func chart(of device: String) -> DeviceChart? { box(device)?.chart }

    /// How many points have no chart, because the memory for charts is bounded.
    public var pointsWithoutChart: Int { leftOut.withLock { $0 } }

    public var answering: Int {
        entries.withLock { Array($0.values) }.count { $0.entry.withLock { $0.answering == true } }
    }

    private final class Box: Sendable {
        let entry = Mutex(Entry())
        let chart: DeviceChart

        init(keeping points: Set<String>) { chart = DeviceChart(keeping: points) }
    }
}

extension Reading {
    /// Whether the device itself sent any value, or said that it has none.
    fileprivate var isFromDevice: Bool {
        // A span, because a copy of each sample would cost more than the check.
        let all = samples.span
        for index in all.indices where all[index]?.isFromDevice == true { return true }
        return false
    }
}

extension Sample {
    /// Whether the device itself sent something, even if only that it has no value. An exception is a refusal.
    fileprivate var isFromDevice: Bool {
        switch reason {
        case .exception, .retained: false
        case nil, .decode, .notANumber, .invalid, .condition: true
        default: value != nil
        }
    }
}
