import Store
import TestSupport

/// A PostgreSQL with the tables of a city, and two roles that read it.
final class CityDatabase {
    let server: PostgresProcess
    let owner: Postgres

    init(_ rows: String...) throws {
        server = try PostgresProcess()
        owner = try Postgres(url: server.url(), password: nil, program: "test")
        try Migrations.run(on: owner)
        for sql in rows { try owner.run(sql) }
        for role in ["sie", "opd_dlhkp", "stranger"] { try server.administrate("create role \(role) login") }
        try owner.run("call kota.beri_akses('sie', null)")
        try owner.run("call kota.beri_akses('opd_dlhkp', 'DLHKP')")
    }

    func connection(as user: String) throws -> Postgres {
        try Postgres(url: server.url(as: user), password: nil, program: "test")
    }
}

extension Postgres {
    /// The first value of a question.
    func value(_ sql: String) throws -> String? { try query(sql)[0, 0] }
}
