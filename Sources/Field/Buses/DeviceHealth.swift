public import Domain

/// Decides when a device is down and when it is up again. Pure: whoever reads the device says what came of it.
public struct DeviceHealth: Sendable, Hashable {
    /// What is told once, when it begins.
    public enum Change: Sendable, Hashable {
        /// - Parameter detail: what happened, in words; nil where the reason says it all.
        case down(Reason, detail: String?)
        case up
    }

    /// How many failures in a row make a device down.
    private let patience: Int
    public private(set) var isDown: Bool

    /// - Parameters:
    ///   - isDown: what was told of the device last.
    ///   - patience: 2 for a device that is asked, since one lost reply is noise and two in a row are news. 1 for a
    ///     device that reports by itself, which is overdue after more than two intervals only.
    public init(isDown: Bool, patience: Int) {
        self.isDown = isDown
        self.patience = patience
    }

    /// The device brought nothing, for so many times in a row.
    ///
    /// - Parameter detail: made only where there is a change.
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
