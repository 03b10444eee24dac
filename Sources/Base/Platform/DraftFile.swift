import Glibc

/// A file that is written piece by piece beside its path, and takes the path when it is whole. Without `finish` nothing
/// is left of it.
///
/// It follows no link: the draft is a new file whose name nobody can prepare, and a link at the path is itself
/// replaced.
public struct DraftFile: ~Copyable {
    private let path: String
    private let draft: String
    private let file: Int32
    /// Bytes that were written.
    public private(set) var count: Int64 = 0

    public init(_ path: String) throws(SystemError) {
        let draft = path + "." + String(UInt64.random(in: .min ... .max), radix: 36) + ".new"
        file = try system("open", draft) {
            open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        }
        self.path = path
        self.draft = draft
    }

    deinit {
        close(file)
        unlink(draft)
    }

    public mutating func write(_ content: [UInt8]) throws(SystemError) {
        var bytes = content[...]
        while !bytes.isEmpty {
            let written = try system("write", draft) {
                Int32(clamping: bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, min($0.count, 1 << 20)) })
            }
            bytes = bytes.dropFirst(Int(written))
        }
        count += Int64(content.count)
    }

    /// Gives the file its path, replacing what stands there. Everything is on the disk on return.
    public consuming func finish() throws(SystemError) { try finish { rename($0, $1) } }

    /// - Parameter rename: gives the draft (its first argument) the path (its second); -1 and `errno` where it cannot.
    consuming func finish(by rename: (String, String) -> Int32) throws(SystemError) {
        try system("fsync", draft) { fsync(file) }
        // The draft's name is free then; the end of this value removes nothing.
        try system("rename", path) { rename(draft, path) }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = try system("open", folder) { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(directory) }
        try system("fsync", folder) { fsync(directory) }
    }
}
