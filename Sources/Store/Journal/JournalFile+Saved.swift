import Contract
import Domain
import Foundation
import GRDB

extension JournalFile {
    /// Replaces the values of these keys, all or none.
    func save(_ changes: [(key: String, value: [UInt8])]) throws(JournalError) {
        try Self.converting("save in", path) {
            try queue.inTransaction(.immediate) { db in
                let statement = try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO saved (key, value, sum) VALUES (?, ?, ?)"
                )
                for (key, value) in changes {
                    try statement.execute(arguments: [key, Data(value), EntrySum.of(key, value)])
                }
                return .commit
            }
        }
    }

    /// Returns the value of a key; nil where there is none, or where it is not as it was written.
    func load(_ key: String) throws(JournalError) -> [UInt8]? {
        try Self.converting("read", path) {
            try reader.read { db in
                let statement = try db.cachedStatement(sql: "SELECT value, sum FROM saved WHERE key = ?")
                guard let row = try Row.fetchOne(statement, arguments: [key]) else { return nil }
                let value = try row.withUnsafeData(atIndex: 0) { $0.map { Array($0) } ?? [] }
                return EntrySum.of(key, value) == (try row.decode(atIndex: 1)) ? value : nil
            }
        }
    }

    /// Returns the keys with this prefix, in order.
    func keys(beginning prefix: String) throws(JournalError) -> [String] {
        try Self.converting("read", path) {
            try reader.read { db in
                try String.fetchAll(
                    db,
                    sql: "SELECT key FROM saved WHERE key >= ? AND key < ? ORDER BY key",
                    arguments: [prefix, prefix + "\u{10FFFF}"]
                )
            }
        }
    }

    func forget(_ keys: [String]) throws(JournalError) {
        try Self.converting("delete from", path) {
            try queue.inTransaction(.immediate) { db in
                let statement = try db.cachedStatement(sql: "DELETE FROM saved WHERE key = ?")
                for key in keys { try statement.execute(arguments: [key]) }
                return .commit
            }
        }
    }

    /// Returns committed entries after a row, oldest first; damaged ones are left out.
    func entries(after row: Int64, limit: Int) throws(JournalError) -> [JournalEntry] {
        let rows = try Self.converting("read", path) {
            try reader.read { db in
                try Int64.fetchAll(
                    db.cachedStatement(sql: "SELECT row FROM entries WHERE row > ? ORDER BY row LIMIT ?"),
                    arguments: [row, limit]
                )
            }
        }
        var ranges = RowRanges()
        for row in rows { try add(row, to: &ranges) }
        return try read(ranges).entries
    }

    /// Returns the row of the last reading up to that one; nil for none.
    func lastReading(through row: Int64) throws(JournalError) -> Int64? {
        try Self.converting("read", path) {
            try reader.read { db in
                try Int64.fetchOne(
                    db,
                    sql: """
                        SELECT row FROM entries JOIN sources ON sources.id = entries.source
                        WHERE row <= ? AND kind = ? ORDER BY row DESC LIMIT 1
                        """,
                    arguments: [row, Int64(JournalEntry.Kind.reading.rawValue)]
                )
            }
        }
    }
}
