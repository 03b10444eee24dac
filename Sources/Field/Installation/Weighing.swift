public import Domain

/// What a deposit on this very scale is, in the unit of its net weight; what is nil is the catalogue's.
public struct Weighing: Sendable, Hashable {
    public var minimum: DecimalNumber?
    /// What stands on the pan and is no deposit.
    public var tare: DecimalNumber?
    /// How long a weight must have stood still.
    public var stable: Duration?

    public init(minimum: DecimalNumber? = nil, tare: DecimalNumber? = nil, stable: Duration? = nil) {
        self.minimum = minimum
        self.tare = tare
        self.stable = stable
    }
}
