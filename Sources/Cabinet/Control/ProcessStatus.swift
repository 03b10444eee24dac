/// What the kernel says about the gateway's own process; each value is nil where the kernel does not say it.
public struct ProcessStatus: Codable, Hashable, Sendable {
    /// Time on a processor, in seconds, its own and the kernel's for it.
    public var cpuSeconds: Double?
    /// In bytes.
    public var residentBytes: Int64?
    public var virtualBytes: Int64?
    public var openFiles: Int?
    /// How many files it may have open.
    public var openFilesLimit: Int?
    public var threads: Int?
    /// When it was started, in seconds since 1970; with an unsynchronised clock as wrong as that clock.
    public var startSeconds: Double?

    public init(
        cpuSeconds: Double? = nil,
        residentBytes: Int64? = nil,
        virtualBytes: Int64? = nil,
        openFiles: Int? = nil,
        openFilesLimit: Int? = nil,
        threads: Int? = nil,
        startSeconds: Double? = nil
    ) {
        self.cpuSeconds = cpuSeconds
        self.residentBytes = residentBytes
        self.virtualBytes = virtualBytes
        self.openFiles = openFiles
        self.openFilesLimit = openFilesLimit
        self.threads = threads
        self.startSeconds = startSeconds
    }
}
