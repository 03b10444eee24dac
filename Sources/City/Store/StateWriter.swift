import Domain

/// Writes what is no entry: states, meta messages, parts of figures, and messages that are none of the contract.
struct StateWriter {
    private let database: Postgres

    init(_ database: Postgres) { self.database = database }

    func write(_ batch: EntryBatch) throws(StoreError) {
        try write(batch.states)
        try write(batch.metas)
        try write(batch.parts)
        for message in batch.setAside { try write(message) }
    }

    /// The messages of one topic come in order, so the last one counts, whatever the two clocks say that stamped them.
    /// Only a collector that lags far behind another must not undo it.
    private func write(_ states: [Int32: EntryBatch.State]) throws(StoreError) {
        guard !states.isEmpty else { return }
        let sorted = states.sorted { $0.key < $1.key }
        try database.query(
            """
            insert into state (gateway, at, state, epoch, pending, oldest_pending, last_seq, body)
            select * from unnest($1::integer[], $2::timestamptz[], $3::text[], $4::integer[], $5::bigint[],
                $6::timestamptz[], $7::bigint[], $8::json[])
            on conflict (gateway) do update set at = excluded.at, state = excluded.state, epoch = excluded.epoch,
                pending = excluded.pending, oldest_pending = excluded.oldest_pending, last_seq = excluded.last_seq,
                body = excluded.body
            where state.at <= excluded.at + interval '30 seconds'
            """,
            [
                PostgresText.array(sorted.map { Int64($0.key) }),
                PostgresText.array(sorted.map(\.value.at.description)), PostgresText.array(sorted.map(\.value.state)),
                PostgresText.array(sorted.map { $0.value.epoch.map { "\($0)" } }),
                PostgresText.array(sorted.map { $0.value.pending.map { "\($0)" } }),
                PostgresText.array(sorted.map { $0.value.oldestPending?.description }),
                PostgresText.array(sorted.map { $0.value.lastSeq.map { "\($0)" } }),
                PostgresText.array(sorted.map(\.value.body)),
            ]
        )
    }

    private func write(_ metas: [Int32: String?]) throws(StoreError) {
        guard !metas.isEmpty else { return }
        let sorted = metas.sorted { $0.key < $1.key }
        try database.query(
            """
            update device set meta = new.meta, meta_at = now()
            from unnest($1::integer[], $2::json[]) as new (device, meta) where device.id = new.device
            """,
            [PostgresText.array(sorted.map { Int64($0.key) }), PostgresText.array(sorted.map(\.value))]
        )
    }

    /// A part replaces an earlier one with a lower revision, and an open one of the same revision.
    ///
    /// Everybody writes the rows in the same order, so that no two collectors wait for each other.
    private func write(_ parts: [EntryBatch.PartKey: EntryBatch.Part]) throws(StoreError) {
        guard !parts.isEmpty else { return }
        let sorted = parts.sorted { $0.key < $1.key }
        try database.query(
            """
            insert into part (gateway, indicator, scope, "window", "from", lineage, "to", revision, final, at, body)
            select gateway, indicator, scope, "window", "from", lineage, "to", revision, final, now(), body
            from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::integer[],
                $7::timestamptz[], $8::bigint[], $9::boolean[], $10::json[])
                as new (gateway, indicator, scope, "window", "from", lineage, "to", revision, final, body)
            on conflict (gateway, indicator, scope, "window", "from", lineage) do update
            set "to" = excluded."to", revision = excluded.revision, final = excluded.final, at = excluded.at,
                body = excluded.body
            where (part.revision, part.final) < (excluded.revision, excluded.final)
            """,
            [
                PostgresText.array(sorted.map { Int64($0.key.gateway) }),
                PostgresText.array(sorted.map(\.key.indicator)),
                PostgresText.array(sorted.map(\.key.scope)), PostgresText.array(sorted.map(\.key.window)),
                PostgresText.array(sorted.map(\.key.from.description)),
                PostgresText.array(sorted.map { Int64($0.key.lineage) }),
                PostgresText.array(sorted.map(\.value.to.description)),
                PostgresText.array(sorted.map(\.value.revision)),
                PostgresText.array(sorted.map { $0.value.isFinal ? "true" : "false" }),
                PostgresText.array(sorted.map(\.value.body)),
            ]
        )
    }

    private func write(_ message: EntryBatch.SetAside) throws(StoreError) {
        let kept = message.payload.prefix(EntryBatch.SetAside.mostBytes)
        let digits = Array("0123456789abcdef".utf8)
        let hexadecimal = kept.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        try database.query(
            "insert into set_aside (topic, reason, bytes, payload) values ($1, $2, $3, $4::bytea)",
            [
                message.topic, message.reason, "\(message.payload.count)",
                "\\x" + String(decoding: hexadecimal, as: UTF8.self),
            ]
        )
    }
}
