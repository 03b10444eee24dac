import GRDB

/// Looks into a journal's file beside the daemon that writes it: what it saved last, and the entries it has committed.
public final class JournalReader: Sendable {
    private let file: JournalFile

    /// - Parameter directory: the configuration's `storage.path`.
    /// - Throws: `.storage` and the like when there is no journal, or this user may not read it.
    public init(directory: String) throws(JournalError) {
        file = try JournalFile(reading: JournalFolder(directory: directory).database)
    }

    /// The value saved under the key; nil for nothing.
    public func load(_ key: String) throws(JournalError) -> [UInt8]? { try file.load(key) }

    /// The saved keys that begin with these words, in order.
    public func savedKeys(beginning prefix: String) throws(JournalError) -> [String] {
        try file.keys(beginning: prefix)
    }
}
