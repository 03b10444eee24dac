public import Domain

/// Decides when the status goes out: every 60 s, when the number of answering devices or a connection has changed, and
/// when a session has begun, even if its outage was too short to be seen.
///
/// Asked once a second, it lets the status go out no more often, however often a connection comes and goes.
public struct StatusRhythm: Sendable {
    private static let period = Duration.seconds(60)

    private var last: (answering: Int, connected: [Bool])?
    private var due: Uptime?
    private var hasNewSession = false

    public init() {}

    /// A destination's session has begun. It sends the last status again, which may be a minute old, and its broker may
    /// have lost entries: subscribers need the present numbers to see which.
    public mutating func sessionBegan() { hasNewSession = true }

    /// - Parameters:
    ///   - answering: how many devices answer.
    ///   - connected: for each destination.
    public mutating func isDue(answering: Int, connected: [Bool], now: Uptime) -> Bool {
        let changed = last.map { $0.answering != answering || $0.connected != connected } ?? true
        guard changed || hasNewSession || due.map({ $0 <= now }) ?? true else { return false }
        last = (answering, connected)
        due = now + Self.period
        hasNewSession = false
        return true
    }
}
