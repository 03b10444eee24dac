public import Domain
public import Store

/// Drops the raw rows of days that are older than the city keeps them. Ledgers, verdicts and figures stay.
public struct Retention {
    private let database: Postgres
    private let zone: Zone

    public init(_ database: Postgres, zone: Zone) {
        self.database = database
        self.zone = zone
    }

    /// - Returns: the days that were dropped.
    @discardableResult
    public func drop(olderThan retention: Duration, now: Instant) throws(StoreError) -> [Day] {
        let first = zone.day(of: now + (.zero - retention))
        let found = try database.query(
            """
            select substring(relname from '_([0-9]{8})$') from pg_class
            where relkind = 'r' and relispartition and relname ~ '^(reading|event)_[0-9]{8}$'
            group by 1 having substring(relname from '_([0-9]{8})$') < $1 order by 1
            """,
            [first.description.filter { $0 != "-" }]
        )
        var days: [Day] = []
        for row in 0..<found.count {
            guard let digits = found[row, 0], digits.utf8.count == 8 else { continue }
            let text = "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
            guard let day = Day(text) else { continue }
            try drop(day, digits)
            days.append(day)
        }
        let limit = zone.start(of: first).description
        // These rows came outside of their days: their times are wrong, or they came late. They stay as long as others,
        // from when their epoch was heard of.
        for table in ["reading_default", "event_default", "unsynchronised"] {
            try database.query(
                """
                delete from \(table) t using epoch e, ledger l
                where e.id = t.epoch and l.epoch = e.id and l.closed_at is not null and e.first_seen < $1
                    and t.time < $1
                """,
                [limit]
            )
        }
        try database.query("delete from set_aside where at < $1", [limit])
        return days
    }

    private func drop(_ day: Day, _ digits: String) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            try database.query("insert into dropped (day) values ($1) on conflict do nothing", [day.description])
            for table in ["reading", "event"] { try database.run("drop table if exists \(table)_\(digits)") }
        }
    }
}
