import CPostgres
public import Domain

/// What a statement returned. Values are text, as psql shows them.
public final class PostgresRows {
    private let result: OpaquePointer?
    public let count: Int

    init(_ result: OpaquePointer?) {
        self.result = result
        count = Int(PQntuples(result))
    }

    deinit { PQclear(result) }

    /// Returns a value; nil for null.
    public subscript(row: Int, column: Int) -> String? {
        let (row, column) = (Int32(clamping: row), Int32(clamping: column))
        guard PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) else { return nil }
        return String(cString: text)
    }

    public func integer(_ row: Int, _ column: Int) -> Int64? { self[row, column].flatMap { Int64($0) } }

    public func truth(_ row: Int, _ column: Int) -> Bool? { self[row, column].map { $0 == "t" } }

    /// Returns a time, which the database writes as `2026-11-29 08:38:41.664+07`.
    public func instant(_ row: Int, _ column: Int) -> Instant? {
        guard let text = self[row, column] else { return nil }
        let offset = text.utf8.suffix(3).first
        let isShort = offset == UInt8(ascii: "+") || offset == UInt8(ascii: "-")
        return Instant(iso8601: isShort ? text + "00" : text)
    }

    /// The names of the columns.
    public var columns: [String] {
        (0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
    }

    /// The rows that the statement changed.
    public var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// Calls with each row's number.
    public func map<Value, Failure: Error>(_ read: (Int) throws(Failure) -> Value) throws(Failure) -> [Value] {
        var found: [Value] = []
        found.reserveCapacity(count)
        for row in 0..<count { found.append(try read(row)) }
        return found
    }
}
