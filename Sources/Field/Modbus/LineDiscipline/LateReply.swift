public import Domain

/// A reply that came when its request had been given up. It becomes no value, but shows that the device is slow.
public struct LateReply: Hashable, Sendable {
    public var unit: UnitID
    /// How long after the request it came; nil where only its coming is known.
    public var after: Duration?

    package init(unit: UnitID, after: Duration?) {
        self.unit = unit
        self.after = after
    }
}
