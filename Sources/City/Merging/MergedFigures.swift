public import Contract
public import Store

/// Reads the city's figures from the database.
public struct MergedFigures {
    private let database: Postgres

    public init(_ database: Postgres) { self.database = database }

    /// The newest window of each figure.
    public func newest() throws(StoreError) -> [CityFigure] {
        let rows = try database.query(
            """
            select distinct on (indicator, scope, "window") body from figure
            order by indicator, scope, "window", "from" desc, revision desc
            """
        )
        return rows.map { row in rows[row, 0].flatMap { CityFigure(payload: Array($0.utf8)) } }.compactMap(\.self)
    }
}
