public import Domain

/// Decides when a device is down and when it is up again. Pure: the code that reads the device reports each outcome.
public struct DeviceHealth: Sendable, Hashable {
    /// A change that is reported once, when it begins.
    public enum Change: Sendable, Hashable {
        /// - Parameter detail: what happened, in words; nil where the reason is enough.
        case down(Reason, detail: String?)
        case up
    }

    /// How many failures in a row make a device down.
    private let patience: Int
    public private(set) var isDown: Bool

    /// - Parameters:
    ///   - isDown: whether the device was last reported as down.
    ///   - patience: 2 for a device that is polled, because one lost reply is noise and two in a row are news. 1 for a
    ///     device that reports by itself: it is overdue only after more than two intervals.
    public init(isDown: Bool, patience: Int) {
        self.isDown = isDown
        self.patience = patience
    }

    /// The device brought nothing, for this many polls in a row.
    ///
    /// - Parameter detail: evaluated only when there is a change.
    public mutating func failed(
        inARow failures: Int = 1,
        _ reason: Reason,
        detail: @autoclosure () -> String? = nil
    ) -> Change? {
        guard !isDown, failures >= patience else { return nil }
        isDown = true
        return .down(reason, detail: detail())
    }

    /// The device brought something.
    public mutating func answered() -> Change? {
        guard isDown else { return nil }
        isDown = false
        return .up
    }
}
