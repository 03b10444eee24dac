public import Contract
import Domain
import GRDB

extension Journal {
    /// How many rows are searched for events at most: reading all rows of a full journal would delay a start.
    private static let rowsSearched: Int64 = 50_000

    /// Returns the newest entries of a kind on disk, oldest first. It looks through the newest rows alone.
    ///
    /// It is for looking: whatever is wrong with the rows, there are fewer entries.
    public func newest(_ kind: JournalEntry.Kind, _ most: Int) -> [JournalEntry] {
        let first = lastRow - Self.rowsSearched
        return onFile { file throws(JournalError) in
            // Only a reading that is owed may end the process; an event that somebody wants to see may not.
            (try? file.newest(kind, after: first, most: most)) ?? []
        } ?? []
    }
}

extension JournalFile {
    fileprivate func newest(
        _ kind: JournalEntry.Kind,
        after row: Int64,
        most: Int
    ) throws(JournalError) -> [JournalEntry] {
        let rows = try Self.converting("read", path) {
            try reader.read { db in
                try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT row FROM entries WHERE row > ? AND source IN (SELECT id FROM sources WHERE kind = ?)
                        ORDER BY row DESC LIMIT ?
                        """,
                    arguments: [row, Int64(kind.rawValue), most]
                )
            }
        }
        var ranges = RowRanges()
        for row in rows.reversed() { try add(row, to: &ranges) }
        return try read(ranges).entries
    }
}
