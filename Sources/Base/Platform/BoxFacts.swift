import Glibc

/// What the kernel says about the box, read at the moment of asking. A value is nil where the box has no such thing.
public struct BoxFacts: Sendable {
    /// A file system, in bytes.
    public struct Disk: Hashable, Sendable {
        public var size: Int64
        /// What a user without rights may still fill.
        public var free: Int64
    }

    /// The main memory, in bytes.
    public struct Memory: Hashable, Sendable {
        public var size: Int64
        /// What programs can still have without swapping, by the kernel's estimate.
        public var available: Int64?
    }

    /// A place where the box measures its own temperature.
    public struct Zone: Hashable, Sendable {
        /// The kernel's number of it.
        public var number: Int
        /// The driver's word for the place, such as `cpu-thermal`.
        public var type: String
        public var celsius: Double
    }

    private let proc: String
    private let sys: String

    /// - Parameters:
    ///   - proc: the folder that takes the place of /proc in a test.
    ///   - sys: likewise for /sys.
    public init(proc: String = "/proc", sys: String = "/sys") {
        self.proc = proc
        self.sys = sys
    }

    /// The file system of a folder; nil while the folder is not there.
    public func disk(of folder: String) -> Disk? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0, facts.f_blocks > 0 else { return nil }
        let block = UInt64(facts.f_frsize)
        func bytes(_ blocks: UInt64) -> Int64 {
            Int64(clamping: blocks.multipliedReportingOverflow(by: block).partialValue)
        }
        return Disk(size: bytes(UInt64(facts.f_blocks)), free: bytes(UInt64(facts.f_bavail)))
    }

    /// The temperatures of all zones that give one, by their numbers. A driver without a measurement gives an error, or
    /// a temperature that no running box has (0 K); such zones are left out.
    public var temperatures: [Zone] {
        let folder = sys + "/class/thermal"
        let zones = (KernelFile.names(in: folder) ?? []).compactMap { name -> Zone? in
            guard name.hasPrefix("thermal_zone"), let number = Int(name.dropFirst(12)),
                let text = KernelFile.text("\(folder)/\(name)/temp"), let millidegrees = Int(text.trimmed),
                (-80_000...200_000).contains(millidegrees)
            else { return nil }
            let type = KernelFile.text("\(folder)/\(name)/type")?.trimmed ?? ""
            return Zone(number: number, type: type, celsius: Double(millidegrees) / 1_000)
        }
        return zones.sorted { $0.number < $1.number }
    }

    public var memory: Memory? {
        guard let text = KernelFile.text(proc + "/meminfo") else { return nil }
        func bytes(_ key: String) -> Int64? {
            // `MemTotal:        3884356 kB`
            let line = text.split(separator: "\n").first { $0.hasPrefix(key + ":") }
            let number = line?.dropFirst(key.count + 1).split(separator: " ").first.flatMap { Int64($0) }
            return number.map { $0 * 1_024 }
        }
        return bytes("MemTotal").map { Memory(size: $0, available: bytes("MemAvailable")) }
    }

    /// How many processes ran or waited, averaged over 1, 5 and 15 minutes.
    public var load: [Double]? {
        // `0.52 0.58 0.59 1/597 12345`
        let words = KernelFile.text(proc + "/loadavg")?.split(separator: " ").prefix(3).compactMap { Double($0) }
        return words?.count == 3 ? words : nil
    }

    /// Since the box was started, in seconds; it counts while the box sleeps too.
    public var uptime: Double {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec / 1_000_000) / 1_000
    }
}

extension String {
    /// Without the spaces and line ends around it.
    fileprivate var trimmed: String {
        let kept = drop { $0.isWhitespace }
        return String(
            kept.prefix(
                (kept.lastIndex { !$0.isWhitespace }).map { kept.distance(from: kept.startIndex, to: $0) + 1 } ?? 0
            )
        )
    }
}
