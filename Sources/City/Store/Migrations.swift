/// Makes the tables, and brings those of an earlier release forward. There is no way back.
public enum Migrations {
    /// The files of `Schema`, in order. Each runs once, in a transaction with its number.
    private static let files: [[UInt8]] = [
        PackageResources.v1_base_sql, PackageResources.v2_rights_sql, PackageResources.v3_views_sql,
        PackageResources.v4_indicators_sql, PackageResources.v5_comments_sql,
        PackageResources.v6_comments_of_views_sql,
    ]

    public static var newest: Int { files.count }

    /// - Parameter limit: migrates no further, for tests of a later step.
    /// - Returns: the numbers of the migrations that ran.
    @discardableResult
    public static func run(on database: Postgres, upTo limit: Int = .max) throws(StoreError) -> [Int] {
        try database.transaction { () throws(StoreError) in
            // Collectors that start together migrate one after the other.
            try database.query("select pg_advisory_xact_lock($1)", ["\(AdvisoryLock.migration)"])
            try database.run(
                """
                create table if not exists schema_version (
                    version integer primary key, at timestamptz not null default now()
                )
                """
            )
        }
        var done: [Int] = []
        while let next = try step(on: database, upTo: limit) { done.append(next) }
        return done
    }

    private static func step(on database: Postgres, upTo limit: Int) throws(StoreError) -> Int? {
        try database.transaction { () throws(StoreError) in
            try database.query("select pg_advisory_xact_lock($1)", ["\(AdvisoryLock.migration)"])
            let version = try version(of: database)
            if version > newest {
                throw StoreError(
                    .newer,
                    detail: "the tables have version \(version), this program knows \(newest)"
                )
            }
            guard version < min(limit, newest) else { return nil }
            try database.run(String(decoding: files[version], as: UTF8.self))
            try database.query("insert into schema_version (version) values ($1)", ["\(version + 1)"])
            return version + 1
        }
    }

    /// Whether the tables are those of this release.
    public static func isCurrent(_ database: Postgres) throws(StoreError) -> Bool {
        let there = try database.query("select to_regclass('schema_version') is not null")
        guard there.truth(0, 0) ?? false else { return false }
        return try version(of: database) == newest
    }

    /// Returns the number of the last migration that ran; 0 for none.
    public static func version(of database: Postgres) throws(StoreError) -> Int {
        let rows = try database.query("select coalesce(max(version), 0) from schema_version")
        return Int(rows.integer(0, 0) ?? 0)
    }
}
