public import Domain
public import Installation
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
    }

    private let entries: Mutex<[String: Box]> = Mutex([:])

    public init(devices: [Device]) { set(devices) }

    /// Adds the devices of a new configuration, and forgets those that it does not name.
    public func set(_ devices: [Device]) {
        entries.withLock { entries in
            entries = Dictionary(uniqueKeysWithValues: devices.map { ($0.id, entries[$0.id] ?? Box()) })
        }
    }

    private func box(_ device: String) -> Box? { entries.withLock { $0[device] } }

    public func note(_ reading: Reading) {
        let answered = reading.isFromDevice
        box(reading.shape.device)?.entry.withLock { entry in
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
            if answered { entry.answeredAt = reading.stamp.uptime } else { entry.failures += 1 }
        }
    }

    public func note(_ change: DeviceHealth.Change, of device: String) {
        box(device)?.entry.withLock { entry in
            switch change {
            case .down:
                entry.isDown = true
                entry.answering = false
            case .up: entry.isDown = false
            }
        }
    }

    public func noteEvent(of device: String, at uptime: Uptime) {
        box(device)?.entry.withLock { entry in
            entry.events += 1
            entry.answering = true
            entry.answeredAt = uptime
        }
    }

    public subscript(device: String) -> Entry { box(device)?.entry.withLock { $0 } ?? Entry() }

    public var answering: Int {
        entries.withLock { Array($0.values) }.count { $0.entry.withLock { $0.answering == true } }
    }

    private final class Box: Sendable {
        let entry = Mutex(Entry())
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
