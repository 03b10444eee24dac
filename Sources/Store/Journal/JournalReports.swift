/// The epoch before this one, for the `start` event, so that a lost tail is visible.
public struct PreviousEpoch: Sendable, Hashable {
    public var epoch: String
    /// The last `seq` on disk; 0 for none.
    public var committedThrough: UInt64
    /// Whether it was closed in order.
    public var clean: Bool
}

/// Entries that a destination will never get.
public struct JournalLoss: Sendable, Hashable {
    /// Why the journal gave them up.
    public enum Reason: String, Sendable {
        /// The journal reached its limit.
        case limit
        /// The disk accepted nothing, and the most entries that may wait in memory were waiting.
        case stalled = "storage_stalled"
        /// They are no longer as they were written: bits have flipped on the disk.
        case damaged
        /// The destination had acknowledged them and asks for them again, and the journal has made room of them since.
        case notKept = "not_kept"
    }

    public var reason: Reason
    public var epoch: String
    /// The first and the last lost entry; `count` entries between them were lost (the others had been acknowledged).
    public var first: UInt64
    public var last: UInt64
    public var count: Int
    /// The destinations that were owed the entries.
    public var destinations: [String]
    /// The device of the entries; nil for the gateway's own entries, or for several devices.
    public var device: JournalDevice?
}

/// An incident of the journal that an operator must know about.
public enum JournalIncident: Sendable, Hashable {
    /// A damaged file was renamed to `file` and a new journal begun.
    case corruptFileSetAside(file: String, message: String)
    /// The configuration no longer names a destination that was still owed `owed` entries: those of the ranges, and of
    /// more epochs than there may be ranges those of the newest.
    case destinationRemoved(id: String, owed: Int, ranges: [OwedRange])
    case loss(JournalLoss)
    case slowCommit(Duration)
    /// The file accepts nothing (`.diskFull`, `.busy`): entries wait in memory, and the journal tries again every
    /// second.
    case stalled(JournalError)
    /// The file accepts entries again.
    case resumed
}

/// The journal's figures at one moment.
public struct JournalSnapshot: Sendable, Hashable {
    /// Bytes of the database that are in use, without its write-ahead log.
    public var bytes: Int64
    /// In bytes.
    public var limit: Int64
    /// Entries in memory, not yet on disk.
    public var waiting: Int
    /// Entries on disk.
    public var stored: Int
    /// The last row on disk.
    public var committedThrough: Int64
    public var commits: Int
    public var commitTimes: CommitTimes
    public var longestCommit: Duration
    /// Acknowledged entries deleted to make room.
    public var reclaimed: Int
    /// Entries given up although they were still owed.
    public var lost: Int
    /// Entries that a destination refused for good.
    public var setAside: Int
    /// Whether the last commit found the disk full or the file locked.
    public var isStalled: Bool
}
