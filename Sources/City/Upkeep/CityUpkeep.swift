import Completeness
public import Domain
public import Logging
public import Merging
public import Store

/// What a city's database needs beside the collecting: marks, verdicts, merged figures, and room.
///
/// One process does it at a time: the lock goes with the connection. Confined to one thread.
public final class CityUpkeep {
    private static let verdictsARound = 500

    private let database: Postgres
    private let zone: Zone
    private let retention: Duration
    private let marks: Marks
    private let days: DayBook
    private let merge: MergeRound
    private let log: Logger
    private var hasLock = false
    private var droppedOn: Day?

    /// - Parameter destination: what the gateways call the city's broker.
    public init(
        _ database: Postgres,
        city: String,
        destination: String,
        zone: Zone,
        retention: Duration,
        feeding: Feeding,
        log: Logger
    ) {
        self.database = database
        self.zone = zone
        self.retention = retention
        self.log = log
        marks = Marks(database)
        days = DayBook(database, destination: destination, zone: zone)
        merge = MergeRound(database, city: city, zone: zone, feeding: feeding)
    }

    /// Does what is due; call it every few seconds.
    ///
    /// - Returns: false where another process has the upkeep.
    @discardableResult
    public func run(now: Instant) throws(StoreError) -> Bool {
        if !hasLock { hasLock = try database.takeUpkeep() }
        guard hasLock else { return false }
        try merge.run(now: now)
        try marks.makeDue(now: now)
        try days.judgeDue(now: now, most: Self.verdictsARound)
        let today = zone.day(of: now)
        if droppedOn != today {
            for day in try Retention(database, zone: zone).drop(olderThan: retention, now: now) {
                log.notice("raw rows dropped", metadata: ["day": "\(day)"])
            }
            droppedOn = today
        }
        return true
    }
}
