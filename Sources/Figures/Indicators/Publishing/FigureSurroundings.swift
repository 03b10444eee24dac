public import Contract
public import Domain
public import Forwarding
public import Journal
public import Logging

/// What the figures need from the gateway around them.
public struct FigureSurroundings: Sendable {
    public var journal: Journal
    public var destinations: Destinations
    public var topics: Topics
    /// An IANA name; the process' own zone is the same.
    public var timezone: String
    public var time: any TimeSource
    public var log: Logger
    /// When the jobs that run once a second run next.
    public var nextRound: @Sendable () -> Uptime
    /// Appends an event to the journal and sends it.
    public var append: @Sendable (Event) -> Void
    /// Makes rows of the readings that are held, so that the journal has all that was counted.
    public var letGo: @Sendable () -> Void

    public init(
        journal: Journal,
        destinations: Destinations,
        topics: Topics,
        timezone: String,
        time: any TimeSource,
        log: Logger,
        nextRound: @escaping @Sendable () -> Uptime,
        append: @escaping @Sendable (Event) -> Void,
        letGo: @escaping @Sendable () -> Void
    ) {
        self.journal = journal
        self.destinations = destinations
        self.topics = topics
        self.timezone = timezone
        self.time = time
        self.log = log
        self.nextRound = nextRound
        self.append = append
        self.letGo = letGo
    }
}
