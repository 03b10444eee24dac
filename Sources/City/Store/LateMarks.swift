import Domain

/// The marks of entries that come after the upkeep has made the marks of their hour, and the days that they touch.
struct LateMarks {
    /// An hour's entries are late from this long after its end. The upkeep makes its marks later than that.
    static let lateAfter = Duration.seconds(600)
    private static let hour: Int64 = 3_600_000

    private let database: Postgres
    private let zone: Zone

    init(_ database: Postgres, zone: Zone) {
        self.database = database
        self.zone = zone
    }

    func note(_ lines: [EntryBatch.Line], where isNew: [Bool], now: Instant) throws(StoreError) {
        let limit = now.millisecondsSince1970 - Self.lateAfter.wholeMilliseconds - Self.hour
        var marks: [Key: (lo: Int64, hi: Int64)] = [:]
        var days: Set<DayOfGateway> = []
        let today = zone.day(of: now)
        for (line, isNew) in zip(lines, isNew)
        where isNew && line.table != .unsynchronised && line.time.millisecondsSince1970 < limit {
            let hour = line.time.millisecondsSince1970.flooredDivision(by: Self.hour).quotient
            let key = Key(epoch: line.epoch, hour: hour)
            if let mark = marks[key] {
                marks[key] = (min(mark.lo, line.seq), max(mark.hi, line.seq))
            } else {
                marks[key] = (line.seq, line.seq)
                let day = zone.day(of: line.time)
                if day != today { days.insert(DayOfGateway(gateway: line.gateway, day: day)) }
            }
        }
        try write(marks)
        try write(days)
    }

    private struct Key: Hashable {
        var epoch: Int32
        var hour: Int64
    }

    private struct DayOfGateway: Hashable {
        var gateway: Int32
        var day: Day
    }

    private func write(_ marks: [Key: (lo: Int64, hi: Int64)]) throws(StoreError) {
        guard !marks.isEmpty else { return }
        let sorted = marks.sorted { ($0.key.epoch, $0.key.hour) < ($1.key.epoch, $1.key.hour) }
        try database.query(
            """
            insert into mark (epoch, hour, lo, hi)
            select epoch, timestamptz 'epoch' + hour * interval '1 hour', lo, hi
            from unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[]) as late (epoch, hour, lo, hi)
            on conflict (epoch, hour) do update
            set lo = least(mark.lo, excluded.lo), hi = greatest(mark.hi, excluded.hi)
            """,
            [
                PostgresText.array(sorted.map { Int64($0.key.epoch) }), PostgresText.array(sorted.map(\.key.hour)),
                PostgresText.array(sorted.map(\.value.lo)), PostgresText.array(sorted.map(\.value.hi)),
            ]
        )
    }

    private func write(_ days: Set<DayOfGateway>) throws(StoreError) {
        guard !days.isEmpty else { return }
        let sorted = days.sorted { ($0.gateway, $0.day) < ($1.gateway, $1.day) }
        try database.query(
            """
            insert into touched (gateway, day) select * from unnest($1::integer[], $2::date[])
            on conflict do nothing
            """,
            [
                PostgresText.array(sorted.map { Int64($0.gateway) }),
                PostgresText.array(sorted.map(\.day.description)),
            ]
        )
    }
}
