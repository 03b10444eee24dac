import Domain
import Store

/// What Satu Data asks of a variable: concept, definition, classification, measure and unit.
struct SatuData: Sendable {
    var variable: String
    var name: String
    var concept: String
    var definition: String
    var classification: String
    var measure: String
    var unit: String
    var source: String

    /// The members of the description.
    var value: DataValue {
        let members = [
            ("variabel", variable), ("nama", name), ("konsep", concept), ("definisi", definition),
            ("klasifikasi", classification), ("ukuran", measure), ("satuan", unit), ("sumber", source),
        ]
        return .object(members.map { .init($0.0, .string($0.1)) })
    }

    private static func list(_ rows: PostgresRows) -> [SatuData] {
        rows.map { row in
            func text(_ column: Int) -> String { rows[row, column] ?? "" }
            return SatuData(
                variable: text(0),
                name: text(1),
                concept: text(2),
                definition: text(3),
                classification: text(4),
                measure: text(5),
                unit: text(6),
                source: text(7)
            )
        }
    }

    /// - Parameter indicator: nil for every one.
    static func indicators(_ indicator: String?, in database: Postgres) throws(StoreError) -> [SatuData] {
        list(
            try database.query(
                """
                select i.indicator, i.name_id, i.concept, i.definition, i.classification, i.measure,
                    coalesce((select f.body ->> 'unit' from figure f where f.indicator = i.indicator limit 1), ''),
                    i.source
                from indicator i
                where exists (select from figure f where f.indicator = i.indicator)
                    and ($1::text is null or i.indicator = $1)
                order by 1
                """,
                [indicator]
            )
        )
    }

    /// The points of the devices that have readings of a day. A point is called as its device's description calls it.
    static func points(of day: Day, zone: Zone, in database: Postgres) throws(StoreError) -> [SatuData] {
        list(
            try database.query(
                """
                select distinct on (p.titik, p.unit) p.titik, coalesce(
                    d.meta #>> array['points', p.titik, 'label', 'id'], d.meta #>> array['points', p.titik, 'label'],
                    p.titik), coalesce(d.meta ->> 'measures', ''), '', 'Lokasi; perangkat',
                    case when p.counts then 'Penghitung' else 'Nilai' end, p.unit, coalesce(d.meta ->> 'name', '')
                from form f join device d on d.id = f.device
                cross join lateral (
                    select u.unit, regexp_replace(u.name, ':bool$', '') as titik,
                        f.points[u.n + 1] is not distinct from u.name || ':increase' as counts
                    from unnest(f.points, f.units) with ordinality as u (name, unit, n)
                    where u.name not like '%:increase' and u.name not like '%:since'
                ) p
                where exists (
                    select from reading r where r.device = f.device and r.form = f.id and r.time >= $1 and r.time < $2
                )
                order by p.titik, p.unit
                """,
                [zone.start(of: day).description, zone.start(of: day + 1).description]
            )
        )
    }
}
