public import Domain

/// How far back values are kept, and in which steps. Steps lie on the clock that never steps, counted from the boot, so
/// a correction of the wall clock moves no value from one step to another.
public struct ChartSpan: Hashable, Sendable {
    /// Ten minutes in steps of 15 s.
    public static let recent = ChartSpan(stepSeconds: 15, wholeSteps: 40)
    /// 24 hours in steps of 5 minutes.
    public static let day = ChartSpan(stepSeconds: 300, wholeSteps: 288)

    public let stepSeconds: Int
    /// How many steps that are over are kept; the one that is not over comes after them.
    public let wholeSteps: Int

    /// How many steps there are to see: the whole ones and the open one.
    public var steps: Int { wholeSteps + 1 }

    private var nanoseconds: Int64 { Int64(stepSeconds) * 1_000_000_000 }

    /// The number of the step in which a moment lies.
    public func step(at moment: Uptime) -> Int64 { moment.nanoseconds / nanoseconds }

    /// When a step began; before the boot where its number is negative.
    public func beginning(of step: Int64) -> Uptime { Uptime(nanoseconds: step * nanoseconds) }

    /// The steps that can be seen at a moment: the whole ones, then the open one.
    public func visible(at moment: Uptime) -> ClosedRange<Int64> {
        let open = step(at: moment)
        return open - Int64(wholeSteps)...open
    }

    /// The place of a step among the whole ones that are kept.
    func slot(of step: Int64) -> Int { Int(step % Int64(wholeSteps)) }

    /// The step of the day in which one of the recent ones lies.
    static func dayStep(of recent: Int64) -> Int64 { recent / Int64(day.stepSeconds / ChartSpan.recent.stepSeconds) }
}
