import Contract
public import Domain

/// Writes batches: each in one transaction, after which its messages may be answered.
///
/// An entry is stored if and only if its number is in the ledger's `have`: both happen in the same transaction, under a
/// lock of the epoch's ledger. So a message that comes again, in this batch or years later, is stored once.
public final class BatchWriter {
    /// What a batch changed.
    public struct Outcome: Sendable {
        /// Entries that are stored for the first time.
        public var stored = 0
        /// Entries that were there already.
        public var known = 0
    }

    private let database: Postgres
    private let zone: Zone
    private var days: DayPartitions

    /// - Parameter retention: rows of older days have no partition of their own.
    public init(_ database: Postgres, zone: Zone, retention: Duration) {
        self.database = database
        self.zone = zone
        days = DayPartitions(zone: zone, retention: retention)
    }

    /// Writes the batch and commits it.
    ///
    /// - Parameter now: decides which entries are late, and which days get a partition.
    public func write(_ batch: EntryBatch, now: Instant) throws(StoreError) -> Outcome {
        try days.prepare(for: batch.lines, now: now, in: database)
        return try database.transaction { () throws(StoreError) in
            let news = try newLines(of: batch)
            try copy(batch, news)
            try extendLedgers(news)
            let effects = batch.effects.filter { effect in effect.line.map { news.isNew[$0] } ?? true }
            try LedgerEffects(database).apply(effects.map(\.effect))
            try moveLateSynchronised(batch, news)
            try LateMarks(database, zone: zone).note(batch.lines, where: news.isNew, now: now)
            try StateWriter(database).write(batch)
            return Outcome(stored: news.count, known: batch.lines.count - news.count)
        }
    }

    /// The lines of a batch that are not stored yet.
    private struct News {
        var isNew: [Bool]
        var count = 0
        /// By epoch, in order.
        var numbers: [(epoch: Int32, added: SeqRanges)] = []
    }

    /// Locks the ledgers in one order, so that no two collectors wait for each other, and compares.
    private func newLines(of batch: EntryBatch) throws(StoreError) -> News {
        var news = News(isNew: Array(repeating: false, count: batch.lines.count))
        let lines = batch.lines
        let order = lines.indices.sorted {
            (lines[$0].epoch, lines[$0].seq, $0) < (lines[$1].epoch, lines[$1].seq, $1)
        }
        var epochs: [Int64] = []
        for index in order where epochs.last != Int64(lines[index].epoch) { epochs.append(Int64(lines[index].epoch)) }
        for (_, effect) in batch.effects { epochs += effect.epochs.map { Int64($0) } }
        guard !epochs.isEmpty else { return news }
        let rows = try database.query(
            "select epoch, have from ledger where epoch = any($1::integer[]) order by epoch for update",
            [PostgresText.array(epochs)]
        )
        var row = 0
        var next = 0
        while next < order.count {
            let epoch = lines[order[next]].epoch
            while row < rows.count, Int32(rows.integer(row, 0) ?? 0) < epoch { row += 1 }
            guard row < rows.count, Int32(rows.integer(row, 0) ?? 0) == epoch,
                let have = rows[row, 1].flatMap({ SeqRanges(multirange: $0) })
            else { throw StoreError(.refused, detail: "epoch \(epoch) has no ledger") }
            var added: [Range<Int64>] = []
            while next < order.count, lines[order[next]].epoch == epoch {
                let seq = lines[order[next]].seq
                if added.last?.upperBound ?? .min <= seq, !have.contains(seq) {
                    news.isNew[order[next]] = true
                    news.count += 1
                    if let last = added.last, last.upperBound == seq {
                        added[added.count - 1] = last.lowerBound..<seq + 1
                    } else {
                        added.append(seq..<seq + 1)
                    }
                }
                next += 1
            }
            if !added.isEmpty { news.numbers.append((epoch, SeqRanges(added))) }
        }
        return news
    }

    private func copy(_ batch: EntryBatch, _ news: News) throws(StoreError) {
        for table in [EntryBatch.Table.reading, .event, .unsynchronised] {
            let text = batch.text(of: table)
            guard text.count > 0 else { continue }
            var ranges: [Range<Int>] = []
            for (line, isNew) in zip(batch.lines, news.isNew) where isNew && line.table == table {
                if let last = ranges.last, last.upperBound == line.row.lowerBound {
                    ranges[ranges.count - 1] = last.lowerBound..<line.row.upperBound
                } else {
                    ranges.append(line.row)
                }
            }
            guard !ranges.isEmpty else { continue }
            try database.copy(into: EntryBatch.target(table)) { send in
                text.bytes.withUnsafeBytes { bytes in
                    for range in ranges where !send(UnsafeRawBufferPointer(rebasing: bytes[range])) { return }
                }
            }
        }
    }

    private func extendLedgers(_ news: News) throws(StoreError) {
        guard !news.numbers.isEmpty else { return }
        try database.query(
            """
            update ledger set have = have + added.numbers
            from unnest($1::integer[], $2::int8multirange[]) as added (epoch, numbers)
            where ledger.epoch = added.epoch
            """,
            [
                PostgresText.array(news.numbers.map { Int64($0.epoch) }),
                PostgresText.array(news.numbers.map(\.added.multirange)),
            ]
        )
    }

    /// An entry can come as unsynchronised after its boot's clock was set: it had left its gateway before.
    private func moveLateSynchronised(_ batch: EntryBatch, _ news: News) throws(StoreError) {
        var gateways: Set<Int32> = []
        for (line, isNew) in zip(batch.lines, news.isNew) where isNew && line.table == .unsynchronised {
            gateways.insert(line.gateway)
        }
        guard !gateways.isEmpty else { return }
        let known = try database.query(
            """
            select distinct b.gateway, b.boot, b.began_ms from boot b
            join epoch e on e.gateway = b.gateway join unsynchronised u on u.epoch = e.id and u.boot = b.boot
            where b.gateway = any($1::integer[])
            """,
            [PostgresText.array(gateways.sorted().map { Int64($0) })]
        )
        for row in 0..<known.count {
            guard let gateway = known[row, 0], let boot = known[row, 1], let began = known[row, 2] else { continue }
            try LedgerEffects(database).synchronise(gateway: gateway, boot: boot, began: began)
        }
    }
}
