import Store
import TestSupport
import Testing

@Suite(.serialized, .withDatabase) struct `Rights in the city's database` {
    private let city: CityDatabase

    init() throws { city = try #require(DatabaseTrait.lent).city }

    @Test func `show an OPD its own devices, and SIE all`() throws {
        let (sie, opd) = (try city.connection(as: "sie"), try city.connection(as: "opd_dlhkp"))
        #expect(try sie.value("select count(*) from reading") == "1080")
        #expect(try opd.value("select count(*) from reading") == "540")
        #expect(try opd.value("select string_agg(distinct pemilik, ',') from kota.bacaan") == "DLHKP")
        #expect(try opd.value("select count(*) from kota.perangkat") == "6")
        #expect(try opd.value("select count(*) from kota.gerbang") == "6")
        #expect(try opd.value("select count(*) from kota.kelengkapan_harian") == "6")
        #expect(try opd.value("select count(*) from kota.kejadian") == "6")
        #expect(try sie.value("select count(*) from kota.bacaan") == "3240")
    }

    @Test(arguments: [
        "set row_security = off", "set kota.opd = 'Dishub'", "set search_path = pg_temp, public",
        "create temp table opd_role as select 'opd_dlhkp'::text as role, null::text as owner",
        "create temp table device as select 1 as id",
    ])
    func `are not lifted by what a role sets or makes for itself`(_ attempt: String) throws {
        let opd = try city.connection(as: "opd_dlhkp")
        try opd.run(attempt)
        // With row_security off PostgreSQL refuses instead of showing everything.
        let seen = try? opd.value("select count(*) from public.reading")
        #expect(seen == nil || seen == "540")
        let throughView = try? opd.value("select count(*) from kota.perangkat")
        #expect(throughView == nil || throughView == "6")
    }

    @Test(arguments: [
        "set role sie", "set session authorization sie", "delete from reading",
        "insert into opd_role values ('x', null)",
        "update device set meta = '{}'", "select * from reading_default", "call kota.beri_akses('opd_dlhkp', null)",
        "truncate figure", "alter table device disable row level security",
    ])
    func `let an OPD do nothing else`(_ attempt: String) throws {
        let opd = try city.connection(as: "opd_dlhkp")
        #expect(throws: StoreError.self) { try opd.run(attempt) }
    }

    @Test func `show nothing to a role that has none, or has them no more`() throws {
        let stranger = try city.connection(as: "stranger")
        #expect(throws: StoreError.self) { try stranger.value("select count(*) from kota.indikator") }
        #expect(throws: StoreError.self) { try stranger.value("select count(*) from reading") }
        try city.owner.run("call kota.cabut_akses('opd_dlhkp')")
        defer { _ = try? city.owner.run("call kota.beri_akses('opd_dlhkp', 'DLHKP')") }  // the next test fails without
        let opd = try city.connection(as: "opd_dlhkp")
        #expect(throws: StoreError.self) { try opd.value("select count(*) from public.device") }
    }

    @Test func `go to the members of a role`() throws {
        try city.server.administrate("create role siti login in role opd_dlhkp")
        #expect(try city.connection(as: "siti").value("select count(*) from kota.perangkat") == "6")
    }

    @Test func `of a role that the cluster does not have are refused with what to do`() throws {
        let failure = #expect(throws: StoreError.self) { try city.owner.run("call kota.beri_akses('nobody', 'x')") }
        #expect(failure?.detail.contains("create role nobody login") ?? false)
    }
}
