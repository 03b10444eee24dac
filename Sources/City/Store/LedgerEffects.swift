import Domain

/// What gateways' events change in the ledgers and among the rows; within the transaction that stores the events.
struct LedgerEffects {
    private let database: Postgres

    init(_ database: Postgres) { self.database = database }

    func apply(_ effects: [EntryBatch.Effect]) throws(StoreError) {
        for effect in effects {
            switch effect {
            case .started(let epoch, let at, let previous): try start(epoch, at: at, after: previous)
            case .gap(let epoch, let first, let last, let count, let reason, let at):
                try gap(epoch, first, last, count, reason, at: at)
            case .clockSet(let gateway, let boot, let began):
                try database.query(
                    """
                    insert into boot (gateway, boot, began_ms) values ($1, $2, $3)
                    on conflict (gateway, boot) do update set began_ms = excluded.began_ms
                    """,
                    ["\(gateway)", boot, "\(began)"]
                )
                try synchronise(gateway: "\(gateway)", boot: boot, began: "\(began)")
            }
        }
    }

    private func start(_ epoch: Int32, at: Instant?, after previous: EntryBatch.Effect.Previous?) throws(StoreError) {
        try database.query(
            "update ledger set started_at = $2, is_first = $3 where epoch = $1",
            ["\(epoch)", at?.description, previous == nil ? "true" : "false"]
        )
        guard let previous else { return }
        // A card that was restored can name an epoch again, with an earlier end: what was vouched for stays owed.
        try database.query(
            """
            update ledger set closed_at = greatest(closed_at, $2),
                clean = case when closed_at > $2::bigint then clean else $3 end, successor = coalesce(successor, $4)
            where epoch = $1
            """,
            ["\(previous.epoch)", "\(previous.committedThrough)", previous.isClean ? "true" : "false", "\(epoch)"]
        )
    }

    /// The same gap can be reported by two events: it counts once.
    private func gap(
        _ epoch: Int32,
        _ first: Int64,
        _ last: Int64,
        _ count: Int64,
        _ reason: String,
        at: Instant
    ) throws(StoreError) {
        try database.query(
            """
            with new as (
                insert into gap (epoch, first, last, count, reason, told_at) values ($1, $2, $3, $4, $5, $6)
                on conflict do nothing returning epoch, first, last, count
            )
            update ledger set told = told + int8multirange(int8range(new.first, new.last, '[]')),
                told_count = told_count + new.count
            from new where ledger.epoch = new.epoch
            """,
            ["\(epoch)", "\(first)", "\(last)", "\(count)", reason, at.description]
        )
    }

    /// Moves the entries of a boot to the time that they really had.
    ///
    /// - Parameter began: when the boot began, in milliseconds since 1970.
    func synchronise(gateway: String, boot: String, began: String) throws(StoreError) {
        try database.query(
            """
            with moved as (
                delete from unsynchronised u using epoch e
                where e.id = u.epoch and e.gateway = $1 and u.boot = $2
                returning u.*, timestamptz 'epoch' + ($3::bigint + u.uptime_ms) * interval '1 millisecond' as right_time
            ), readings as (
                insert into reading (epoch, seq, device, form, time, v, q, x)
                select epoch, seq, device, form, right_time, v, q, x from moved where event is null
            ), events as (
                insert into event (epoch, seq, device, time, event, severity, event_id, body)
                select epoch, seq, device, right_time, event, severity, event_id, body from moved
                where event is not null
            ), starts as (
                update ledger set started_at = moved.right_time from moved
                where ledger.epoch = moved.epoch and moved.event = 'start' and moved.device is null
            ), days as (
                insert into touched (gateway, day)
                select distinct $1::integer, (right_time at time zone current_setting('TimeZone'))::date from moved
                on conflict do nothing
            )
            insert into mark (epoch, hour, lo, hi)
            select epoch, date_trunc('hour', right_time), min(seq), max(seq) from moved group by 1, 2
            on conflict (epoch, hour) do update
            set lo = least(mark.lo, excluded.lo), hi = greatest(mark.hi, excluded.hi)
            """,
            [gateway, boot, began]
        )
    }
}
