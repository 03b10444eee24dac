import Domain

/// The open figures of a destination that gets them less often than they change: the newest of each goes, all together.
struct OpenPace: Sendable {
    /// By topic.
    private var waiting: [String: [UInt8]] = [:]
    private var sentAt: Uptime?

    /// Rounds come a little early or late; a turn must not slip by a whole minute for it.
    private static let slack = Duration.seconds(30)

    /// Takes what has changed.
    ///
    /// - Parameter pause: the time between two turns.
    /// - Returns: what goes now, in the order of the topics; nothing between two turns.
    mutating func take(
        _ figures: [(topic: String, payload: [UInt8])],
        every pause: Duration,
        now: Uptime
    ) -> [(topic: String, payload: [UInt8])] {
        for figure in figures { waiting[figure.topic] = figure.payload }
        if let sentAt, now - sentAt < pause - Self.slack { return [] }
        guard !waiting.isEmpty else { return [] }
        defer { waiting = [:] }
        sentAt = now
        return waiting.sorted { $0.key < $1.key }.map { (topic: $0.key, payload: $0.value) }
    }
}
