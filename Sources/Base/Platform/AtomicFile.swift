import Glibc

/// Writes small files that are either there whole or not at all.
public enum AtomicFile {
    /// Writes beside the path (mode 0644, less the umask), then renames onto it. Everything is on the disk on return.
    ///
    /// It follows no link: the draft is a new file whose name nobody can prepare, and a link at the path is itself
    /// replaced.
    public static func write(_ text: String, to path: String) throws(SystemError) {
        try write(Array(text.utf8), to: path)
    }

    /// As above, for any bytes.
    public static func write(_ content: [UInt8], to path: String) throws(SystemError) {
        var draft = try DraftFile(path)
        try draft.write(content)
        try draft.finish()
    }

    /// As above, but only to a free name: EEXIST where anything stands at the path.
    public static func create(_ text: String, at path: String) throws(SystemError) {
        var draft = try DraftFile(path)
        try draft.write(Array(text.utf8))
        try draft.finish { draft, path in
            // A second name is never given to a file in another's place, as a new name is.
            if link(draft, path) == 0 { return unlink(draft) }
            if errno == EEXIST { return -1 }
            // A file system without second names, such as that of a USB stick.
            var status = stat()
            if lstat(path, &status) == 0 {
                errno = EEXIST
                return -1
            }
            return rename(draft, path)
        }
    }

    /// Whether the path is free or holds a file. A link, a folder, a device or a pipe should not be replaced by a file.
    public static func canReplace(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }
}
