extension Postgres {
    /// Takes the upkeep of the database, until this connection ends.
    ///
    /// - Returns: false where another process has it.
    public func takeUpkeep() throws(StoreError) -> Bool {
        try query("select pg_try_advisory_lock($1)", ["\(AdvisoryLock.upkeep)"]).truth(0, 0) ?? false
    }
}

/// What several processes do one after the other.
enum AdvisoryLock {
    static let migration: Int64 = 0x6761_7465_0001
    static let partitions: Int64 = 0x6761_7465_0002
    static let upkeep: Int64 = 0x6761_7465_0003
}
