import HTTP
import Metrics
import Store

/// What the metrics of the city say.
struct CityCounts: Sendable {
    /// A word and how many.
    var states: [(word: String, count: String)] = []
    var verdicts: [(word: String, count: String)] = []
    var pending = "0"
    var setAside = "0"
    var waitingRequests = "0"
    /// Seconds since the newest status came; nil where none has.
    var newest: String?

    static func read(in database: Postgres) throws(StoreError) -> CityCounts {
        var counts = CityCounts()
        let states = try database.query(
            "select coalesce(keadaan, 'unknown'), count(*) from kota.gerbang group by 1 order by 1"
        )
        counts.states = states.map { (states[$0, 0] ?? "", states[$0, 1] ?? "0") }
        let verdicts = try database.query(
            """
            select putusan, count(*) from kota.kelengkapan_harian
            where tanggal = (select max(tanggal) from kota.kelengkapan_harian) group by 1 order by 1
            """
        )
        counts.verdicts = verdicts.map { (verdicts[$0, 0] ?? "", verdicts[$0, 1] ?? "0") }
        let others = try database.query(
            """
            select coalesce(sum(pending), 0), round(extract(epoch from now() - max(at))::numeric, 3),
                (select count(*) from set_aside), (select count(*) from request where sent_at is null) from state
            """
        )
        counts.pending = others[0, 0] ?? "0"
        counts.newest = others[0, 1]
        counts.setAside = others[0, 2] ?? "0"
        counts.waitingRequests = others[0, 3] ?? "0"
        return counts
    }

    func text(_ format: MetricsFormat) -> String {
        func number(_ value: String) -> MetricSample { MetricSample(value: .number(value)) }
        func words(_ list: [(word: String, count: String)]) -> [MetricSample] {
            list.map { MetricSample(labels: [$0.word], value: .number($0.count)) }
        }
        return MetricsText(format).text(of: [
            (Self.gateways, words(states)), (Self.days, words(verdicts)), (Self.pendingEntries, [number(pending)]),
            (Self.setAsideMessages, [number(setAside)]), (Self.requests, [number(waitingRequests)]),
            (Self.newestStatus, newest.map { [number($0)] } ?? []),
        ])
    }

    private static let gateways = MetricFamily(
        "gateway_city_gateways",
        .gauge,
        labels: ["state"],
        "Gateways by the state in their newest status."
    )
    private static let days = MetricFamily(
        "gateway_city_days",
        .gauge,
        labels: ["verdict"],
        "Gateways by the verdict of the newest judged day."
    )
    private static let pendingEntries = MetricFamily(
        "gateway_city_pending_entries",
        .gauge,
        "Entries that gateways still owe the city, as their statuses say."
    )
    private static let setAsideMessages = MetricFamily(
        "gateway_city_set_aside_messages",
        .gauge,
        "Messages that are none of the contract and were set aside."
    )
    private static let requests = MetricFamily(
        "gateway_city_waiting_requests",
        .gauge,
        "Resend requests that were not sent yet."
    )
    private static let newestStatus = MetricFamily(
        "gateway_city_newest_status_age_seconds",
        .gauge,
        "How long ago the newest status of any gateway came."
    )
}

extension CityRouter {
    func metrics(_ page: PageRequest) async throws -> Reply {
        let format = MetricsFormat(accept: page.accept)
        return .text(try await counts.answer(to: 0).text(format), type: format.contentType)
    }
}
