import Glibc

/// How many descriptors and threads the gateway may have; nil where there is no such limit, or it is unknown.
public struct ServiceLimits: Hashable, Sendable {
    public var descriptors: Int?
    public var tasks: Int?

    public init(descriptors: Int? = nil, tasks: Int? = nil) {
        self.descriptors = descriptors
        self.tasks = tasks
    }

    /// Reads the limits from unit files, later files over earlier ones: `LimitNOFILE=` (in `soft:hard` the hard one, to
    /// which the gateway raises the soft one) and `TasksMax=`.
    public init(units: [String]) {
        for unit in units {
            var section = Substring()
            for line in unit.split(whereSeparator: \.isNewline) {
                if line.hasPrefix("[") { section = line }
                guard section == "[Service]", let equals = line.firstIndex(of: "=") else { continue }
                let value = line[line.index(after: equals)...].filter { !$0.isWhitespace }
                switch line[..<equals].filter({ !$0.isWhitespace }) {
                case "LimitNOFILE": descriptors = value.split(separator: ":").last.flatMap { Int($0) }
                case "TasksMax": tasks = Int(value)  // a share of the machine's own limit is no number
                default: break
                }
            }
        }
    }

    /// The service's limits, from its unit file and the additions beside it; nil where there is no unit file.
    public static func ofService(folders: [String] = folders) -> ServiceLimits? {
        guard let unit = folders.lazy.compactMap({ text(of: $0 + "/gateway.service") }).first else { return nil }
        // Those in /etc win, so they come last.
        let additions = folders.reversed().flatMap { folder -> [String] in
            let place = folder + "/gateway.service.d"
            return names(in: place).filter { $0.hasSuffix(".conf") }.compactMap { text(of: place + "/" + $0) }
        }
        return ServiceLimits(units: [unit] + additions)
    }

    /// The folders where systemd looks; the first takes precedence.
    public static let folders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]

    /// This process' own limits: the hard ones. Root has no limit of threads.
    public static var own: ServiceLimits {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(__RLIMIT_NPROC.rawValue), &limit)
        let tasks = geteuid() == 0 || limit.rlim_max == rlim_t.max ? nil : Int(clamping: limit.rlim_max)
        return ServiceLimits(descriptors: DescriptorRoom.limits.hard, tasks: tasks)
    }

    private static func text(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }

    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            )
        }
        return names.sorted()
    }
}
