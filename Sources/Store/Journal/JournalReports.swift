/// The epoch before this one, as the `start` event tells it, so that a lost tail shows.
public struct PreviousEpoch: Sendable, Hashable {
    public var epoch: String
    /// The last `seq` on disk; 0 for none.
    public var committedThrough: UInt64
    /// Whether it was closed in order.
    public var clean: Bool
}

/// Entries that a destination will never get.
public struct JournalLoss: Sendable, Hashable {
    /// What made the journal give them up.
    public enum Reason: String, Sendable {
        /// The journal reached its limit.
        case limit
        /// The disk took nothing, and as many as may wait in memory did.
        case stalled = "storage_stalled"
        /// They are no longer as they were written: bits have flipped on the disk.
        case damaged
    }

    public var reason: Reason
    public var epoch: String
    /// The first and the last that were lost; between them, `count` were (the others had been acknowledged).
    public var first: UInt64
    public var last: UInt64
    public var count: Int
    /// Whom they were owed.
    public var destinations: [String]
    /// Whose they were; nil for entries of the gateway's own, or of several devices.
    public var device: JournalDevice?
}

/// Something about the journal that an operator must hear of.
public enum JournalIncident: Sendable, Hashable {
    /// A damaged file was renamed to `file` and a new journal begun.
    case corruptFileSetAside(file: String, message: String)
    /// The configuration no longer names a destination that was still owed `owed` entries.
    case destinationRemoved(id: String, owed: Int)
    case loss(JournalLoss)
    case slowCommit(Duration)
    /// The file takes nothing (`.diskFull`, `.busy`): entries wait in memory, and it is tried again every second.
    case stalled(JournalError)
    /// The file takes entries again.
    case resumed
}

/// The journal's figures at one moment.
public struct JournalSnapshot: Sendable, Hashable {
    /// Bytes of the database that are in use, without its write-ahead log.
    public var bytes: Int64
    /// Bytes.
    public var limit: Int64
    /// Entries in memory, not yet on disk.
    public var waiting: Int
    /// Entries on disk.
    public var stored: Int
    /// The last row on disk.
    public var committedThrough: Int64
    public var commits: Int
    public var longestCommit: Duration
    /// Acknowledged entries deleted to make room.
    public var reclaimed: Int
    /// Entries given up although someone was owed them.
    public var lost: Int
    /// Entries that a destination refused for good.
    public var setAside: Int
    /// Whether the last commit found the disk full or the file locked.
    public var isStalled: Bool
}
