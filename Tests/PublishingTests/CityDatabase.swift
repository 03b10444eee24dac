import Store
import TestSupport
import Testing

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

/// One database for all tests of a suite, which ends with it.
struct DatabaseTrait: SuiteTrait, TestScoping {
    /// Its suites are serialized: one test at a time uses it.
    struct Lent: @unchecked Sendable {
        let city: CityDatabase
    }

    @TaskLocal static var lent: Lent?

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let lent = Lent(city: try CityDatabase(CityRows.gateways, CityRows.readings))
        try await Self.$lent.withValue(lent) { try await function() }
    }
}

extension Trait where Self == DatabaseTrait {
    static var withDatabase: Self { Self() }
}
