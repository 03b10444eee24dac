import Domain
import GRDB
import Synchronization

extension JournalFile {
    /// A row without its body.
    struct Held: Sendable {
        var row: Int64
        var device: JournalDevice?
        /// The bytes, counted as in a `Group`.
        var bytes: Int64
    }

    /// Returns what each device holds. Reads every row once, but no body.
    func holdings() throws(JournalError) -> Holdings {
        var holdings = Holdings()
        try forEachHeld(in: [Int64.min..<Int64.max]) { holdings.add($0.bytes, at: $0.row, of: $0.device) }
        return holdings
    }

    /// Returns the devices of these rows, in order.
    func held(_ rows: RowRanges) throws(JournalError) -> [Held] {
        var held: [Held] = []
        held.reserveCapacity(rows.count)
        try forEachHeld(in: rows.ranges) { held.append($0) }
        return held
    }

    private func forEachHeld(
        in ranges: some Sequence<Range<Int64>>,
        _ body: (Held) -> Void
    ) throws(JournalError) {
        let devices = sources.withLock { known in
            Dictionary(
                uniqueKeysWithValues: known.map { source, id in
                    (id, source.device.map { JournalDevice(site: source.site, device: $0) })
                }
            )
        }
        try Self.converting("read", path) {
            try queue.read { db in
                let select = try db.cachedStatement(
                    sql: "SELECT row, source, length(body) FROM entries WHERE row BETWEEN ? AND ? ORDER BY row"
                )
                for range in ranges {
                    let found = try Row.fetchCursor(select, arguments: [range.lowerBound, range.upperBound - 1])
                    while let row = try found.next() {
                        let device = devices[try row.decode(atIndex: 1)] ?? nil
                        let bytes = Group.bytes(ofContent: try row.decode(atIndex: 2))
                        body(Held(row: try row.decode(atIndex: 0), device: device, bytes: bytes))
                    }
                }
            }
        }
    }

    /// Deletes the rows, and records which are left and what must be remembered about the deletion.
    ///
    /// - Parameter packed: a stretch whose remaining rows are written again. SQLite joins pages only when they are a
    ///   third full, so that deleted rows between others would free no room.
    func delete(
        _ rows: RowRanges,
        packing packed: Range<Int64>?,
        leaving ledger: Ledger,
        remembering: (key: String, value: [UInt8]?)
    ) throws(JournalError) {
        try Self.converting("delete from", path) {
            try queue.inTransaction(.immediate) { db in
                let left = try packed.map { try Self.rows(in: $0, without: rows, db) } ?? []
                let delete = try db.cachedStatement(sql: "DELETE FROM entries WHERE row BETWEEN ? AND ?")
                for range in packed.map({ [$0] }) ?? Array(rows.ranges) {
                    try delete.execute(arguments: [range.lowerBound, range.upperBound - 1])
                }
                let insert = try db.cachedStatement(
                    sql: "INSERT INTO entries (row, source, time, uptime, body, sum) VALUES (?, ?, ?, ?, ?, ?)"
                )
                for row in left { try insert.execute(arguments: StatementArguments(row.databaseValues)) }
                try Self.write(ledger, of: "", db)
                try Self.remember(remembering.key, remembering.value, db)
                return .commit
            }
        }
    }

    private static func rows(in range: Range<Int64>, without gone: RowRanges, _ db: Database) throws -> [Row] {
        let select = try db.cachedStatement(
            sql: "SELECT row, source, time, uptime, body, sum FROM entries WHERE row BETWEEN ? AND ? ORDER BY row"
        )
        let found = try Row.fetchCursor(select, arguments: [range.lowerBound, range.upperBound - 1])
        var rows: [Row] = []
        while let row = try found.next() {
            if !gone.contains(try row.decode(atIndex: 0)) { rows.append(row.copy()) }
        }
        return rows
    }
}
