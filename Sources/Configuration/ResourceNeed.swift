public import Platform

/// How many descriptors and threads the running gateway may have at the same time, rather more than less.
public struct ResourceNeed: Hashable, Sendable, CustomStringConvertible {
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
            // Modbus: the port and its lock; or the connection, and what its name is looked up with. A TCP endpoint has
            // its thread while it connects, and after a power cut in the field all connect at once.
            case .modbus:
                descriptors += 2
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

    /// A broker's connection, libmosquitto's own pair, the wake-up, and a certificate or a name's resolution.
    private static let session = 5
    /// Its own, and one that waits for its end.
    private static let sessionThreads = 2

    public var description: String { "needs up to \(descriptors) descriptors and \(threads) threads" }

    /// What does not carry it, with the remedy.
    ///
    /// - Parameters:
    ///   - service: nil where the service is not installed.
    ///   - own: of this process.
    public func notes(service: ServiceLimits?, own: ServiceLimits) -> [String] {
        var notes: [String] = []
        func compare(_ need: Int, _ limit: Int?, _ what: String, _ where: String, _ remedy: String) {
            guard let limit, limit < need else { return }
            notes.append("needs up to \(need) \(what), and \(`where`) may have \(limit): \(remedy)")
        }
        for (need, limit, what, key) in [
            (descriptors, service?.descriptors, "descriptors", "LimitNOFILE"),
            (threads, service?.tasks, "threads", "TasksMax"),
        ] {
            compare(need, limit, what, "the service", "systemctl edit gateway, [Service] \(key)=\(Self.roomy(need))")
        }
        compare(descriptors, own.descriptors, "descriptors", "this shell", "ulimit -n \(Self.roomy(descriptors))")
        compare(threads, own.tasks, "threads", "this user", "ulimit -u \(Self.roomy(threads))")
        return notes
    }

    /// The next power of two, so that the next devices do not need another change.
    static func roomy(_ need: Int) -> Int {
        var room = 1_024
        while room < need { room *= 2 }
        return room
    }
}
