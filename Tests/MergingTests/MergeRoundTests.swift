import Contract
import Documents
import Domain
import Indicators
import Store
import TestSupport
import Testing

@testable import Merging

/// Rounds over a real database.
@Suite(.serialized) struct `A round of merging` {
    /// A city's database with two gateways, of which nothing is known but their names.
    private final class Database {
        private let process: PostgresProcess
        let postgres: Postgres

        init() throws {
            process = try PostgresProcess()
            postgres = try Postgres(url: process.url(), password: nil, program: "test")
            try Migrations.run(on: postgres)
            for name in ["a", "b"] { try postgres.query("insert into gateway (name) values ($1)", [name]) }
        }

        /// Stores a part as the collector does.
        func put(_ message: FigureMessage, lineage: Int = 1) throws {
            try postgres.query(
                """
                insert into part (gateway, indicator, scope, "window", "from", lineage, "to", revision, final, at, body)
                select id, $2, $3, $4, $5, $6, $7, $8, $9, now(), $10 from gateway where name = $1
                on conflict (gateway, indicator, scope, "window", "from", lineage)
                do update set revision = excluded.revision, final = excluded.final, at = now(), body = excluded.body
                """,
                [
                    message.gateway, message.indicator, message.scope, message.window,
                    message.from.description, "\(lineage)", message.to.description, "\(message.revision)",
                    message.isProvisional ? "false" : "true", String(decoding: message.payload, as: UTF8.self),
                ]
            )
        }

        func round() -> MergeRound { MergeRound(postgres, city: "kediri", zone: wib, feeding: .unknown) }

        /// The city's figures that are kept, as `indicator value rREVISION`, with `final` behind it.
        func kept() throws -> [String] {
            let rows = try postgres.query("select body from figure order by indicator, scope, \"from\", revision")
            return rows.map { row in rows[row, 0].flatMap { CityFigure(payload: Array($0.utf8)) } }.compactMap(\.self)
                .filter { $0.scope == "kota" }
                .map { "\($0.indicator) \($0.text ?? "-") r\($0.revision)\($0.isProvisional ? "" : " final")" }
        }
    }

    @Test func `a city's own catalogue names its indicators, and leaves the other rows`() throws {
        let box = try Database()
        let database = box.postgres
        let path = Repository.root + "/examples/another-city/indicators.yaml"
        let catalogue = try #require(IndicatorCatalogue.read(file: path, log: ProblemLog()))
        let first = try #require(catalogue.indicators.first)
        try database.query("update indicator set source = 'another' where indicator = $1", [first.id])
        try IndicatorNames.write(catalogue, to: database)
        let rows = try database.query("select name_en, source from indicator where indicator = $1", [first.id])
        #expect(rows[0, 0] == first.name.en)
        #expect(rows[0, 1] == first.method.source)
        let others = try database.query("select count(*) from indicator where indicator = 'water-drinking-compliance'")
        #expect(others[0, 0] == "1")
    }

    @Test func `keeps the newest revision of an open window`() throws {
        let database = try Database()
        let round = database.round()
        try database.put(Made.sum("a", "1"))
        #expect(try round.run(now: at("10:00")) == 1)
        #expect(try round.run(now: at("10:01")) == 0)
        try database.put(Made.sum("b", "2"))
        #expect(try round.run(now: at("10:02")) == 1)
        #expect(try database.kept() == ["water-volume 3 r602"])
    }

    @Test func `goes on after a start with the revisions that are kept`() throws {
        let database = try Database()
        try database.put(Made.sum("a", "1"))
        try database.round().run(now: at("10:00"))
        try database.put(Made.sum("a", "1.5", revision: 601))
        try database.round().run(now: at("10:00"))
        #expect(try database.kept() == ["water-volume 1.5 r601"])
    }

    @Test func `adds what a gateway counted with each journal`() throws {
        let database = try Database()
        try database.put(Made.sum("a", "9", epochs: ["7-0000000a"]))
        try database.put(Made.sum("a", "1", revision: 601, epochs: ["1-0000000b"]), lineage: 2)
        try database.round().run(now: at("10:01"))
        #expect(try database.kept() == ["water-volume 10 r601"])
    }

    @Test func `keeps each revision of a closed window`() throws {
        let database = try Database()
        let round = database.round()
        let end = at("00:00") + .seconds(86_400)
        try database.put(Made.sum("a", "1", revision: 1_442, isFinal: true, expected: 1_440))
        try round.run(now: end + .seconds(120))
        try database.put(Made.sum("a", "1.5", revision: 1_500, isFinal: true, expected: 1_440))
        try round.run(now: end + .seconds(3_600))
        #expect(try database.kept() == ["water-volume 1 r1442 final", "water-volume 1.5 r1500 final"])
    }

    @Test func `makes the peak hour of the quarters of both gateways`() throws {
        let database = try Database()
        for (gateway, value) in [("a", "5"), ("b", "7")] {
            for index in 0..<4 {
                try database.put(
                    Made.figure(
                        gateway,
                        "traffic-volume",
                        window: .quarter,
                        at: at("07:00") + .seconds(900 * Int64(index)),
                        isFinal: true,
                        value: value,
                        parts: .init(merging: .sum, count: 1, sum: number(value))
                    )
                )
            }
        }
        let round = database.round()
        try round.run(now: at("08:02"))
        #expect(try database.kept().filter { $0.hasPrefix("traffic-peak-hour") } == ["traffic-peak-hour 48 r482"])
        // A late final of one quarter changes it.
        try database.put(
            Made.figure(
                "b",
                "traffic-volume",
                window: .quarter,
                at: at("07:00"),
                revision: 700,
                isFinal: true,
                value: "8",
                parts: .init(merging: .sum, count: 1, sum: number("8"))
            )
        )
        try round.run(now: at("08:03"))
        #expect(try database.kept().filter { $0.hasPrefix("traffic-peak-hour") } == ["traffic-peak-hour 49 r483"])
    }
}
