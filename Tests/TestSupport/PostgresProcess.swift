import Foundation
import Glibc

/// A real PostgreSQL with a cluster of its own in a temporary folder. It listens at a socket in that folder only.
///
/// PostgreSQL refuses to run as root: there it runs as the user `postgres`, whom the package makes.
public final class PostgresProcess {
    /// The folder of the socket; removed at the end.
    public let folder: String
    private let settings: [String]
    private var child: ChildProcess?

    /// The owner of the database, who is no superuser.
    public static let owner = "collect"
    public static let database = "kediri"

    private static let programs = "/usr/lib/postgresql/15/bin/"

    /// Makes the cluster and the database, starts it, and waits until it answers.
    ///
    /// - Parameter settings: further settings of the server, such as `max_connections=10`.
    public init(_ settings: [String] = []) throws {
        folder = try temporaryFolder()
        self.settings = settings
        if geteuid() == 0 {
            guard let user = getpwnam("postgres"), chown(folder, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
                throw BrokerFailure(words: "PostgreSQL needs the user postgres: install postgresql-15")
            }
        }
        // What is lost in a power cut of the machine is of no interest to a test.
        let made = try Self.run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"])
        guard made.status == 0 else { throw BrokerFailure(words: made.lines.joined(separator: "\n")) }
        try start()
        for words in ["create role \(Self.owner) login", "create database \(Self.database) owner \(Self.owner)"] {
            try administrate(words)
        }
    }

    deinit {
        kill()
        removeFolder(folder)
    }

    private var data: String { folder + "/data" }

    public func start() throws {
        let places = ["-D", data, "-k", folder, "-c", "listen_addresses="]
        let child = try Self.child("postgres", places + settings.flatMap { ["-c", $0] })
        self.child = child
        guard child.line(with: "ready to accept connections") != nil else {
            throw BrokerFailure(words: "PostgreSQL did not start: " + child.lines.joined(separator: "\n"))
        }
    }

    /// Ends it in order, without waiting for its clients.
    public func stop() { child?.stop(SIGINT) }

    /// Ends it at once: its other processes notice that and end too.
    public func kill() { child?.stop(SIGKILL) }

    /// Where libpq finds a database of it.
    public func url(as user: String = owner, database: String = database) -> String {
        "postgresql://\(user)@/\(database)?host=\(folder)"
    }

    /// Runs statements as the superuser.
    public func administrate(_ sql: String, in database: String = "postgres") throws {
        let place = ["-d", url(as: "postgres", database: database)]
        let (status, lines) = try run("psql", ["-X", "-v", "ON_ERROR_STOP=1"] + place + ["-c", sql])
        guard status == 0 else { throw BrokerFailure(words: lines.joined(separator: "\n")) }
    }

    /// Runs a program of PostgreSQL's, such as `pg_dump`, to its end.
    @discardableResult
    public func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, lines: [String]) {
        try Self.run(program, arguments)
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, lines: [String]) {
        let (path, words) = command(program, arguments)
        return try ChildProcess.run(path, words)
    }

    private static func child(_ program: String, _ arguments: [String]) throws -> ChildProcess {
        let (path, words) = command(program, arguments)
        return try ChildProcess(path, words)
    }

    private static func command(_ program: String, _ arguments: [String]) -> (path: String, arguments: [String]) {
        let path = programs + program
        guard geteuid() == 0 else { return (path, arguments) }
        let user = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        return ("/usr/bin/setpriv", user + [path] + arguments)
    }
}
