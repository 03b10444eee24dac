/// What the kernel says about the box; each value is nil where the box has no such thing.
public struct BoxStatus: Codable, Hashable, Sendable {
    /// A place where the box measures its own temperature.
    public struct Zone: Codable, Hashable, Sendable {
        /// The kernel's number of the zone, as in `/sys/class/thermal/thermal_zone0`.
        public var zone: Int
        /// The driver's word for the place, such as `cpu-thermal`. Several zones may have the same.
        public var type: String
        public var celsius: Double

        public init(zone: Int, type: String, celsius: Double) {
            self.zone = zone
            self.type = type
            self.celsius = celsius
        }
    }

    /// The file system of the storage folder, in bytes.
    public var diskSize: Int64?
    /// What the gateway's user may still fill, in bytes.
    public var diskFree: Int64?
    public var temperatures: [Zone]?
    /// In bytes.
    public var memorySize: Int64?
    /// What programs can still have without swapping, in bytes; the kernel's own estimate.
    public var memoryAvailable: Int64?
    /// Since the box was started, in seconds.
    public var uptimeSeconds: Double?
    /// How many processes ran or waited, averaged over 1, 5 and 15 minutes.
    public var load: [Double]?

    public init(
        diskSize: Int64? = nil,
        diskFree: Int64? = nil,
        temperatures: [Zone]? = nil,
        memorySize: Int64? = nil,
        memoryAvailable: Int64? = nil,
        uptimeSeconds: Double? = nil,
        load: [Double]? = nil
    ) {
        self.diskSize = diskSize
        self.diskFree = diskFree
        self.temperatures = temperatures
        self.memorySize = memorySize
        self.memoryAvailable = memoryAvailable
        self.uptimeSeconds = uptimeSeconds
        self.load = load
    }
}
