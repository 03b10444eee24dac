import CWalIndex
import Glibc

/// The file `-shm` that SQLite maps: a write into a part of it that has no blocks, on a full disk, would end the
/// process.
enum WalIndex {
    /// Whether every index that is mapped from now on has its blocks before it is written to. Looked at before each
    /// opening; what it stands for happens once.
    private static let isKeptAllocated = wal_index_keep_allocated() == 0

    /// Call it before a database is opened to be written.
    static func prepare(_ database: String) throws(JournalError) {
        guard isKeptAllocated else {
            throw .notDurable(file: database, setting: "vfs", found: "no file system of its own")
        }
        create(database)
    }

    /// How a database is opened to be read: a reader never writes to the index, so that a full disk is nothing to it.
    /// While a gateway runs it uses that one's; otherwise it makes an index in its own memory.
    static func uriForReading(_ database: String) -> String {
        let isFull = !create(database) && JournalError.meansFull(errno)
        // Where nobody can write there is nothing to share. What the log holds must be read, though.
        let asItIs = (isFull || isReadOnly(database)) && isEmpty(database + "-wal")
        return "file:\(escaped(database))?\(asItIs ? "immutable=1" : "readonly_shm=1")"
    }

    /// Makes the file where there is none, with the rights of the database; SQLite gives it that one's owner.
    ///
    /// A file that is there is left alone: to open and close it would take this process' other locks on it.
    ///
    /// - Returns: whether there is one; otherwise `errno` says why not.
    @discardableResult
    private static func create(_ database: String) -> Bool {
        var status = stat()
        let mode = stat(database, &status) == 0 ? status.st_mode & 0o777 : 0o644
        let descriptor = open(database + "-shm", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { return errno == EEXIST }
        wal_index_overwrite_in_place(descriptor)
        close(descriptor)
        return true
    }

    private static func isReadOnly(_ path: String) -> Bool {
        var status = statvfs()
        return statvfs(path, &status) == 0 && status.f_flag & UInt(ST_RDONLY) != 0
    }

    /// Whether there is nothing in the file, or no file.
    private static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_size == 0 : errno == ENOENT
    }

    /// The path as a URI has it.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }
}
