public import Contract
public import Domain

/// The newest figure that a gateway made of a window with one journal.
public struct Part: Hashable, Sendable {
    public var message: FigureMessage
    /// When it came.
    public var at: Instant
    /// The number of the gateway's journal that it was made with, from 1. A new journal knows nothing of what an
    /// earlier one counted, so that both count.
    public var lineage: Int

    /// - Returns: nil for a figure that does not merge, and for one of a device or a site.
    public init?(_ message: FigureMessage, at: Instant, lineage: Int = 1) {
        guard message.parts?.merging != nil, Scope(ofGateway: message.scope) != nil else { return nil }
        self.message = message
        self.at = at
        self.lineage = lineage
    }

    /// - Parameter payload: the message's bytes, which are its stored form too.
    /// - Returns: nil for bytes that are no indicator message, and for one that is no part.
    public init?(payload: [UInt8], at: Instant, lineage: Int = 1) {
        guard let message = FigureMessage(payload: payload) else { return nil }
        self.init(message, at: at, lineage: lineage)
    }

    public var key: PartKey { PartKey(message) }

    /// Whether the gateway knew something: a value, or that it is too early for one.
    var hasData: Bool { message.value != nil || message.doubt?.reason == MergedReason.tooEarly.rawValue }

    /// Whether it counts more than the other of the same journal.
    func follows(_ other: Part) -> Bool {
        let (old, new) = (other.message, message)
        return (new.revision, new.isProvisional ? 0 : 1) > (old.revision, old.isProvisional ? 0 : 1)
    }
}
