import Glibc

/// A process that has a device or file open or locked, as far as this user may see.
public struct FileHolder: Hashable, Sendable {
    public var process: Int32
    /// The name of its program; nil when it cannot be seen.
    public var command: String?
    /// Its command line; empty when it cannot be seen.
    public var arguments: [String]

    /// Whether it is a probe of this program.
    public var isProbe: Bool { command == "gateway" && arguments.contains("probe") }

    /// Whether it is a gateway that runs.
    public var isGateway: Bool { command == "gateway" && arguments.contains("run") }

    init(process: Int32) {
        self.process = process
        func text(_ file: String) -> String? {
            guard let bytes = Self.read("/proc/\(process)/\(file)") else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
        command = text("comm").map { $0.filter { $0 != "\n" } }
        arguments = (text("cmdline") ?? "").split(separator: "\0").map(String.init)
    }

    /// The other processes that have the file open or locked, by its real path or its inode.
    public static func all(of path: String) -> [FileHolder] {
        var status = stat()
        guard stat(path, &status) == 0, let real = realpath(path, nil) else { return [] }
        defer { free(real) }
        let file = String(cString: real)
        var found = lockers(of: status)
        for process in fileNames(in: "/proc").compactMap({ Int32($0) }) where !found.contains(process) {
            // The descriptors of another user's processes are shown to root alone.
            let folder = "/proc/\(process)/fd"
            let open = fileNames(in: folder).compactMap { link("\(folder)/\($0)") }
            // A program that has made a pseudo terminal is the line's other end, and holds the port open for itself.
            let isOtherEnd = file.hasPrefix("/dev/pts/") && open.contains { $0.hasSuffix("/ptmx") }
            if open.contains(file), !isOtherEnd { found.append(process) }
        }
        return found.filter { $0 != getpid() }.sorted().map(FileHolder.init)
    }

    /// Everybody may see who holds locks: `1: FLOCK  ADVISORY  WRITE 4242 00:05:88 0 EOF`.
    private static func lockers(of status: stat) -> [Int32] {
        guard let bytes = read("/proc/locks") else { return [] }
        let (major, minor) = (status.st_dev >> 8 & 0xFFF, status.st_dev & 0xFF | status.st_dev >> 12 & 0xFFF00)
        func hexadecimal(_ number: UInt) -> String { (number < 16 ? "0" : "") + String(number, radix: 16) }
        let place = "\(hexadecimal(major)):\(hexadecimal(minor)):\(status.st_ino)"
        var found: [Int32] = []
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            // A line with "->" waits for the lock; a process that has ended may have left it to its child.
            guard words.count > 5, words[1] != "->", words[5] == place, let process = Int32(words[4]), process > 0,
                !found.contains(process), access("/proc/\(process)", F_OK) == 0
            else { continue }
            found.append(process)
        }
        return found
    }

    private static func link(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while all.count < 1 << 20 {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return all
    }
}

extension FileHolder: CustomStringConvertible {
    /// `minicom, 4242`
    public var description: String { [command, "\(process)"].compactMap(\.self).joined(separator: ", ") }
}

/// The names in a folder, without hidden ones; none where it cannot be read.
func fileNames(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names
}
