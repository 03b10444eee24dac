/// One point in one step.
public struct ValueStep: Equatable, Sendable {
    /// They are those of good and uncertain values; not a number where there was none.
    public var least = Double.nan
    public var mean = Double.nan
    public var greatest = Double.nan
    /// How many readings spoke of the point, and how many of those were not good.
    public var readings: UInt32 = 0
    public var unsure: UInt32 = 0

    public init() {}

    public var hasValue: Bool { !mean.isNaN }
}
