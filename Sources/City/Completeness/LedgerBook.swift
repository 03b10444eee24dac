public import Contract
public import Domain
public import Store

/// Reads from the database what a verdict needs.
public struct LedgerBook {
    /// Numbers of one range that are asked for.
    private static let mostAsked = 10_000_000

    private let database: Postgres
    private let destination: String

    /// - Parameter destination: what the gateways call the city's broker.
    public init(_ database: Postgres, destination: String) {
        self.database = database
        self.destination = destination
    }

    /// Returns the number of a gateway; nil for one that was never heard of.
    public func gateway(named name: String) throws(StoreError) -> Int32? {
        let rows = try database.query("select id from gateway where name = $1", [name])
        return rows.integer(0, 0).map { Int32($0) }
    }

    /// The gateways that were there before a moment, by name.
    public func gateways(before moment: Instant) throws(StoreError) -> [(id: Int32, name: String)] {
        // What a gateway kept while nobody collected is older than the first that was heard of it.
        let rows = try database.query(
            """
            select id, name from gateway g where first_seen < $1 or exists (
                select from mark m join epoch e on e.id = m.epoch where e.gateway = g.id and m.hour < $1::timestamptz)
            order by name
            """,
            [moment.description]
        )
        return rows.map { (Int32(rows.integer($0, 0) ?? 0), rows[$0, 1] ?? "") }
    }

    /// Judges a day of one gateway. Of a day that is not over it judges what the newest status can settle.
    ///
    /// - Returns: the judgement, and until when it holds.
    public func judgement(
        of gateway: Int32,
        on day: Day,
        zone: Zone,
        now: Instant
    ) throws(StoreError) -> (SpanJudgement, until: Instant) {
        let from = zone.start(of: day)
        var to = zone.start(of: day + 1)
        if to > now { to = max(from, min(now, try state(of: gateway)?.at ?? from)) }
        return (try judgement(of: gateway, from: from, to: to), to)
    }

    /// Asks a gateway for the entries that its broker has lost: the collector publishes the request.
    public func ask(_ gateway: Int32, for absent: [(epoch: String, numbers: SeqRanges)]) throws(StoreError) {
        for (epoch, numbers) in absent {
            // No journal holds so many: the number that ended the epoch was wrong.
            var rest = numbers.ranges.filter { $0.count <= Self.mostAsked }[...]
            while !rest.isEmpty {
                let some = SeqRanges(rest.prefix(ResendRequest.mostRanges))
                rest = rest.dropFirst(ResendRequest.mostRanges)
                try database.query(
                    """
                    insert into request (epoch, ranges)
                    select id, $3::int8multirange from epoch where gateway = $1 and name = $2
                    """,
                    ["\(gateway)", epoch, some.multirange]
                )
            }
        }
    }

    /// Judges a span of time of one gateway.
    public func judgement(of gateway: Int32, from: Instant, to: Instant) throws(StoreError) -> SpanJudgement {
        let state = try state(of: gateway)
        return SpanJudgement(
            from: from,
            to: to,
            epochs: try epochs(of: gateway, to: to, state),
            state: state
        )
    }

    private func epochs(of gateway: Int32, to: Instant, _ state: GatewayState?) throws(StoreError) -> [EpochAccount] {
        // A start that a box dates long before anybody heard of it has no time.
        let rows = try database.query(
            """
            select e.id, e.name, l.have, l.closed_at, coalesce(l.clean, false),
                case when l.started_at > g.first_seen - interval '60 days' then l.started_at end,
                case when n.started_at > g.first_seen - interval '60 days' then n.started_at end,
                coalesce(l.is_first, false), exists (select from mark where epoch = e.id and hour >= $2::timestamptz)
            from gateway g join epoch e on e.gateway = g.id join ledger l on l.epoch = e.id
            left join ledger n on n.epoch = l.successor
            where g.id = $1 order by e.id
            """,
            ["\(gateway)", to.description]
        )
        let gaps = try gaps(of: gateway)
        let fresh = try freshHours(of: gateway)
        var found: [EpochAccount] = []
        for row in 0..<rows.count {
            guard let id = rows.integer(row, 0), let name = rows[row, 1] else { continue }
            var account = EpochAccount(name: name)
            account.have = rows[row, 2].flatMap { SeqRanges(multirange: $0) } ?? SeqRanges()
            account.gaps = gaps[id] ?? []
            account.closedAt = rows.integer(row, 3)
            account.isClean = rows.truth(row, 4) ?? false
            account.startedAt = rows.instant(row, 5)
            account.endedAt = rows.instant(row, 6)
            account.isFirst = rows.truth(row, 7) ?? false
            account.hours = fresh[id] ?? []
            account.isKnownAfter = rows.truth(row, 8) ?? false || account.hours.contains { $0.start >= to }
            let isRunning = state?.epoch == name
            if !account.absent(upTo: account.limit(lastSeq: isRunning ? state?.lastSeq : nil)).isEmpty {
                account.hours += try markedHours(of: id)
            }
            found.append(account)
        }
        return found
    }

