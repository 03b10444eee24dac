public import Domain

/// What one bus has done in one step.
public struct BusStep: Equatable, Sendable {
    /// The share of the step in which the line was in use, 0 to 1; not a number where nothing is asked.
    public var load = Double.nan
    public var requests: UInt32 = 0
    public var timeouts: UInt32 = 0
    public var crcErrors: UInt32 = 0
    public var exceptions: UInt32 = 0
    public var otherErrors: UInt32 = 0
    public var missed: UInt32 = 0
    /// The time from request to reply in milliseconds, as the bound of its class: half of them, and 99 of 100, took at
    /// most this. Not a number where none came.
    public var median = Double.nan
    public var slowest = Double.nan

    public init() {}

    init(_ count: BusCount, in time: Duration) {
        requests = UInt32(clamping: count.requests)
        timeouts = UInt32(clamping: count.timeouts)
        crcErrors = UInt32(clamping: count.crcErrors)
        exceptions = UInt32(clamping: count.exceptions)
        otherErrors = UInt32(clamping: count.otherErrors)
        missed = UInt32(clamping: count.missed)
        if let busy = count.busy, time > .zero { load = (min(1, max(0, busy / time)) * 10_000).rounded() / 10_000 }
        if let bound = count.latency.bound(ofShare: 0.5) { median = Double(bound) / 1e6 }
        if let bound = count.latency.bound(ofShare: 0.99) { slowest = Double(bound) / 1e6 }
    }
}

/// What one bus has done in the last day, step by step. It takes differences of counts, and looks at none in between.
public struct BusChart: Sendable {
    private var steps = [BusStep](repeating: BusStep(), count: ChartSpan.day.wholeSteps)
    /// The number of the step that lies in each slot; the slots of skipped steps keep an older number.
    private var slots = [Int64](repeating: -1, count: ChartSpan.day.wholeSteps)
    private var open: (step: Int64, began: Uptime)
    /// The counts at the beginning of the open step, and those of an earlier source in it.
    private var before = BusCount()
    private var carried = BusCount()
    private var last = BusCount()

    /// - Parameter now: when its source began, with no counts.
    public init(now: Uptime) { open = (ChartSpan.day.step(at: now), now) }

    /// Takes the counts of this moment, at least once a step.
    ///
    /// - Parameter isNew: whether the bus has another source than last time, which counts from zero.
    public mutating func note(_ count: BusCount, now: Uptime, isNew: Bool = false) {
        if isNew {
            carried = carried + (last - before)
            before = BusCount()
        }
        last = count
        let step = ChartSpan.day.step(at: now)
        guard step > open.step else { return }
        let slot = ChartSpan.day.slot(of: open.step)
        steps[slot] = opened(until: now)
        slots[slot] = open.step
        open = (step, now)
        before = count
        carried = BusCount()
    }

    /// What can be seen at a moment: the whole steps, then the open one.
    public func lines(now: Uptime) -> [BusStep] {
        ChartSpan.day.visible(at: now).map { number in
            if number == open.step { return opened(until: now) }
            guard number >= 0 else { return BusStep() }
            let slot = ChartSpan.day.slot(of: number)
            return slots[slot] == number ? steps[slot] : BusStep()
        }
    }

    private func opened(until now: Uptime) -> BusStep { BusStep(carried + (last - before), in: now - open.began) }
}
