public import Domain

/// The reading that the next increase of a counter is measured from; it survives restarts.
public struct CounterBaseline: Hashable, Sendable {
    /// In the point's `unit`.
    public var total: DecimalNumber
    public var stamp: Stamp

    public init(total: DecimalNumber, stamp: Stamp) {
        self.total = total
        self.stamp = stamp
    }

    /// How long ago it was at that moment: by the clock that never steps within one boot, by wall clocks that were both
    /// vouched for otherwise; nil when nobody can tell.
    func elapsed(until stamp: Stamp) -> Duration? {
        if stamp.boot == self.stamp.boot { return stamp.uptime - self.stamp.uptime }
        guard stamp.clock == .synchronised, self.stamp.clock == .synchronised, stamp.time >= self.stamp.time else {
            return nil
        }
        return stamp.time - self.stamp.time
    }
}

/// The baselines of one device, as text that the journal keeps with the reading they came from.
public enum CounterBaselines {
    /// One line a point: name, total, time, clock, boot, uptime. The first line is the meter that they belong to.
    ///
    /// - Parameter meter: which device, and how it is read: a total of another meter, or of the same one read by another
    ///   profile, is nothing to measure an increase from. No line breaks.
    public static func encode(_ baselines: [String: CounterBaseline], meter: String) -> [UInt8] {
        var text = "meter \(meter)\n"
        for (name, baseline) in baselines.sorted(by: { $0.key < $1.key }) {
            let stamp = baseline.stamp
            text += "\(name) \(baseline.total) \(stamp.time.millisecondsSince1970) \(stamp.clock.rawValue) "
            text += "\(stamp.boot) \(stamp.uptime.nanoseconds)\n"
        }
        return Array(text.utf8)
    }

    /// Empty when the bytes are of another meter (a new counter begins) or not understood.
    public static func decode(_ bytes: [UInt8], meter: String) -> [String: CounterBaseline] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.first.map(String.init) == "meter \(meter)" else { return [:] }
        var baselines: [String: CounterBaseline] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 6, let total = DecimalNumber(parts[1]), let time = Int64(parts[2]),
                let clock = ClockState(rawValue: parts[3]), let uptime = Int64(parts[5])
            else { continue }
            baselines[parts[0]] = CounterBaseline(
                total: total,
                stamp: Stamp(
                    time: Instant(millisecondsSince1970: time),
                    clock: clock,
                    boot: parts[4],
                    uptime: Uptime(nanoseconds: uptime)
                )
            )
        }
        return baselines
    }
}
