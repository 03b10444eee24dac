public import Contract
import Platform
import Synchronization

/// What is computed from the entries and kept beside them, so that one transaction says how far it has come. These calls block for the
/// disk: not for the cooperative pool, nor for a callback of the journal's.
extension Journal {
    /// The first row of this start's epoch; all rows below are of earlier ones, and on disk if they are anywhere.
    public var firstRow: Int64 { state.withLock { $0.epoch.base + 1 } }

    /// The row that was given last.
    public var lastRow: Int64 { state.withLock { $0.nextRow - 1 } }

    /// Saves values computed from the entries through that row, after those entries; all or none.
    ///
    /// - Returns: false if the disk takes nothing now: nothing is saved, and it can be tried again.
    public func save(_ changes: [(key: String, value: [UInt8])], through row: Int64) -> Bool {
        onFile(flushing: true) { [self] file throws(JournalError) in
            let isCommitted = state.withLock { ($0.waiting.first?.entry.row ?? .max) > row && $0.committing.isEmpty }
            guard isCommitted else { return false }
            try file.save(changes)
            return true
        } ?? false
    }

    /// What was saved under the key; nil for nothing, or where the disk no longer has it as it was.
    public func load(_ key: String) -> [UInt8]? {
        onFile { file throws(JournalError) in try file.load(key) } ?? nil
    }

    /// The saved keys that begin with these words, in order.
    public func savedKeys(beginning prefix: String) -> [String] {
        onFile { file throws(JournalError) in try file.keys(beginning: prefix) } ?? []
    }

    /// Takes saved values away.
    public func forget(_ keys: [String]) {
        _ = onFile { file throws(JournalError) in try file.forget(keys) }
    }

    /// Entries on disk after that row, oldest first; acknowledged or not, as far as they have not made room for newer ones.
    public func entries(after row: Int64, limit: Int) -> [JournalEntry] {
        onFile(flushing: true) { file throws(JournalError) in try file.entries(after: row, limit: limit) } ?? []
    }

    /// Lets the journal's thread do something with the file and waits for it.
    ///
    /// - Returns: nil if it could not be done: the journal has failed, is closed, or its disk is full.
    private func onFile<Result: Sendable>(
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

    /// Where the journal's thread leaves what somebody waits for.
    private final class Answer<Result: Sendable>: Sendable {
        let result = Mutex<Result?>(nil)
        let isThere = WakeFlag()
    }
}
