import CPostgres

/// One connection to PostgreSQL, through libpq.
///
/// Confined to one thread at a time. Every call blocks until the database has answered. After an error of the kind
/// `unreachable` the connection is of no more use.
public final class Postgres {
    private let connection: OpaquePointer

    /// Connects.
    ///
    /// - Parameters:
    ///   - url: as libpq takes it: `postgresql://user@/city?host=/run/postgresql`, or `host=... dbname=...`. Several
    ///     hosts and `target_session_attrs` are libpq's.
    ///   - password: replaces what the URL, `PGPASSWORD` or `.pgpass` say.
    ///   - program: the name that `pg_stat_activity` shows.
    public init(url: String, password: String?, program: String) throws(StoreError) {
        var settings: [(name: String, value: String)] = [("dbname", url)]
        if let password { settings.append(("password", password)) }
        settings += [
            ("fallback_application_name", program), ("client_encoding", "UTF8"), ("connect_timeout", "10"),
            // A peer that is gone without a word is noticed within half a minute.
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
        ]
        guard let made = Self.withPointers(settings, { PQconnectdbParams($0, $1, 1) }) else {
            throw StoreError(.unreachable, detail: "no memory for a connection")
        }
        guard PQstatus(made) == CONNECTION_OK else {
            let words = Self.line(PQerrorMessage(made))
            // There is no object yet whose deinit would do it.
            PQfinish(made)
            throw StoreError(.unreachable, detail: words)
        }
        connection = made
        // Notices ("relation exists, skipping") are for people at a terminal.
        PQsetNoticeProcessor(made, { _, _ in }, nil)
    }

    deinit { PQfinish(connection) }

    /// Calls with libpq's two arrays of C strings, each ended by null.
    private static func withPointers(
        _ settings: [(name: String, value: String)],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> OpaquePointer?
    ) -> OpaquePointer? {
        withCStrings(settings.map(\.name)) { names in
            withCStrings(settings.map(\.value)) { values in body(names, values) }
        }
    }

    /// Runs statements without parameters, separated by semicolons.
    public func run(_ sql: String) throws(StoreError) {
        _ = try checked(PQexec(connection, sql))
    }

    /// Runs one statement.
    ///
    /// - Parameter values: `$1`, `$2`, ... as text, as psql would show them; nil is null.
    @discardableResult
    public func query(_ sql: String, _ values: [String?] = []) throws(StoreError) -> PostgresRows {
        let result = withOptionalCStrings(values) { pointers in
            PQexecParams(connection, sql, Int32(values.count), nil, pointers, nil, nil, 0)
        }
        return try checked(result)
    }

    /// Writes rows by COPY in its text form.
    ///
    /// - Parameters:
    ///   - target: a table and its columns: `reading (seq, time)`.
    ///   - rows: calls its argument with pieces of whole or torn lines.
    public func copy(
        into target: String,
        _ rows: ((UnsafeRawBufferPointer) -> Bool) -> Void
    ) throws(StoreError) {
        let begun = PQexec(connection, "copy \(target) from stdin")
        defer { PQclear(begun) }
        guard PQresultStatus(begun) == PGRES_COPY_IN else { throw failure(begun) }
        var isBroken = false
        rows { bytes in
            guard !isBroken, let start = bytes.baseAddress else { return !isBroken }
            let text = start.assumingMemoryBound(to: CChar.self)
            isBroken = PQputCopyData(connection, text, Int32(clamping: bytes.count)) != 1
            return !isBroken
        }
        if !isBroken { isBroken = PQputCopyEnd(connection, nil) != 1 }
        // The outcome comes now, and after it a null that ends the statement.
        var failed: StoreError?
        while let result = PQgetResult(connection) {
            if PQresultStatus(result) != PGRES_COMMAND_OK, failed == nil { failed = failure(result) }
            PQclear(result)
            if PQstatus(connection) != CONNECTION_OK { break }
        }
        if let failed { throw failed }
        if isBroken { throw StoreError(.unreachable, detail: Self.line(PQerrorMessage(connection))) }
    }

    /// Runs the body in a transaction, which a failure rolls back.
    ///
    /// A failure of the kind `unreachable` leaves open whether the transaction was committed.
    public func transaction<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try run("begin")
        let result: Result
        do throws(StoreError) {
            result = try body()
        } catch {
            // A connection that is gone has no transaction any more.
            if error.kind != .unreachable { try run("rollback") }
            throw error
        }
        try run("commit")
        return result
    }

    private func checked(_ result: OpaquePointer?) throws(StoreError) -> PostgresRows {
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            defer { PQclear(result) }
            throw failure(result)
        }
        return PostgresRows(result)
    }

    private func failure(_ result: OpaquePointer?) -> StoreError {
        let detail = Self.line(PQerrorMessage(connection))
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
        // Class 57: the server ends, or an operator ended the statement or the connection.
        if PQstatus(connection) != CONNECTION_OK || state.hasPrefix("57P") || state.isEmpty {
            return StoreError(.unreachable, state: state, detail: detail)
        }
        let isOfValues = state.hasPrefix("22") || state.hasPrefix("23")
        return StoreError(isOfValues ? .values : .refused, state: state, detail: detail)
    }

    private static func line(_ words: UnsafePointer<CChar>?) -> String {
        let text = words.map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}

private func withCStrings<Result>(
    _ texts: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    withOptionalCStrings(texts) { body($0) }
}

/// Calls with the texts as C strings, and a null behind the last.
private func withOptionalCStrings<Result>(
    _ texts: [String?],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    var bytes: [CChar] = []
    let starts = texts.map { text -> Int? in
        guard let text else { return nil }
        defer {
            // A text cannot carry a null to C: it would end there, and the database has no such text either.
            bytes += text.utf8.lazy.map { CChar(bitPattern: $0 == 0 ? UInt8(ascii: "?") : $0) }
            bytes.append(0)
        }
        return bytes.count
    }
    return bytes.withUnsafeBufferPointer { buffer in
        let pointers = starts.map { start in start.flatMap { start in buffer.baseAddress.map { $0 + start } } } + [nil]
        return pointers.withUnsafeBufferPointer { pointers in
            body(pointers.baseAddress!)  // it has the null at least
        }
    }
}
