public import Store

/// A view of the schema `kota`, as the database describes it: what may be read, and what each column is.
public struct CityView: Sendable {
    public struct Column: Sendable {
        public var name: String
        /// As PostgreSQL writes it: `timestamp with time zone`.
        public var type: String
        public var words: Words
    }

    /// A comment in both languages.
    public struct Words: Sendable {
        public var english: String
        public var indonesian: String

        /// - Parameter comment: `English / Indonesian`.
        init(comment: String) {
            let sides = comment.split(separator: " / ", maxSplits: 1).map(String.init)
            english = sides.first ?? ""
            indonesian = sides.count == 2 ? sides[1] : english
        }
    }

    public var name: String
    public var words: Words
    public var columns: [Column]

    public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// Reads all views that the connection's role may read, by their names.
    public static func all(in database: Postgres) throws(StoreError) -> [CityView] {
        let rows = try database.query(
            """
            select c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname,
                format_type(a.atttypid, a.atttypmod), coalesce(col_description(c.oid, a.attnum), '')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname = 'kota' and c.relkind = 'v' and has_table_privilege(c.oid, 'select')
            order by c.relname, a.attnum
            """
        )
        var views: [CityView] = []
        for row in 0..<rows.count {
            let name = rows[row, 0] ?? ""
            if views.last?.name != name {
                views.append(CityView(name: name, words: Words(comment: rows[row, 1] ?? ""), columns: []))
            }
            views[views.count - 1].columns.append(
                Column(name: rows[row, 2] ?? "", type: rows[row, 3] ?? "", words: Words(comment: rows[row, 4] ?? ""))
            )
        }
        guard !views.isEmpty else {
            throw StoreError(.refused, detail: "no view of kota may be read; gateway-city collect makes them")
        }
        return views
    }
}

extension CityView.Column {
    /// What its values are, for those who read JSON.
    enum Kind {
        case text, integer, number, truth, moment, date, other
    }

    var kind: Kind {
        switch type {
        case "text": .text
        case "integer", "bigint", "smallint": .integer
        case "numeric", "double precision", "real": .number
        case "boolean": .truth
        case "timestamp with time zone", "timestamp without time zone": .moment
        case "date": .date
        default: .other
        }
    }
}
