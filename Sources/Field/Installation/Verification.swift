/// The city's check of a device: without it, no indicator counts the device's readings.
public struct Verification: Sendable, Hashable {
    public var by: String
    /// `YYYY-MM-DD`.
    public var on: String

    package init(
        by: String,
        on: String
    ) {
        self.by = by
        self.on = on
    }
}
