import Store

/// Reads the rows of a question in pieces, so that a day of a city needs no more memory than a piece.
struct RowCursor {
    private static let piece = 5_000

    /// - Parameter take: called with each piece.
    static func read<Failure: Error>(
        _ sql: String,
        _ values: [String?],
        in database: Postgres,
        _ take: (PostgresRows) throws(Failure) -> Void
    ) throws {
        try database.run("begin transaction isolation level repeatable read read only")
        do {
            try database.query("declare piece no scroll cursor for " + sql, values)
            while true {
                let rows = try database.query("fetch \(piece) from piece")
                if rows.count == 0 { break }
                try take(rows)
            }
            try database.run("commit")
        } catch {
            // Where the connection is gone, the transaction is too.
            try? database.run("rollback")
            throw error
        }
    }
}
