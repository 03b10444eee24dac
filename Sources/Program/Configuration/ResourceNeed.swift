public import Installation
public import Platform

/// How many descriptors and threads the running gateway may use at the same time, estimated rather high.
public struct ResourceNeed: Hashable, Sendable {
    public let descriptors: Int
    public let threads: Int

    /// The journal's files, the event loop, the control sockets with all their places (192), and what libraries open.
    private static let baseDescriptors = 256
    private static let baseThreads = 24

    public init(_ configuration: Configuration) {
        let used = Set(configuration.devices.map(\.bus))
        var descriptors = Self.baseDescriptors
        var threads = Self.baseThreads
        for bus in configuration.buses where used.contains(bus.id) {
            switch bus.kind {
            // Modbus needs the port and its lock; or the connection, and descriptors to look up its name. A TCP
            // endpoint has its own thread while it connects, and after a power cut in the field all connect at once.
            case .modbus:
                descriptors += 2
                threads += 1
            // The port, its lock, and what wakes its thread.
            case .stream:
                descriptors += 3
                threads += 1
            case .mqtt:
                descriptors += Self.session
                threads += Self.sessionThreads
            }
        }
        descriptors += configuration.destinations.count * Self.session
        threads += configuration.destinations.count * Self.sessionThreads
        self.descriptors = descriptors
        self.threads = threads
    }

    /// A broker's connection and the second descriptor that counts it, libmosquitto's own pair, the wake-up, and a
    /// certificate or the resolution of a name.
    private static let session = 6
    /// The session's own thread, and one that waits for its end.
    private static let sessionThreads = 2

    /// A limit that is lower than the need.
    public struct Shortage: Hashable, Sendable {
        public enum Limit: Hashable, Sendable {
            case serviceDescriptors, serviceThreads, shellDescriptors, userThreads
        }

        public let limit: Limit
        public let need: Int
        public let allowed: Int

        public init(_ limit: Limit, need: Int, allowed: Int) {
            self.limit = limit
            self.need = need
            self.allowed = allowed
        }

        /// The setting to type.
        public var remedy: String {
            let room = ResourceNeed.roomy(need)
            return switch limit {
            case .serviceDescriptors: "systemctl edit gateway, [Service] LimitNOFILE=\(room)"
            case .serviceThreads: "systemctl edit gateway, [Service] TasksMax=\(room)"
            case .shellDescriptors: "ulimit -n \(room)"
            case .userThreads: "ulimit -u \(room)"
            }
        }
    }

    /// The limits that are lower than the need.
    ///
    /// - Parameters:
    ///   - service: nil where the service is not installed.
    ///   - own: the limits of this process.
    public func shortages(service: ServiceLimits?, own: ServiceLimits) -> [Shortage] {
        let limits: [(Shortage.Limit, Int, Int?)] = [
            (.serviceDescriptors, descriptors, service?.descriptors), (.serviceThreads, threads, service?.tasks),
            (.shellDescriptors, descriptors, own.descriptors), (.userThreads, threads, own.tasks),
        ]
        return limits.compactMap { limit, need, allowed in
            guard let allowed, allowed < need else { return nil }
            return Shortage(limit, need: need, allowed: allowed)
        }
    }

    /// Rounds up to the next power of two, so that the next devices do not need another change.
    static func roomy(_ need: Int) -> Int {
        var room = 1_024
        while room < need { room *= 2 }
        return room
    }
}
