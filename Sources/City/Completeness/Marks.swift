public import Domain
public import Store

/// Makes the marks of hours that are over: the least and the greatest number of each epoch.
///
/// What comes later than ten minutes after its hour brings its own marks (`LateMarks`). An hour is due half an hour
/// after its end, so every row of it is committed by then, or late.
public struct Marks {
    private static let dueAfter = Duration.seconds(1_800)

    private let database: Postgres

    public init(_ database: Postgres) { self.database = database }

    /// - Returns: how many hours were done.
    @discardableResult
    public func makeDue(now: Instant) throws(StoreError) -> Int {
        let limit = (now + (.zero - Self.dueAfter)).description
        let hours = try database.query(
            """
            select h from generate_series(
                coalesce((select max(hour) from marked), date_trunc('hour', (select min(first_seen) from epoch))),
                date_trunc('hour', $1::timestamptz) - interval '1 hour', interval '1 hour'
            ) as h where not exists (select 1 from marked where hour = h)
            order by h limit 100
            """,
            [limit]
        )
        for row in 0..<hours.count {
            guard let hour = hours[row, 0] else { continue }
            try make(hour)
        }
        return hours.count
    }

    private func make(_ hour: String) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            try database.query(
                """
                insert into mark (epoch, hour, lo, hi)
                select epoch, $1::timestamptz, min(seq), max(seq) from (
                    select epoch, seq from reading where time >= $1::timestamptz
                        and time < $1::timestamptz + interval '1 hour'
                    union all
                    select epoch, seq from event where time >= $1::timestamptz
                        and time < $1::timestamptz + interval '1 hour'
                ) as rows group by epoch
                on conflict (epoch, hour) do update
                set lo = least(mark.lo, excluded.lo), hi = greatest(mark.hi, excluded.hi)
                """,
                [hour]
            )
            try database.query("insert into marked (hour) values ($1) on conflict do nothing", [hour])
        }
    }
}
