public import Contract
import Synchronization

/// Looks into a journal's file beside the daemon that writes it, or without one: what was saved and the entries that
/// were committed, all as they were when it was opened.
public final class JournalReader: Sendable {
    private let file: JournalFile

    /// - Parameter directory: the configuration's `storage.path`.
    /// - Throws: `.storage` and the like when there is no journal, or this user may not read it.
    public init(directory: String) throws(JournalError) {
        file = try JournalFile(reading: JournalFolder(directory: directory).database)
    }

    /// Whether some gateway runs with the journal of that folder.
    public static func isHeld(directory: String) -> Bool { DirectoryLock.isHeld(directory) }

    /// The value saved under the key; nil for nothing.
    public func load(_ key: String) throws(JournalError) -> [UInt8]? { try file.load(key) }

    /// The saved keys that begin with these words, in order.
    public func savedKeys(beginning prefix: String) throws(JournalError) -> [String] {
        try file.keys(beginning: prefix)
    }

    /// Committed entries after a row, oldest first; damaged ones are left out.
    ///
    /// - Throws: also when the journal is of a program that wrote its entries in another form.
    public func entries(after row: Int64, limit: Int) throws(JournalError) -> [JournalEntry] {
        try learnOrigins()
        return try file.entries(after: row, limit: limit)
    }

    /// The last reading up to that row which the journal still holds; nil for none.
    public func lastReading(through row: Int64) throws(JournalError) -> JournalEntry? {
        try learnOrigins()
        guard let found = try file.lastReading(through: row) else { return nil }
        var rows = RowRanges()
        try file.add(found, to: &rows)
        return try file.read(rows).entries.first
    }

    /// The file is seen as it was at one moment, so that its origins are learned once.
    private func learnOrigins() throws(JournalError) {
        if file.epochs.withLock({ $0.isEmpty }) { try file.learnOrigins() }
    }
}
