public import Domain

/// What counts as a deposit on this scale, in the unit of its net weight; the catalogue's value applies where one is
/// nil.
public struct Weighing: Sendable, Hashable {
    public var minimum: DecimalNumber?
    /// The weight that stands on the pan and is no deposit.
    public var tare: DecimalNumber?
    /// How long a weight must have been still.
    public var stable: Duration?

    public init(minimum: DecimalNumber? = nil, tare: DecimalNumber? = nil, stable: Duration? = nil) {
        self.minimum = minimum
        self.tare = tare
        self.stable = stable
    }
}
