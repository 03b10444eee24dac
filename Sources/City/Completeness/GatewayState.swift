public import Contract
public import Domain

/// What the newest status of a gateway says.
public struct GatewayState: Hashable, Sendable {
    /// When the status came.
    public var at: Instant
    public var isOnline: Bool
    /// The running epoch's name.
    public var epoch: String
    /// The greatest number that the running epoch has given; nil where the gateway's release does not say it.
    public var lastSeq: Int64?
    /// Entries of all epochs that the gateway still owes; nil where it names no such destination.
    public var pending: Int64?
    public var oldestPending: Instant?
    /// The numbers that it owes, by epoch; nil where it does not name them all.
    public var owed: [String: SeqRanges]?

    public init(
        at: Instant,
        isOnline: Bool,
        epoch: String,
        lastSeq: Int64?,
        pending: Int64?,
        oldestPending: Instant?,
        owed: [String: SeqRanges]? = nil
    ) {
        self.at = at
        self.isOnline = isOnline
        self.epoch = epoch
        self.lastSeq = lastSeq
        self.pending = pending
        self.oldestPending = oldestPending
        self.owed = owed
    }

    /// Whether the gateway owes entries from before that moment.
    func owes(before moment: Instant) -> Bool {
        guard let pending, pending > 0 else { return false }
        return oldestPending.map { $0 < moment } ?? true
    }

    /// Whether nothing more of before that moment will come by itself: the status is younger and names the last number,
    /// and what the gateway still owes is younger too.
    func settles(_ moment: Instant) -> Bool {
        at >= moment && lastSeq != nil && pending != nil && !owes(before: moment)
    }
}
