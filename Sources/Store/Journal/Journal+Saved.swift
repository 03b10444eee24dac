public import Contract
import Platform
import Synchronization

/// Values that are computed from the entries and stored beside them, so that one transaction records their progress.
/// These calls block for the disk: never call them from the cooperative pool or from a callback of the journal.
extension Journal {
    /// The first row of this start's epoch; lower rows belong to earlier epochs, and are on disk if they still exist.
    public var firstRow: Int64 { state.withLock { $0.epoch.base + 1 } }

    /// The last row that was given out.
    public var lastRow: Int64 { state.withLock { $0.nextRow - 1 } }

    /// Saves values computed from the entries through that row, after those entries; all or none.
    ///
    /// - Returns: false if the disk accepts nothing now: nothing is saved, and the call can be repeated.
    public func save(_ changes: [(key: String, value: [UInt8])], through row: Int64) -> Bool {
        onFile(flushing: true) { [self] file throws(JournalError) in
            let isCommitted = state.withLock { ($0.waiting.first?.entry.row ?? .max) > row && $0.committing.isEmpty }
            guard isCommitted else { return false }
            try file.save(changes)
            return true
        } ?? false
    }

    /// Returns the value saved under the key; nil for none, or where the disk no longer has it as it was written.
    public func load(_ key: String) -> [UInt8]? {
        onFile { file throws(JournalError) in try file.load(key) } ?? nil
    }

    /// Returns the saved keys with this prefix, in order.
    public func savedKeys(beginning prefix: String) -> [String] {
        onFile { file throws(JournalError) in try file.keys(beginning: prefix) } ?? []
    }

    /// Removes saved values.
    public func forget(_ keys: [String]) {
        _ = onFile { file throws(JournalError) in try file.forget(keys) }
    }

    /// Returns entries on disk after that row, oldest first; acknowledged or not, as far as they have not made room for
    /// newer ones.
    public func entries(after row: Int64, limit: Int) -> [JournalEntry] {
        onFile(flushing: true) { file throws(JournalError) in try file.entries(after: row, limit: limit) } ?? []
    }

    /// Runs work with the file on the journal's thread, and waits for it.
    ///
    /// - Returns: nil if it could not be done: the journal has failed, is closed, or its disk is full.
    func onFile<Result: Sendable>(
        flushing: Bool = false,
        _ body: @escaping @Sendable (JournalFile) throws(JournalError) -> Result
    ) -> Result? {
        let answer = Answer<Result>()
        enqueue(flushing: flushing) { [self] file in
            defer { answer.isThere.raise() }
            guard let file else { return }
            do throws(JournalError) {
                let found = try body(file)
                answer.result.withLock { $0 = found }
            } catch {
                fail(error)
            }
        }
        answer.isThere.wait(until: nil, time: time)
        return answer.result.withLock { $0 }
    }

    /// Where the journal's thread stores a result that another thread waits for.
    private final class Answer<Result: Sendable>: Sendable {
        let result = Mutex<Result?>(nil)
        let isThere = WakeFlag()
    }
}
