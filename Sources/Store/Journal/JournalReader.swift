public import Contract
import Synchronization

/// Reads a journal's file beside the daemon that writes it, or without one: saved values and committed entries, as they
/// were when the file was opened.
public final class JournalReader: Sendable {
    private let file: JournalFile

    /// - Parameter directory: the configuration's `storage.path`.
    /// - Throws: `.storage` and similar when there is no journal, or this user may not read it.
    public init(directory: String) throws(JournalError) {
        file = try JournalFile(reading: JournalFolder(directory: directory).database)
    }

    /// Whether a gateway runs with the journal of that folder.
    public static func isHeld(directory: String) -> Bool { DirectoryLock.isHeld(directory) }

    /// Returns the value saved under the key; nil for none.
    public func load(_ key: String) throws(JournalError) -> [UInt8]? { try file.load(key) }

    /// Returns the saved keys with this prefix, in order.
    public func savedKeys(beginning prefix: String) throws(JournalError) -> [String] {
        try file.keys(beginning: prefix)
    }

    /// Returns committed entries after a row, oldest first; damaged ones are left out.
    ///
    /// - Throws: also when a program wrote the journal's entries in another form.
    public func entries(after row: Int64, limit: Int) throws(JournalError) -> [JournalEntry] {
        try learnOrigins()
        return try file.entries(after: row, limit: limit)
    }

    /// Returns the last reading up to that row which the journal still holds; nil for none.
    public func lastReading(through row: Int64) throws(JournalError) -> JournalEntry? {
        try learnOrigins()
        guard let found = try file.lastReading(through: row) else { return nil }
        var rows = RowRanges()
        try file.add(found, to: &rows)
        return try file.read(rows).entries.first
    }

    /// The file is seen as it was at one moment, so its origins are learned once.
    private func learnOrigins() throws(JournalError) {
        if file.epochs.withLock({ $0.isEmpty }) { try file.learnOrigins() }
    }
}
