package import Domain
import Platform

/// An answer that many readers share: it is asked for once while it is fresh, however many ask at the same time, and
/// not at all while nobody asks.
package actor Shared<Key: Hashable & Sendable, Value: Sendable> {
    private struct Entry {
        var made: Uptime
        var task: Task<Value, any Error>
    }

    private let freshness: Duration
    private let most: Int
    private let time: any TimeSource
    private let ask: @Sendable (Key) async throws -> Value
    private var entries: [Key: Entry] = [:]

    /// - Parameters:
    ///   - freshness: how long an answer is given again.
    ///   - most: how many answers are kept.
    package init(
        for freshness: Duration,
        most: Int = 1,
        time: any TimeSource,
        ask: @escaping @Sendable (Key) async throws -> Value
    ) {
        self.freshness = freshness
        self.most = most
        self.time = time
        self.ask = ask
    }

    package func answer(to key: Key) async throws -> Value {
        let now = time.uptime()
        entries = entries.filter { now - $0.value.made < freshness }
        if let entry = entries[key] { return try await entry.task.value }
        if entries.count >= most, let oldest = entries.min(by: { $0.value.made < $1.value.made }) {
            entries[oldest.key] = nil
        }
        let task = Task { [ask] in try await ask(key) }
        entries[key] = Entry(made: now, task: task)
        do {
            return try await task.value
        } catch {
            // A failure is not kept: the next reader asks anew.
            entries[key] = nil
            throw error
        }
    }
}
