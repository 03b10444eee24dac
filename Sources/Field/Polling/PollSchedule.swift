public import Domain

/// Decides which device of a bus is asked when. Every tick of the box stands on one grid, `start` + k x interval, so
/// that polls of different buses wake the machine together. A tick that passes while the bus is busy is skipped and
/// counted, never made up for.
public struct PollSchedule: Sendable {
    public enum Next: Sendable, Hashable {
        /// Ask this device now. `ask` is false while it rests after failures: the tick still gives a reading, but costs
        /// the line nothing. `missed` ticks passed since the last one.
        case device(Int, missed: Int, ask: Bool)
        case wait(until: Uptime)
        /// There is no device.
        case never
    }

    private struct Entry: Sendable {
        var interval: Int64
        /// The tick that was served last; -1 before the first.
        var served: Int64
        var failures = 0
        var restsUntil: Uptime?

        func due(from start: Int64) -> Int64 { start + (served + 1) * interval }
    }

    private var entries: [Entry]
    private let start: Uptime

    /// - Parameters:
    ///   - start: the start of the grid; the same for every bus.
    ///   - now: when the schedule takes effect: the tick before is due at once, and no earlier one was missed.
    ///   - intervals: one for each device, from 1 ms.
    public init(start: Uptime, now: Uptime? = nil, intervals: [Duration]) {
        self.start = start
        let passed = max(0, (now ?? start).nanoseconds - start.nanoseconds)
        entries = intervals.map { interval in
            let interval = max(1_000_000, interval.wholeNanoseconds)
            return Entry(interval: interval, served: passed / interval - 1)
        }
    }

    /// Returns the device whose tick is oldest, so that an overloaded line serves all in turn.
    public mutating func next(now: Uptime) -> Next {
        var oldest: (index: Int, due: Int64)?
        for index in entries.indices {
            let due = entries[index].due(from: start.nanoseconds)
            if due < oldest?.due ?? .max { oldest = (index, due) }
        }
        guard let (index, due) = oldest else { return .never }
        guard due <= now.nanoseconds else { return .wait(until: Uptime(nanoseconds: due)) }
        let tick = (now.nanoseconds - start.nanoseconds) / entries[index].interval
        let missed = tick - entries[index].served - 1
        entries[index].served = tick
        let rests = entries[index].restsUntil.map { now < $0 } ?? false
        return .device(index, missed: Int(missed), ask: !rests)
    }

    /// When the next tick comes, or came if it is late; nil without devices.
    public var nextDue: Uptime? {
        entries.map { $0.due(from: start.nanoseconds) }.min().map { Uptime(nanoseconds: $0) }
    }

    /// The device answered, even if with an exception.
    public mutating func answered(_ index: Int) {
        entries[index].failures = 0
        entries[index].restsUntil = nil
    }

    /// The device did not answer, which cost the line `cost`; after more than `patience` failures in a row it rests
    /// (see `Rest`).
    ///
    /// - Parameter patience: 1 for silence; more for garbage, which shows at least that something is there.
    public mutating func failed(_ index: Int, cost: Duration, now: Uptime, patience: Int = 1) {
        entries[index].failures += 1
        let beyond = entries[index].failures - patience
        guard beyond > 0 else { return }
        entries[index].restsUntil = now + Rest.after(failures: beyond, cost: cost)
    }

    public func failures(_ index: Int) -> Int { entries[index].failures }
}
