import Contract
import DequeModule
import Domain
import Foundation
import GRDB
import Synchronization

extension JournalFile {
    /// What one transaction makes safe.
    struct Group: Sendable {
        var entries: [JournalEntry] = []
        /// By destination; '' for the rows on disk.
        var ledgers: [(destination: String, ledger: Ledger)] = []
        /// A nil value forgets the key.
        var remembered: [(key: String, value: [UInt8]?)] = []

        var isEmpty: Bool { entries.isEmpty && ledgers.isEmpty && remembered.isEmpty }
        /// The most bytes that the entries will take on disk: a row's own bookkeeping is 20 to 30 bytes.
        var bytes: Int64 { entries.reduce(Int64(0)) { $0 + Self.bytes(of: $1) } }

        static func bytes(of entry: JournalEntry) -> Int64 { bytes(ofContent: Int64(entry.content.count)) }
        static func bytes(ofContent count: Int64) -> Int64 { count + 64 }
    }

    /// Commits the group; after an error nothing of it is stored.
    func write(_ group: Group) throws(JournalError) {
        try Self.converting("write", path) {
            var sources = self.sources.withLock { $0 }
            try queue.inTransaction(.immediate) { db in
                let insert = try db.cachedStatement(
                    sql: "INSERT INTO entries (row, source, time, uptime, body, sum) VALUES (?, ?, ?, ?, ?, ?)"
                )
                var last: (source: Source, id: Int64)?
                for entry in group.entries {
                    let source = Source(
                        kind: entry.kind,
                        clock: entry.stamp.clock,
                        site: entry.site,
                        device: entry.device,
                        form: entry.form
                    )
                    let id: Int64
                    if let last, last.source == source {
                        id = last.id
                    } else {
                        id = try Self.id(of: source, among: &sources, db)
                        last = (source, id)
                    }
                    try entry.content.withUnsafeBytes { body in
                        insert.setUncheckedArguments([
                            entry.row, id, entry.stamp.time.millisecondsSince1970, entry.stamp.uptime.nanoseconds,
                            Self.borrowed(body), EntrySum.of(entry),
                        ])
                        try insert.execute()
                    }
                }
                for (destination, ledger) in group.ledgers { try Self.write(ledger, of: destination, db) }
                for (key, value) in group.remembered { try Self.remember(key, value, db) }
                return .commit
            }
            self.sources.withLock { $0 = sources }
        }
    }

    /// SQLite copies the bytes while they are bound, so it can read the array's own storage.
    private static func borrowed(_ bytes: UnsafeRawBufferPointer) -> Data {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return Data() }
        return Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
    }

    private static func id(of source: Source, among sources: inout [Source: Int64], _ db: Database) throws -> Int64 {
        if let id = sources[source] { return id }
        try db.execute(
            sql: "INSERT INTO sources (kind, clock, site, device, form, gaps) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                Int64(source.kind.rawValue), source.clock.rawValue, source.site, source.device,
                source.form.map { Data($0.text) },
                source.form.map { $0.gaps.map(String.init).joined(separator: " ") },
            ]
        )
        let id = db.lastInsertedRowID
        sources[source] = id
        return id
    }

    static func write(_ ledger: Ledger, of destination: String, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO ledgers (destination, owed_from, owed) VALUES (?, ?, ?)")
            .execute(arguments: [destination, ledger.owedFrom, ledger.owed.description])
    }

    static func remember(_ key: String, _ value: [UInt8]?, _ db: Database) throws {
        if let value {
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO remembered (key, value) VALUES (?, ?)")
                .execute(arguments: [key, Data(value)])
        } else {
            try db.cachedStatement(sql: "DELETE FROM remembered WHERE key = ?").execute(arguments: [key])
        }
    }

    /// Returns the entries of these rows, oldest first, and the rows that are not as they were written.
    func read(_ rows: RowRanges) throws(JournalError) -> (entries: [JournalEntry], damaged: RowRanges) {
        let epochs = self.epochs.withLock { $0 }
        let sources = self.sources.withLock { known in
            Dictionary(uniqueKeysWithValues: known.map { ($0.value, $0.key) })
        }
        return try Self.converting("read", path) {
            var entries: [JournalEntry] = []
            var damaged = RowRanges()
            entries.reserveCapacity(rows.count)
            try reader.read { db in
                let select = try db.cachedStatement(
                    sql: """
                        SELECT row, source, time, uptime, body, sum FROM entries WHERE row BETWEEN ? AND ? ORDER BY row
                        """
                )
                for range in rows.ranges {
                    let found = try Row.fetchCursor(select, arguments: [range.lowerBound, range.upperBound - 1])
                    while let row = try found.next() {
                        let number: Int64 = try row.decode(atIndex: 0)
                        guard let source = sources[try row.decode(atIndex: 1)],
                            let epoch = Self.epoch(of: number, epochs)
                        else { throw JournalError.corrupt(file: path, message: "row \(number) has no origin") }
                        let entry = JournalEntry(
                            row: number,
                            gateway: epoch.gateway,
                            epoch: epoch.name,
                            seq: UInt64(number - epoch.base),
                            kind: source.kind,
                            site: source.site,
                            device: source.device,
                            stamp: Stamp(
                                time: Instant(millisecondsSince1970: try row.decode(atIndex: 2)),
                                clock: source.clock,
                                boot: epoch.boot,
                                uptime: Uptime(nanoseconds: try row.decode(atIndex: 3))
                            ),
                            content: try row.withUnsafeData(atIndex: 4) { $0.map { Array($0) } ?? [] },
                            form: source.form
                        )
                        let sum: Int64? = try row.decode(atIndex: 5)
                        if sum.map({ EntrySum.isRight($0, of: entry) }) ?? true {
                            entries.append(entry)
                        } else {
                            try add(number, to: &damaged)
                        }
                    }
                }
            }
            // A few rows are given up one by one. Many at once mean that their origin is damaged: then nothing here can
            // be trusted.
            if damaged.count > max(16, entries.count) {
                throw JournalError.corrupt(file: path, message: "\(damaged.count) rows are not as they were written")
            }
            return (entries, damaged)
        }
    }

    /// Adds the next row that the file returned.
    ///
    /// - Throws: for a number that is no row, or that is below the previous one: SQLite itself checks neither.
    func add(_ row: Int64, to rows: inout RowRanges) throws(JournalError) {
        guard Self.numbers.contains(row), rows.last.map({ $0 < row }) ?? true else {
            throw .corrupt(file: path, message: "row \(row) is out of order")
        }
        rows.append(row..<row + 1)
    }

    static func epoch(of row: Int64, _ epochs: [Epoch]) -> Epoch? { epochs.last { $0.base < row } }

    func time(of row: Int64) throws(JournalError) -> Instant? {
        try Self.converting("read", path) {
            try queue.read { db in
                try Int64.fetchOne(db.cachedStatement(sql: "SELECT time FROM entries WHERE row = ?"), arguments: [row])
            }
        }.map(Instant.init(millisecondsSince1970:))
    }

    /// The bytes of the pages in use.
    func bytesUsed() throws(JournalError) -> Int64 {
        try Self.converting("read", path) {
            try queue.read { db in
                let pages = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA page_count")) ?? 0
                let free = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA freelist_count")) ?? 0
                return (pages - free) * pageSize
            }
        }
    }

    /// Moves the write-ahead log into the database, so that its space can be written again.
    func checkpoint() throws(JournalError) {
        try Self.converting("checkpoint", path) {
            try queue.writeWithoutTransaction { _ = try $0.checkpoint(.restart) }
        }
    }
}
