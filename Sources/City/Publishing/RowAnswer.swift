import JSON
import Store

/// The rows of an answer, as bytes.
struct RowAnswer: Sendable {
    var bytes: [UInt8]
    /// `0-99/100` where that is all, `0-99/*` where there is more; the form of PostgREST.
    var range: String

    static func json(_ query: RowQuery, in database: Postgres) throws(StoreError) -> RowAnswer {
        let rows = try database.query(query.jsonSQL, query.values)
        var json = JSONText(reserving: 256 * rows.count + 16)
        json.raw("[")
        for row in 0..<min(rows.count, query.limit) {
            if row > 0 { json.raw(",\n ") }
            json.raw(rows[row, 0] ?? "null")
        }
        json.raw("]\n")
        return RowAnswer(bytes: json.bytes, range: range(rows.count, query))
    }

    static func csv(_ query: RowQuery, in database: Postgres) throws(StoreError) -> RowAnswer {
        let rows = try database.query(query.textSQL, query.values)
        let text = DelimitedText()
        var bytes = Array(text.line(query.columns.map(\.name)).utf8)
        for row in 0..<min(rows.count, query.limit) {
            bytes += text.line(query.columns.indices.map { rows[row, $0] }).utf8
        }
        return RowAnswer(bytes: bytes, range: range(rows.count, query))
    }

    private static func range(_ found: Int, _ query: RowQuery) -> String {
        let count = min(found, query.limit)
        let total = found > query.limit ? "*" : "\(query.offset + count)"
        return count == 0 ? "*/\(total)" : "\(query.offset)-\(query.offset + count - 1)/\(total)"
    }
}
