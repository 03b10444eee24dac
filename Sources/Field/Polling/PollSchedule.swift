public import Domain

/// Decides which device of a bus is asked when. Every tick of the box stands on one grid, `start` + k x interval, so
/// that polls of different buses wake the machine together. A tick that passes while the bus is busy is skipped and
/// counted, never made up for. A device that does not answer is asked ever less often, but soon where the line has
/// room.
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
        var failedAt: Uptime?
        var restsUntil: Uptime?

        func due(from start: Int64) -> Int64 { start + (served + 1) * interval }
    }

    private var entries: [Entry]
    private let start: Uptime
    /// A device that failed is tried again after this time if the line has room: soon on a connection of its own, where
    /// that costs nobody anything.
    private let pause: Duration

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
        pause = .seconds(intervals.count == 1 ? 3 : 7)
    }

    /// Returns the device whose tick is oldest, so that an overloaded line serves all in turn. Devices that failed come
    /// after the others of their tick.
    ///
    /// - Parameter attempt: how long an attempt to reach that device, after so many failures in a row, takes the line
    ///   if it fails. A device that rests is tried all the same when that ends before another device is due.
    public mutating func next(
        now: Uptime,
        attempt: (_ index: Int, _ failures: Int) -> Duration? = { _, _ in nil }
    ) -> Next {
        var oldest: (index: Int, rank: Int64)?
        var first = Int64.max
        for index in entries.indices {
            let due = entries[index].due(from: start.nanoseconds)
            first = min(first, due)
            guard due <= now.nanoseconds else { continue }
            let rank = due + (entries[index].failures > 0 ? entries[index].interval / 2 : 0)
            if rank < oldest?.rank ?? .max { oldest = (index, rank) }
        }
        guard let (index, _) = oldest else {
            return first == .max ? .never : .wait(until: Uptime(nanoseconds: first))
        }
        let tick = (now.nanoseconds - start.nanoseconds) / entries[index].interval
        let missed = tick - entries[index].served - 1
        entries[index].served = tick
        let rests = entries[index].restsUntil.map { now < $0 } ?? false
        return .device(index, missed: Int(missed), ask: !rests || hasRoom(for: index, now: now, attempt))
    }

    /// Whether an attempt to reach a device that rests disturbs nobody now.
    private func hasRoom(for index: Int, now: Uptime, _ attempt: (Int, Int) -> Duration?) -> Bool {
        guard let failed = entries[index].failedAt, now >= failed + pause,
            let cost = attempt(index, entries[index].failures)
        else { return false }
        let end = (now + cost).nanoseconds
        return entries.indices.allSatisfy {
            $0 == index || entries[$0].failures > 0 || entries[$0].due(from: start.nanoseconds) >= end
        }
    }

    /// When the next tick comes, or came if it is late; nil without devices.
    public var nextDue: Uptime? {
        entries.map { $0.due(from: start.nanoseconds) }.min().map { Uptime(nanoseconds: $0) }
    }

    /// The device answered, even if with an exception.
    public mutating func answered(_ index: Int) {
        entries[index].failures = 0
        entries[index].failedAt = nil
        entries[index].restsUntil = nil
    }

    /// The device did not answer, which cost the line `cost`; after more than `patience` failures in a row it rests
    /// (see `Rest`).
    ///
    /// - Parameter patience: 1 for silence; more for garbage, which shows at least that something is there.
    public mutating func failed(_ index: Int, cost: Duration, now: Uptime, patience: Int = 1) {
        entries[index].failures += 1
        entries[index].failedAt = now
        let beyond = entries[index].failures - patience
        guard beyond > 0 else { return }
        entries[index].restsUntil = now + Rest.after(failures: beyond, cost: cost)
    }

    public func failures(_ index: Int) -> Int { entries[index].failures }
}
