import Contract
import Domain
import GRDB
import Synchronization

/// The SQLite file: settings, schema, and the few statements that the journal needs. Called by one thread at a time.
///
/// An entry's `gateway`, `epoch`, `seq` and `boot` are not in its row: an epoch's rows are consecutive above its `base`
/// (`row = base + seq`), and one process lives in one boot. What many entries share (kind, site, device, clock, the
/// form of their bodies) is a `source`.
final class JournalFile: Sendable {
    /// The epoch of the rows above `base`, up to the next epoch's base.
    struct Epoch: Sendable {
        var counter: Int64
        var name: String
        var gateway: String
        var base: Int64
        var boot: String
    }

    /// What several entries share.
    struct Source: Hashable, Sendable {
        var kind: JournalEntry.Kind
        var clock: ClockState
        var site: String?
        var device: String?
        var form: BodyForm?
    }

    /// The page size of a new file. A commit of a few readings also writes whole pages of other data, so small pages
    /// spare the card; draining a backlog is no slower with them.
    static let newPageSize: Int64 = 4 << 10
    /// The page size of this file.
    let pageSize: Int64

    /// The valid range of a row, a base or a counter: even the greatest leaves room to count on.
    static let numbers: Range<Int64> = 0..<1 << 62

    let path: String
    let queue: DatabaseQueue
    /// The source of reads: the queue itself, or the file's contents at one moment.
    let reader: any DatabaseReader
    /// Sorted by base. Set once while opening; a lock because two threads use the file one after the other.
    let epochs: Mutex<[Epoch]>
    let sources: Mutex<[Source: Int64]>

    /// Opens and checks; the schema is brought up to date.
    init(path: String, limit: Int64) throws(JournalError) {
        self.path = path
        epochs = Mutex([])
        sources = Mutex([:])
        try WalIndex.prepare(path)
        queue = try Self.converting("open", path) {
            try DatabaseQueue(path: path, configuration: Self.configuration(limit))
        }
        reader = queue
        pageSize = try Self.pageSize(queue, path)
        try demand("journal_mode", is: "wal")
        try demand("synchronous", is: "2")
        try Self.converting("migrate", path) { [queue] in
            let migrator = Self.migrator
            if try queue.read(migrator.hasBeenSuperseded) { throw JournalError.newerThanProgram(file: path) }
            let verdict = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") } ?? "no answer"
            guard verdict == "ok" else { throw JournalError.corrupt(file: path, message: verdict) }
            try migrator.migrate(queue)
        }
    }

    /// Opens a file that another process writes, to read its contents at this moment: saved values must not be newer
    /// than the entries that are read beside them.
    init(reading path: String) throws(JournalError) {
        self.path = path
        epochs = Mutex([])
        sources = Mutex([:])
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let (queue, reader) = try Self.converting("open", path) { [configuration] in
            let uri = WalIndex.uriForReading(path)
            return (
                try DatabaseQueue(path: uri, configuration: configuration),
                try DatabasePool(path: uri, configuration: configuration).makeSnapshot()
            )
        }
        self.queue = queue
        self.reader = reader
        pageSize = try Self.pageSize(queue, path)
    }

    private static func pageSize(_ queue: DatabaseQueue, _ path: String) throws(JournalError) -> Int64 {
        try converting("read", path) {
            try queue.read { try Int64.fetchOne($0, sql: "PRAGMA page_size") ?? newPageSize }
        }
    }

