import Contract
public import Domain
import Indicators
public import Store

/// Merges what has changed since the last round, from the parts that the database holds, and keeps the results there.
///
/// Confined to one thread. One process of a city does it at a time.
public final class MergeRound {
    /// Transactions that began before the last round and ended after it.
    private static let overlap = Duration.seconds(120)
    /// A gateway is silent when the newest status of all is so much younger than its own.
    private static let silence = Duration.seconds(300)

    private let database: Postgres
    private let city: String
    private let zone: Zone
    private let feeding: Feeding
    private let peakHour: PeakHour
    private var last: (at: Instant, silent: Set<String>)?
    /// The windows that are not final, and when each ends.
    private var unsettled: [FigureSpan: Instant] = [:]

    public init(
        _ database: Postgres,
        city: String,
        zone: Zone,
        feeding: Feeding,
        peakHour: PeakHour = .traffic
    ) {
        self.database = database
        self.city = city
        self.zone = zone
        self.feeding = feeding
        self.peakHour = peakHour
    }

    /// - Returns: how many figures are new.
    @discardableResult
    public func run(now: Instant) throws(StoreError) -> Int {
        let roster = try RosterReader(database, zone: zone).read(silentAfter: Self.silence)
        let since: Instant
        if let last {
            since = last.at
        } else {
            unsettled = try openSpans(now: now)
            since = try newestFigure() ?? now + (.zero - Merge.patience)
        }
        let spans = try touched(since: since + (.zero - Self.overlap)).union(due(now, roster.silent))
        last = (now, roster.silent)
        let merge = Merge(city: city, zone: zone, now: now, roster: roster, feeding: feeding)
        var news = 0
        for span in spans.sorted(by: { ($0.from, $0.indicator, $0.window) < ($1.from, $1.indicator, $1.window) }) {
            let figures = merge.figures(of: try parts(of: span))
            unsettled[span] = figures.first(where: \.isProvisional)?.to
            news += try save(figures)
        }
        let days = Set(
            spans.filter { $0.indicator == peakHour.source && $0.window == WindowKind.quarter.rawValue }
                .map { Window(.day, containing: $0.from, in: zone) }
        )
        for day in days { news += try save(peaks(on: day, now: now)) }
        return news
    }

    /// The windows that time or silence changes: open ones, those that have just ended, those that nobody waits for any
    /// longer, and all that are not final when another gateway is silent than before.
    private func due(_ now: Instant, _ silent: Set<String>) -> [FigureSpan] {
        guard let last, last.silent == silent else { return Array(unsettled.keys) }
        return unsettled.filter { $0.value > last.at || now >= $0.value + Merge.patience }.map(\.key)
    }

    /// The peak hours of a day, from its quarters as they were kept by this round and earlier ones.
    private func peaks(on day: Window, now: Instant) throws(StoreError) -> [CityFigure] {
        let rows = try database.query(
            """
            select distinct on (scope, "from") body from figure
            where "window" = $1 and "from" >= $2 and "from" < $3 and indicator = $4
            order by scope, "from", revision desc
            """,
            [WindowKind.quarter.rawValue, day.from.description, day.to.description, peakHour.source]
        )
        let quarters = rows.map { row in rows[row, 0].flatMap { CityFigure(payload: Array($0.utf8)) } }
            .compactMap(\.self)
        return Dictionary(grouping: quarters, by: \.scope).values.compactMap {
            peakHour.figure(of: $0, on: day, now: now)
        }
    }

    // MARK: Reading

    private func touched(since: Instant) throws(StoreError) -> Set<FigureSpan> {
        try spans(
            """
            select distinct indicator, "window", "from", "to" from part where at >= $1
            """,
            [since.description]
        ).reduce(into: []) { $0.insert($1.key) }
    }

    private func openSpans(now: Instant) throws(StoreError) -> [FigureSpan: Instant] {
        try spans(
            """
            select indicator, "window", "from", max("to") from figure
            where "to" > $1 group by 1, 2, 3 having not bool_and(final)
            """,
            [(now + (.zero - Merge.patience)).description]
        )
    }

    private func spans(_ sql: String, _ values: [String]) throws(StoreError) -> [FigureSpan: Instant] {
        let rows = try database.query(sql, values)
        var found: [FigureSpan: Instant] = [:]
        for row in 0..<rows.count {
            guard let indicator = rows[row, 0], let window = rows[row, 1], let from = rows.instant(row, 2),
                let to = rows.instant(row, 3)
            else { continue }
            found[FigureSpan(indicator: indicator, window: window, from: from)] = to
        }
        return found
    }

    private func newestFigure() throws(StoreError) -> Instant? {
        try database.query("select max(at) from figure").instant(0, 0)
    }

    private func parts(of span: FigureSpan) throws(StoreError) -> [Part] {
        let rows = try database.query(
            """
            select body, lineage, at from part
            where "window" = $1 and "from" = $2 and indicator = $3
            """,
            [span.window, span.from.description, span.indicator]
        )
        return rows.map { row in
            Part(
                payload: Array((rows[row, 0] ?? "").utf8),
                at: rows.instant(row, 2) ?? span.from,
                lineage: Int(rows.integer(row, 1) ?? 1)
            )
        }.compactMap(\.self)
    }

    // MARK: Writing

    private func save(_ figures: [CityFigure]) throws(StoreError) -> Int {
        var news = 0
        for figure in figures where try save(figure) { news += 1 }
        return news
    }

    /// Keeps a figure that says something new. Of an open window only the newest revision stays.
    private func save(_ figure: CityFigure) throws(StoreError) -> Bool {
        let key = [figure.indicator, figure.scope, figure.window, figure.from.description]
        let rows = try database.query(
            """
            select body from figure where indicator = $1 and scope = $2 and "window" = $3 and "from" = $4
            order by revision desc limit 1
            """,
            key
        )
        let known = rows.count == 1 ? rows[0, 0].flatMap { CityFigure(payload: Array($0.utf8)) } : nil
        guard let next = MergedBook.next(figure, after: known) else { return false }
        let values = [
            next.to.description, "\(next.revision)", next.isProvisional ? "false" : "true",
            String(decoding: next.payload, as: UTF8.self),
        ]
        try database.transaction { () throws(StoreError) in
            try database.query(
                """
                delete from figure where indicator = $1 and scope = $2 and "window" = $3 and "from" = $4 and not final
                """,
                key
            )
            try database.query(
                """
                insert into figure (indicator, scope, "window", "from", "to", revision, final, at, body)
                values ($1, $2, $3, $4, $5, $6, $7, now(), $8)
                """,
                key + values
            )
        }
        return true
    }
}
