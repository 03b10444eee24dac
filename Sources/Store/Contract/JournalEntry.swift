public import Domain
public import JSON

/// A reading or an event with its identity, encoded once: what is sent under one identity never changes.
public struct JournalEntry: Sendable {
    /// The kind of an entry, which decides its topic.
    public enum Kind: UInt8, Sendable {
        case reading = 0
        case deviceEvent = 1
        case gatewayEvent = 2
    }

    /// The position over all epochs: increases by one with each entry. It never leaves the process.
    public var row: Int64
    /// The gateway's id when the entry was made.
    public var gateway: String
    public var epoch: String
    /// Starts at 1 and increases by one within the epoch.
    public var seq: UInt64
    public var kind: Kind
    public var site: String?
    public var device: String?
    public var stamp: Stamp
    /// The filling of the form; the body itself where there is no form.
    public var content: [UInt8]
    /// The text that many bodies share.
    public var form: BodyForm?

    public init(
        row: Int64,
        gateway: String,
        epoch: String,
        seq: UInt64,
        kind: Kind,
        site: String?,
        device: String?,
        stamp: Stamp,
        content: [UInt8],
        form: BodyForm? = nil
    ) {
        self.row = row
        self.gateway = gateway
        self.epoch = epoch
        self.seq = seq
        self.kind = kind
        self.site = site
        self.device = device
        self.stamp = stamp
        self.content = content
        self.form = form
    }
}

extension JournalEntry {
    /// The JSON members that never change under one identity, without braces; the envelope is written when it is sent.
    public var body: [UInt8] {
        var text = JSONText(reserving: bodyCount)
        writeBody(to: &text)
        return text.bytes
    }

    /// The maximum length of the body.
    public var bodyCount: Int { content.count + (form?.text.count ?? 0) }

    public func writeBody(to text: inout JSONText) {
        if let form { form.write(filling: content, to: &text) } else { text.raw(content) }
    }
}
