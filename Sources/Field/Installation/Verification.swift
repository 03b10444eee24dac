/// That the city has checked a device: without it, its readings count in no indicator.
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
