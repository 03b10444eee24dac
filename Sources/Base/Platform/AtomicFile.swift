import Glibc

/// Small files that are there whole or not at all.
public enum AtomicFile {
    /// Writes beside the path (mode 0644, less the umask), then renames onto it; all is on the disk when this returns.
    ///
    /// No link is followed: the draft is a new file of a name that nobody can have prepared, and a link that stands at
    /// the path is replaced itself.
    public static func write(_ text: String, to path: String) throws(SystemError) {
        try write(Array(text.utf8), to: path)
    }

    /// As above, whatever the bytes are.
    public static func write(_ content: [UInt8], to path: String) throws(SystemError) {
        let draft = path + "." + String(UInt64.random(in: .min ... .max), radix: 36) + ".new"
        let file = try system("open", draft) {
            open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        }
        do throws(SystemError) {
            defer { close(file) }
            var bytes = content[...]
            while !bytes.isEmpty {
                let count = try system("write", draft) {
                    Int32(clamping: bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) })
                }
                bytes = bytes.dropFirst(Int(count))
            }
            try system("fsync", draft) { fsync(file) }
            try system("rename", path) { rename(draft, path) }
        } catch {
            unlink(draft)
            throw error
        }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = try system("open", folder) { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(directory) }
        try system("fsync", folder) { fsync(directory) }
    }

    /// Whether nothing stands there, or a file; a link, a folder, a device or a pipe should not become a file of its
    /// name.
    public static func canReplace(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }
}
