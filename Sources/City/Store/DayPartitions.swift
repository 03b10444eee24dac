import Domain

/// The partitions of `reading` and `event`, one for each local day.
///
/// A day has its own partition from a day ahead until its raw rows are dropped. What lies outside, such as the rows of
/// a box whose clock is years wrong, goes to the default partition.
struct DayPartitions {
    private static let tables = ["reading", "event"]

    private let zone: Zone
    private let retention: Duration
    private var made: Set<Day> = []

    init(zone: Zone, retention: Duration) {
        self.zone = zone
        self.retention = retention
    }

    /// Makes the partitions that the lines need and that are not there, each in a transaction of its own.
    mutating func prepare(
        for lines: [EntryBatch.Line],
        now: Instant,
        in database: Postgres
    ) throws(StoreError) {
        let days = zone.day(of: now + (.zero - retention))...(zone.day(of: now) + 1)
        var last: (from: Instant, to: Instant)?
        for line in lines where line.table != .unsynchronised {
            if let last, last.from <= line.time, line.time < last.to { continue }
            let day = zone.day(of: line.time)
            last = (zone.start(of: day), zone.start(of: day + 1))
            if days.contains(day), !made.contains(day) { try make(day, in: database) }
        }
        if made.count > 400 { made.removeAll() }
    }

    /// Makes the partitions of a day, and moves what the default partition has of it.
    mutating func make(_ day: Day, in database: Postgres) throws(StoreError) {
        let (from, to) = (zone.start(of: day).description, zone.start(of: day + 1).description)
        try database.transaction { () throws(StoreError) in
            // Two collectors would make the same one.
            try database.query("select pg_advisory_xact_lock($1)", ["\(AdvisoryLock.partitions)"])
            let known = try database.query("select 1 from dropped where day = $1", [day.description])
            // Rows that come after their day was dropped lie in the default partition, where upkeep removes them.
            guard known.count == 0 else { return }
            for table in Self.tables {
                let name = Self.name(of: table, day)
                let found = try database.query("select to_regclass($1) is not null", [name])
                if found.truth(0, 0) ?? false { continue }
                try database.run("create table \(name) (like \(table) including defaults including constraints)")
                try database.run(
                    """
                    with moved as (
                        delete from \(table)_default where time >= '\(from)' and time < '\(to)' returning *
                    )
                    insert into \(name) select * from moved
                    """
                )
                try database.run(
                    "alter table \(table) attach partition \(name) for values from ('\(from)') to ('\(to)')"
                )
            }
        }
        made.insert(day)
    }

    static func name(of table: String, _ day: Day) -> String {
        table + "_" + day.description.filter { $0 != "-" }
    }
}
