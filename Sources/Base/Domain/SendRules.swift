/// The rules by which readings of a device go out, where not each does: report by exception.
public struct SendRules: Hashable, Sendable {
    /// One for each point of the shape; nil where the value must be equal.
    public var deadbands: [Deadband?]
    /// The longest time between two rows.
    public var atLeastEvery: Duration

    public init(deadbands: [Deadband?], atLeastEvery: Duration) {
        self.deadbands = deadbands
        self.atLeastEvery = atLeastEvery
    }
}
