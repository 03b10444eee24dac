public import Domain
public import Logging
import Synchronization

/// Passes log lines on, but those of one kind at most once a minute: the first at once, then a line that says how many
/// came since.
///
/// Log lines are of one kind when they have the same words and concern the same destination, bus or device. A peer that
/// can make the gateway log can do so without end; a number describes that as well.
public struct CountedLog: LogHandler {
    private var inner: any LogHandler
    private let counts: LineCounts

    public init(_ inner: any LogHandler, _ counts: LineCounts) {
        self.inner = inner
        self.counts = counts
    }

    public var logLevel: Logger.Level {
        get { inner.logLevel }
        set { inner.logLevel = newValue }
    }

    public var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = newValue }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue }
    }

    public func log(event: LogEvent) {
        for event in counts.passing(event) { inner.log(event: event) }
    }

    /// Logs what was counted and is due; call it about once a second.
    public func logDue() {
        for event in counts.due() { inner.log(event: event) }
    }
}

/// Counts how many log lines of each kind came within their minute.
public final class LineCounts: Sendable {
    private struct Kind: Hashable {
        var words: String
        var subject: String
    }

    private struct Count {
        /// When the last line of the kind was logged.
        var logged: Stamp
        /// The last log line that was only counted.
        var last: LogEvent?
        var counted = 0
    }

    private static let span = Duration.seconds(60)
    private let time: any TimeSource
    private let counts: Mutex<[Kind: Count]> = Mutex([:])

    public init(time: any TimeSource) { self.time = time }

    /// - Returns: the log line itself if it is the first of its kind for a minute, after the count of those before it.
    func passing(_ event: LogEvent) -> [LogEvent] {
        let now = time.stamp()
        let kind = Kind(words: event.message.description, subject: Self.subject(event))
        return counts.withLock { counts in
            guard var count = counts[kind] else {
                counts[kind] = Count(logged: now)
                return [event]
            }
            count.last = event
            count.counted += 1
            let due = now.uptime - count.logged.uptime >= Self.span
            counts[kind] = due ? Count(logged: now) : count
            return due ? Self.told(count).map { [$0] } ?? [] : []
        }
    }

    /// Returns what was counted, for each kind whose minute is over. A kind that stayed silent for a minute is
    /// forgotten.
    func due() -> [LogEvent] {
        let now = time.stamp()
        return counts.withLock { counts in
            var events: [LogEvent] = []
            for (kind, count) in counts where now.uptime - count.logged.uptime >= Self.span {
                if let event = Self.told(count) { events.append(event) }
                counts[kind] = count.counted > 0 ? Count(logged: now) : nil
            }
            return events
        }
    }

    private static func told(_ count: Count) -> LogEvent? {
        guard var event = count.last else { return nil }
        guard count.counted > 1 else { return event }
        event.metadata = (event.metadata ?? [:]).merging([
            "times": "\(count.counted)", "since": "\(count.logged.time)",
        ]) { $1 }
        return event
    }

    private static func subject(_ event: LogEvent) -> String {
        ["destination", "bus", "device", "incident"].compactMap { event.metadata?[$0]?.description }
            .map { String($0.prefix { $0 != "(" }) }.joined(separator: " ")
    }
}
