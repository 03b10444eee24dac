import Glibc

/// What the kernel says about this process, read at the moment of asking.
public struct ProcessFacts: Hashable, Sendable {
    /// Time on a processor, in seconds, its own and the kernel's for it.
    public var cpu: Double
    /// In bytes.
    public var resident: Int64
    public var virtual: Int64
    public var threads: Int
    /// When it was started, in seconds since 1970; with an unsynchronised clock as wrong as that clock. The kernel
    /// moves it with the clock only when the clock is set, not while it is slewed.
    public var start: Double?
    public var openFiles: Int?
    /// How many files it may have open; nil without a limit.
    public var openFilesLimit: Int?

    /// - Parameter proc: the folder that takes the place of /proc in a test.
    /// - Returns: nil where /proc is missing.
    public init?(proc: String = "/proc") {
        // proc_pid_stat(5): the command's name stands in parentheses and may hold spaces and parentheses itself; the
        // third field comes after the last one.
        guard let text = KernelFile.text(proc + "/self/stat"), let name = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: name)...].split(whereSeparator: \.isWhitespace)
        func field(_ number: Int) -> Int64? { number - 3 < fields.count ? Int64(fields[number - 3]) : nil }
        guard let user = field(14), let system = field(15), let threads = field(20), let began = field(22),
            let virtual = field(23), let pages = field(24)
        else { return nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        cpu = Double(user + system) / ticks
        resident = pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
        self.virtual = virtual
        self.threads = Int(threads)
        start = Self.bootTime(proc).map { $0 + Double(began) / ticks }
        // The folder itself is open while it is read.
        openFiles = KernelFile.names(in: proc + "/self/fd").map { $0.count - 1 }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur != .max {
            openFilesLimit = Int(clamping: limit.rlim_cur)
        }
    }

    /// When the box was started, in seconds since 1970.
    private static func bootTime(_ proc: String) -> Double? {
        let line = KernelFile.text(proc + "/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) }
    }
}
