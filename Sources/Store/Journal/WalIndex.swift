import CWalIndex
import Glibc

/// The file `-shm` that SQLite maps: on a full disk, a write into a part of it without blocks would end the process.
enum WalIndex {
    /// Whether every index that is mapped from now on gets its blocks before it is written to. Checked before each
    /// opening; the setup happens once.
    private static let isKeptAllocated = wal_index_keep_allocated() == 0

    /// Call it before a database is opened for writing.
    static func prepare(_ database: String) throws(JournalError) {
        guard isKeptAllocated else {
            throw .notDurable(file: database, setting: "vfs", found: "no file system of its own")
        }
        create(database)
    }

    /// How a database is opened for reading: a reader never writes to the index, so a full disk does not affect it.
    /// While a gateway runs the reader uses the gateway's index; otherwise it makes an index in its own memory.
    static func uriForReading(_ database: String) -> String {
        let isFull = !create(database) && JournalError.meansFull(errno)
        // Where no process can write, nothing is shared. But the log's contents must be read.
        let asItIs = (isFull || isReadOnly(database)) && isEmpty(database + "-wal")
        return "file:\(escaped(database))?\(asItIs ? "immutable=1" : "readonly_shm=1")"
    }

    /// Makes the file where there is none, with the rights of the database; SQLite sets the database's owner.
    ///
    /// An existing file is left alone: opening and closing it would release this process' other locks on it.
    ///
    /// - Returns: whether the file exists; otherwise `errno` says why not.
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

    /// Whether the file is empty or missing.
    private static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_size == 0 : errno == ENOENT
    }

    /// The path as it appears in a URI.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }
}
