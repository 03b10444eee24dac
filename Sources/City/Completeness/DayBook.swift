public import Domain
import JSON
public import Store

/// Keeps the verdict of each gateway and day, and makes it anew when something of the day came.
public struct DayBook {
    /// How long a day waits for what is still on its way, before its first verdict.
    private static let firstAfter = Duration.seconds(3_600)

    private let database: Postgres
    private let ledgers: LedgerBook
    private let zone: Zone

    /// - Parameter destination: what the gateways call the city's broker.
    public init(_ database: Postgres, destination: String, zone: Zone) {
        self.database = database
        ledgers = LedgerBook(database, destination: destination)
        self.zone = zone
    }

    /// Judges a day of a gateway and keeps the verdict.
    @discardableResult
    public func judge(_ day: Day, of gateway: Int32) throws(StoreError) -> SpanJudgement {
        let judgement = try ledgers.judgement(of: gateway, from: zone.start(of: day), to: zone.start(of: day + 1))
        var why = JSONText()
        why.json(judgement.data)
        try database.query(
            """
            insert into day (gateway, day, verdict, missing, why) values ($1, $2, $3, $4, $5)
            on conflict (gateway, day) do update set verdict = excluded.verdict, missing = excluded.missing,
                why = excluded.why, made_at = now()
            """,
            [
                "\(gateway)", day.description, judgement.verdict.rawValue, "\(judgement.missing)",
                String(decoding: why.bytes, as: UTF8.self),
            ]
        )
        return judgement
    }

    /// Judges what is due: days that were touched, yesterday of gateways that have no verdict of it, and open days once
    /// an hour.
    ///
    /// - Parameter most: how many verdicts at most.
    /// - Returns: how many were made.
    @discardableResult
    public func judgeDue(now: Instant, most: Int) throws(StoreError) -> Int {
        let yesterday = zone.day(of: now + (.zero - Self.firstAfter)) + -1
        let due = try database.query(
            """
            select gateway, day, true from touched where day <= $1::date
            union
            select g.id, $1::date, false from gateway g
            where g.first_seen < ($1::date + 1)::timestamptz and not exists (
                select 1 from day d where d.gateway = g.id and d.day = $1::date)
            union
            select gateway, day, false from day
            where verdict in ('open', 'incomplete') and day > $1::date - 7 and made_at < now() - interval '1 hour'
            order by 1, 2 limit $2
            """,
            [yesterday.description, "\(most)"]
        )
        for row in 0..<due.count {
            guard let gateway = due.integer(row, 0), let day = due[row, 1].flatMap({ Day($0) }) else { continue }
            // What comes while the verdict is made touches the day again.
            try database.query(
                "delete from touched where gateway = $1 and day = $2",
                ["\(gateway)", day.description]
            )
            try judge(day, of: Int32(gateway))
        }
        return due.count
    }
}
