public import Domain

/// A reading or an event with its identity, encoded once: what is sent under one identity never changes.
public struct JournalEntry: Sendable {
    /// What an entry is, and so under which topic it goes.
    public enum Kind: UInt8, Sendable {
        case reading = 0
        case deviceEvent = 1
        case gatewayEvent = 2
    }

    /// The position over all epochs: rises by one with each entry. It never leaves the process.
    public var row: Int64
    /// As the gateway was called when the entry was made.
    public var gateway: String
    public var epoch: String
    /// From 1, by one within the epoch.
    public var seq: UInt64
    public var kind: Kind
    public var site: String?
    public var device: String?
    public var stamp: Stamp
    /// The JSON members that never change under one identity, without braces; the envelope is written when it is sent.
    public var body: [UInt8]

    public init(
        row: Int64,
        gateway: String,
        epoch: String,
        seq: UInt64,
        kind: Kind,
        site: String?,
        device: String?,
        stamp: Stamp,
        body: [UInt8]
    ) {
        self.row = row
        self.gateway = gateway
        self.epoch = epoch
        self.seq = seq
        self.kind = kind
        self.site = site
        self.device = device
        self.stamp = stamp
        self.body = body
    }
}
