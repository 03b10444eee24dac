/// Where the journal is, how large it may grow, which destinations it owes its entries, and how it groups commits.
public struct JournalSettings: Sendable {
    /// The folder of `journal.sqlite`; created if its parent exists.
    public var directory: String
    /// The gateway's id: part of every entry's identity, kept with the epoch.
    public var gateway: String
    /// The greatest size of the database in bytes. A twentieth of it (256 KiB at least) is the reserve that holds its
    /// write-ahead log and lets a full journal drain, and some is `ballast`.
    public var limit: Int64
    public var destinations: [JournalDestination]
    /// The age at which an entry that is not yet safe makes a commit due. Default: 1 s.
    public var groupAge: Duration
    /// The number of waiting entries that makes a commit due 200 ms later. Default: 1,000.
    public var groupCount: Int
    /// The bytes appended that make a commit due 200 ms later, so that readings of many points do not fill the memory.
    /// Default: 1 MiB.
    public var groupFill: Int64
    /// The age at which any entry makes a commit due, acknowledged or not. Default: 60 s.
    public var groupHold: Duration
    /// How many entries may wait in memory while the disk accepts none; beyond that, the oldest are lost and reported.
    /// Default: 50,000.
    public var waitingLimit: Int
    /// A commit that takes longer is an incident. Default: 2 s.
    public var slowCommit: Duration

    public init(
        directory: String,
        gateway: String,
        limit: Int64,
        destinations: [JournalDestination],
        groupAge: Duration = .seconds(1),
        groupCount: Int = 1_000,
        groupFill: Int64 = 1 << 20,
        groupHold: Duration = .seconds(60),
        waitingLimit: Int = 50_000,
        slowCommit: Duration = .seconds(2)
    ) {
        self.directory = directory
        self.gateway = gateway
        self.limit = limit
        self.destinations = destinations
        self.groupAge = groupAge
        self.groupCount = groupCount
        self.groupFill = groupFill
        self.groupHold = groupHold
        self.waitingLimit = waitingLimit
        self.slowCommit = slowCommit
    }

    /// What is reserved for an opening on a full disk, in bytes. An epoch takes some 150 KiB of write-ahead log, a
    /// whole new database 500.
    var ballast: Int64 { min(max(limit / 32, 256 << 10), 1 << 20) }

    /// The room for entries: the limit without its reserve and the ballast.
    var room: Int64 { limit - max(limit / 20, 256 << 10) - ballast }

    /// The room for the entries of one transaction: they go into the write-ahead log first, beside what they replace.
    var groupBytes: Int64 { max(room / 4, 64 << 10) }
}

/// A destination that is owed every entry until it acknowledges the entry.
public struct JournalDestination: Sendable, Hashable {
    public var id: String
    /// Whether it is on this same box: then its acknowledgement makes no entry safe.
    public var sameBox: Bool

    public init(id: String, sameBox: Bool = false) {
        self.id = id
        self.sameBox = sameBox
    }
}