    private static func configuration(_ limit: Int64) -> Configuration {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.foreignKeysEnabled = false
        // An operator's sqlite3 shell may lock the file for a moment.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Before anything is written: the page size of an empty file can still be chosen.
            try db.execute(sql: "PRAGMA page_size = \(newPageSize)")
            // The log may fill a 64th of the limit, 4 MiB at most and 256 KiB at least, before it goes into the
            // database.
            let log = max(256 << 10, min(4 << 20, limit / 64))
            let checkpoint = log / (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? newPageSize)
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpoint)")
            try db.execute(sql: "PRAGMA journal_size_limit = \(2 * log)")
            // Debian's SQLite overwrites deleted data: twice the wear for readings that are not secret.
            try db.execute(sql: "PRAGMA secure_delete = OFF")
        }
        return configuration
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            // In `ledgers`, the destination '' records which rows are on disk; see `Ledger`.
            try db.execute(
                sql: """
                    CREATE TABLE epochs (
                        counter INTEGER PRIMARY KEY, name TEXT NOT NULL, gateway TEXT NOT NULL,
                        base INTEGER NOT NULL, boot TEXT NOT NULL, clean INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    CREATE TABLE sources (
                        id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, clock TEXT NOT NULL, site TEXT, device TEXT
                    ) STRICT;
                    CREATE TABLE entries (
                        row INTEGER PRIMARY KEY, source INTEGER NOT NULL, time INTEGER NOT NULL, \
                        uptime INTEGER NOT NULL,
                        body BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE ledgers (
                        destination TEXT PRIMARY KEY, owed_from INTEGER NOT NULL, owed TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE remembered (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
                    """
            )
        }
        migrator.registerMigration("2") { db in
            // Null in rows that were written before; see `EntrySum`.
            try db.execute(sql: "ALTER TABLE entries ADD COLUMN sum INTEGER")
        }
        migrator.registerMigration("3") { db in
            // Values computed from the entries; see `Journal+Saved`.
            try db.execute(
                sql: """
                    CREATE TABLE saved (key TEXT PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL)
                    STRICT, WITHOUT ROWID
                    """
            )
        }
        migrator.registerMigration("4") { db in
            // From here on an entry's body may be the filling of its source's form (`BodyForm`), null where it is the
            // body itself; and its sum is computed by words.
            try db.execute(sql: "ALTER TABLE sources ADD COLUMN form BLOB; ALTER TABLE sources ADD COLUMN gaps TEXT")
        }
        return migrator
    }

    private func demand(_ setting: String, is wanted: String) throws(JournalError) {
        let found = try Self.converting("read", path) { [queue] in
            try queue.read { try Row.fetchOne($0, sql: "PRAGMA \(setting)")?[0] as DatabaseValue? }
        }
        let text =
            found.flatMap { String.fromDatabaseValue($0) ?? Int64.fromDatabaseValue($0).map(String.init) } ?? "nothing"
        guard text == wanted else { throw .notDurable(file: path, setting: setting, found: text) }
    }

    func close() throws(JournalError) {
        try Self.converting("close", path) { [queue] in try queue.close() }
    }

    /// The only place that turns SQLite's result codes into a typed error.
    static func converting<Result>(
        _ operation: String,
        _ path: String,
        _ body: () throws -> Result
    ) throws(JournalError) -> Result {
        do {
            return try body()
        } catch let error as JournalError {
            throw error
        } catch let error as DatabaseError {
            let message = error.message ?? "\(error)"
            switch error.extendedResultCode.primaryResultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw .corrupt(file: path, message: message)
            case .SQLITE_FULL: throw .diskFull(file: path)
            case .SQLITE_BUSY: throw .busy(file: path)
            // A full disk first affects the wal-index, which cannot grow, and files that do not exist yet.
            case _ where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: throw .diskFull(file: path)
            case .SQLITE_CANTOPEN where JournalFolder.takesNoFile(beside: path): throw .diskFull(file: path)
            default:
                throw .storage(
                    operation: operation,
                    file: path,
                    code: error.extendedResultCode.rawValue,
                    message: message
                )
            }
        } catch let error as RowDecodingError {
            // A column has another type than was ever written: GRDB reads its own table of migrations before the check.
            throw .corrupt(file: path, message: "\(error)")
        } catch {
            throw .storage(operation: operation, file: path, code: -1, message: "\(error)")
        }
    }
}
