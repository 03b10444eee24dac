public import Domain
import Synchronization

/// The values of one device's points, step by step, for the last ten minutes and the last day.
///
/// Its memory is taken with the first reading and does not grow. The thread that reads the device writes here. The
/// lock is held for moments: whoever looks copies, and rounds afterwards.
public final class DeviceChart: Sendable {
    /// One point as people are shown it.
    public struct Line: Sendable {
        public let point: String
        public let unit: Unit?
        /// From the first visible step to the open one.
        public let steps: [ValueStep]
    }

    private let state: Mutex<ChartState>

    /// - Parameter points: the names of the points to keep.
    public init(keeping points: Set<String>) { state = Mutex(ChartState(keeping: points)) }

    /// Keeps these points from now on. Those that stay lose nothing.
    public func keep(_ points: Set<String>) { state.withLock { $0.keep(points) } }

    public func note(_ reading: Reading) { state.withLock { $0.note(reading) } }

    /// What can be seen at a moment; nothing before the first reading.
    ///
    /// - Parameter points: the wanted ones; nil for all.
    public func lines(of points: Set<String>? = nil, _ span: ChartSpan, now: Uptime) -> [Line] {
        let found = state.withLock { $0.lines(of: points, span, now: now) }
        // Rounding takes longer than copying, so it is done outside of the lock.
        return found.map { line in
            Line(
                point: line.digits.face.name,
                unit: line.digits.unit,
                steps: line.isShown ? line.steps : line.steps.map { line.digits.shown($0) }
            )
        }
    }

    /// What each point takes, in bytes.
    public static let bytesPerPoint =
        (ChartSpan.day.wholeSteps + ChartSpan.recent.wholeSteps) * MemoryLayout<ValueStep>.stride
        + 2 * MemoryLayout<ValueTally>.stride
}