    private func markedHours(of epoch: Int64) throws(StoreError) -> [EpochAccount.Hour] {
        let rows = try database.query("select epoch, hour, lo, hi from mark where epoch = $1", ["\(epoch)"])
        return Self.hours(rows)[epoch] ?? []
    }

    /// The last hours, whose marks are not made yet.
    private func freshHours(of gateway: Int32) throws(StoreError) -> [Int64: [EpochAccount.Hour]] {
        let rows = try database.query(
            """
            with fresh as (
                select coalesce(max(hour) + interval '1 hour', '-infinity') as since from marked
            ), rows as (
                select r.epoch, r.seq, r.time from fresh, reading r
                where r.device = any(array(select id from device where gateway = $1)) and r.time >= fresh.since
                union all
                select v.epoch, v.seq, v.time from fresh, event v
                where v.epoch = any(array(select id from epoch where gateway = $1)) and v.time >= fresh.since
            )
            select epoch, date_trunc('hour', time), min(seq), max(seq) from rows group by 1, 2
            """,
            ["\(gateway)"]
        )
        return Self.hours(rows)
    }

    private static func hours(_ rows: PostgresRows) -> [Int64: [EpochAccount.Hour]] {
        var found: [Int64: [EpochAccount.Hour]] = [:]
        for row in 0..<rows.count {
            guard let epoch = rows.integer(row, 0), let start = rows.instant(row, 1), let least = rows.integer(row, 2),
                let greatest = rows.integer(row, 3), least <= greatest
            else { continue }
            found[epoch, default: []].append(.init(start: start, numbers: least...greatest))
        }
        return found
    }

    private func gaps(of gateway: Int32) throws(StoreError) -> [Int64: [EpochAccount.Gap]] {
        let rows = try database.query(
            """
            select g.epoch, g.first, g.last, g.count, g.reason from gap g join epoch e on e.id = g.epoch
            where e.gateway = $1 order by g.epoch, g.first
            """,
            ["\(gateway)"]
        )
        var found: [Int64: [EpochAccount.Gap]] = [:]
        for row in 0..<rows.count {
            guard let epoch = rows.integer(row, 0), let first = rows.integer(row, 1), let last = rows.integer(row, 2)
            else { continue }
            found[epoch, default: []].append(
                .init(range: first..<last + 1, count: rows.integer(row, 3) ?? 0, reason: rows[row, 4] ?? "")
            )
        }
        return found
    }

    /// The numbers that a status names as owed; nil where they may not be all.
    private func owed(in body: String) -> [String: SeqRanges]? {
        let status = GatewayStatus(payload: Array(body.utf8))
        guard let owed = status?.details?.destinations.first(where: { $0.id == destination })?.owed,
            !owed.epochs.isEmpty, !owed.hasOlder
        else { return nil }
        return Dictionary(
            owed.epochs.map { epoch in
                (
                    epoch.name,
                    SeqRanges(
                        epoch.ranges.map { $0.clamped(to: ResendRequest.numbers) }
                            .map { Int64($0.lowerBound)..<Int64($0.upperBound) + 1 }
                    )
                )
            }
        ) { $0.union($1) }
    }

    private func state(of gateway: Int32) throws(StoreError) -> GatewayState? {
        let rows = try database.query(
            """
            select s.at, s.state, e.name, s.last_seq, s.pending, s.oldest_pending, s.body
            from state s left join epoch e on e.id = s.epoch where s.gateway = $1
            """,
            ["\(gateway)"]
        )
        guard rows.count == 1, let at = rows.instant(0, 0) else { return nil }
        return GatewayState(
            at: at,
            isOnline: rows[0, 1] == "online",
            epoch: rows[0, 2] ?? "",
            lastSeq: rows.integer(0, 3),
            pending: rows.integer(0, 4),
            oldestPending: rows.instant(0, 5),
            owed: rows[0, 6].flatMap(owed)
        )
    }
}
