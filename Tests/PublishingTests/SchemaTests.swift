import Store
import TestSupport
import Testing

@Suite struct `The city's schema` {
    @Test func `has a comment in both languages on every table, view and column`() throws {
        let city = try CityDatabase()
        let bare = try city.owner.query(
            """
            select c.table_schema || '.' || c.table_name || '.' || c.column_name from information_schema.columns c
            join pg_class r on r.oid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass
            where c.table_schema in ('public', 'kota') and not r.relispartition
                and coalesce(col_description(r.oid, c.ordinal_position), '') not like '% / %'
            union all
            select r.relname from pg_class r join pg_namespace n on n.oid = r.relnamespace
            where n.nspname in ('public', 'kota') and r.relkind in ('r', 'v', 'p') and not r.relispartition
                and coalesce(obj_description(r.oid, 'pg_class'), '') not like '% / %'
            """
        )
        #expect(bare.map { bare[$0, 0] ?? "" } == [])
    }

    @Test func `runs its views with the rights of their reader`() throws {
        let city = try CityDatabase()
        let others = try city.owner.query(
            """
            select relname from pg_class r join pg_namespace n on n.oid = r.relnamespace
            where n.nspname = 'kota' and r.relkind = 'v'
                and not coalesce(r.reloptions @> '{security_invoker=true}', false)
            """
        )
        #expect(others.count == 0)
    }

    /// The rows of the schema before are there after each migration.
    @Test func `goes forward step by step with rows in it`() throws {
        let server = try PostgresProcess()
        let database = try Postgres(url: server.url(), password: nil, program: "test")
        #expect(try Migrations.run(on: database, upTo: 1) == [1])
        try database.run(CityRows.gateways + CityRows.readings)
        for version in 2...Migrations.newest {
            #expect(try Migrations.run(on: database, upTo: version) == [version])
            #expect(try database.value("select count(*) from reading") == "1080")
        }
        #expect(try Migrations.run(on: database) == [])
        #expect(try database.value("select count(*) from kota.bacaan") == "3240")
    }

    @Test func `of a newer release is refused`() throws {
        let city = try CityDatabase()
        try city.owner.run("insert into schema_version (version) values (\(Migrations.newest + 1))")
        let failure = #expect(throws: StoreError.self) { try Migrations.run(on: city.owner) }
        #expect(failure?.kind == .newer)
    }

    @Test func `keeps the ledger, the rights and the rows in a dump that is restored`() throws {
        let city = try CityDatabase(CityRows.gateways, CityRows.readings, CityRows.figures)
        let file = city.server.folder + "/kediri.dump"
        let dumped = try city.server.run("pg_dump", ["-Fc", "-f", file, city.server.url(as: "postgres")])
        #expect(dumped.status == 0, "\(dumped.lines)")
        try city.server.administrate("create database copy owner collect")
        let url = city.server.url(as: "postgres", database: "copy")
        let restored = try city.server.run("pg_restore", ["--exit-on-error", "-d", url, file])
        #expect(restored.status == 0, "\(restored.lines)")
        let copy = try Postgres(url: city.server.url(database: "copy"), password: nil, program: "test")
        for table in ["ledger", "epoch", "reading", "event", "figure", "state", "day", "opd_role"] {
            let count = "select count(*), coalesce(sum(hashtext(t::text)::bigint), 0) from \(table) t"
            let (before, after) = (try city.owner.query(count), try copy.query(count))
            #expect(before[0, 0] == after[0, 0] && before[0, 1] == after[0, 1], "\(table)")
        }
        #expect(try Migrations.run(on: copy) == [])
        let opd = try Postgres(
            url: city.server.url(as: "opd_dlhkp", database: "copy"),
            password: nil,
            program: "test"
        )
        #expect(try opd.value("select count(*) from reading") == "540")
    }
}
