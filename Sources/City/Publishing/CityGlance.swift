import Domain
import Store

/// The city's figures of one kind of window and one area, with the windows before.
struct CityGlance: Sendable {
    static let windows = ["day", "month", "year", "hour"]
    /// How many windows a line has.
    private static let steps = 30

    /// A figure, with its newest window that has ended; the open one where none has.
    struct Figure: Sendable {
        var indicator: String
        var nameID: String
        var nameEN: String
        var theme: String
        var unit: String?
        var shown: Window
        var steps: [Double?]
    }

    struct Window: Sendable {
        var from: Instant
        var to: Instant
        /// Digits; nil for no value.
        var value: String?
        var reason: String?
        /// 0 to 1.
        var completeness: Double?
        var gateways: Int64?
        var target: String?
        var targetYear: String?
        var standing: String?
        var isProvisional: Bool
    }

    /// The verdicts of the newest judged day.
    struct Days: Sendable {
        var day: String
        var counts: [String: Int64]
    }

    /// An area that has figures.
    struct Area: Sendable {
        var scope: String
        var name: String
    }

    var window: String
    var scope: String
    var figures: [Figure] = []
    var areas: [Area] = []
    var days: Days?

    static func read(window: String, scope: String, in database: Postgres) throws(StoreError) -> CityGlance {
        var glance = CityGlance(window: window, scope: scope)
        let units = ["hour": "hour", "day": "day", "month": "month", "year": "year"]
        let rows = try database.query(
            """
            select indikator, nama_id, nama_en, tema, satuan, mulai, selesai, nilai, alasan, kelengkapan, gerbang,
                target, tahun_target, status_target, sementara, selesai <= now()
            from kota.indikator where jendela = $1 and wilayah = $2 and mulai > now() - $3::interval
            order by tema, indikator, mulai
            """,
            [window, scope, "\(steps) \(units[window] ?? "day")"]
        )
        for row in 0..<rows.count {
            guard let from = rows.instant(row, 5), let to = rows.instant(row, 6) else { continue }
            let shown = Window(
                from: from,
                to: to,
                value: rows[row, 7],
                reason: rows[row, 8],
                completeness: rows[row, 9].flatMap { Double($0) },
                gateways: rows.integer(row, 10),
                target: rows[row, 11],
                targetYear: rows[row, 12],
                standing: rows[row, 13],
                isProvisional: rows.truth(row, 14) ?? true
            )
            let step = shown.value.flatMap { Double($0) }
            if glance.figures.last?.indicator == rows[row, 0] {
                let last = glance.figures.count - 1
                glance.figures[last].steps.append(step)
                // Rows come in the order of time: the last one that has ended stays.
                if rows.truth(row, 15) ?? false { glance.figures[last].shown = shown }
            } else {
                glance.figures.append(
                    Figure(
                        indicator: rows[row, 0] ?? "",
                        nameID: rows[row, 1] ?? "",
                        nameEN: rows[row, 2] ?? "",
                        theme: rows[row, 3] ?? "",
                        unit: rows[row, 4],
                        shown: shown,
                        steps: [step]
                    )
                )
            }
        }
        glance.areas = try areas(window, in: database)
        glance.days = try days(in: database)
        return glance
    }

    /// The city first, then kecamatan: kelurahan are too many for a line of links.
    private static func areas(_ window: String, in database: Postgres) throws(StoreError) -> [Area] {
        let rows = try database.query(
            """
            select distinct wilayah, nama_wilayah, jenis_wilayah from kota.indikator
            where jendela = $1 and jenis_wilayah in ('kota', 'kecamatan') and mulai > now() - interval '400 days'
            order by jenis_wilayah desc, nama_wilayah
            """,
            [window]
        )
        return rows.map { Area(scope: rows[$0, 0] ?? "", name: rows[$0, 1] ?? "") }
    }

    private static func days(in database: Postgres) throws(StoreError) -> Days? {
        let rows = try database.query(
            """
            select tanggal, putusan, count(*) from kota.kelengkapan_harian
            where tanggal = (select max(tanggal) from kota.kelengkapan_harian) group by 1, 2
            """
        )
        guard let day = rows.count > 0 ? rows[0, 0] : nil else { return nil }
        var days = Days(day: day, counts: [:])
        for row in 0..<rows.count { days.counts[rows[row, 1] ?? ""] = rows.integer(row, 2) }
        return days
    }
}
