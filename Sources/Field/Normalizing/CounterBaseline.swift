public import Domain

/// The reading from which the next increase of a counter is measured; it survives restarts.
public struct CounterBaseline: Hashable, Sendable {
    /// A total that went back. If it returns in one leap, the meter had only shown something else meanwhile.
    public struct Fall: Hashable, Sendable {
        public var from: DecimalNumber
        public var to: DecimalNumber

        public init(from: DecimalNumber, to: DecimalNumber) {
            self.from = from
            self.to = to
        }

        /// Whether that step only undoes the fall: it is longer than everything counted since, and ends where the total
        /// had been.
        func isUndone(by step: (old: DecimalNumber, new: DecimalNumber)) -> Bool {
            step.new >= from && step.new - step.old > step.old - to
        }
    }

    /// In the point's `unit`.
    public var total: DecimalNumber
    public var stamp: Stamp
    /// The device's own time, where it sends a plausible one.
    public var sourceTime: Instant?
    /// The rest of the meter's allowance; nil makes it as large as possible.
    public var allowance: DecimalNumber?
    public var fall: Fall?

    public init(
        total: DecimalNumber,
        stamp: Stamp,
        sourceTime: Instant? = nil,
        allowance: DecimalNumber? = nil,
        fall: Fall? = nil
    ) {
        self.total = total
        self.stamp = stamp
        self.sourceTime = sourceTime
        self.allowance = allowance
        self.fall = fall
    }

    /// When the reading was made: by the device's own time, otherwise by its arrival.
    var time: Instant { sourceTime ?? stamp.time }

    /// The same by the clock of a later reading of the same boot, which is right where the clock was set in between. An
    /// increase would else reach back to a stale time.
    func time(by stamp: Stamp) -> Instant {
        guard sourceTime == nil, stamp.boot == self.stamp.boot, self.stamp.clock == .unsynchronised,
            stamp.clock == .synchronised
        else { return time }
        return stamp.time + (self.stamp.uptime - stamp.uptime)
    }

    /// How long before a reading it was made: by the device's own time where both have it, and then negative for a late
    /// one. Otherwise by the clock that never steps within one boot, or by wall clocks that were both confirmed; nil
    /// when unknown.
    func elapsed(until stamp: Stamp, _ sourceTime: Instant?) -> Duration? {
        if let sourceTime, let own = self.sourceTime { return sourceTime - own }
        if stamp.boot == self.stamp.boot { return stamp.uptime - self.stamp.uptime }
        guard stamp.clock == .synchronised, self.stamp.clock == .synchronised, stamp.time >= self.stamp.time else {
            return nil
        }
        return stamp.time - self.stamp.time
    }
}

/// The baselines of one device, as text that the journal stores with the reading they came from.
public enum CounterBaselines {
    /// One line of text a point: name, total, time, clock, boot, uptime, and then, `-` for none, the device's own time,
    /// the allowance and the fall's two totals. The first line of text is the meter that they belong to.
    ///
    /// - Parameter meter: which device, and how it is read. No increase is measured from a total of another meter, or
    ///   of the same one read by another profile. No line breaks.
    public static func encode(_ baselines: [String: CounterBaseline], meter: String) -> [UInt8] {
        var text = "meter \(meter)\n"
        for (name, baseline) in baselines.sorted(by: { $0.key < $1.key }) {
            let stamp = baseline.stamp
            text += "\(name) \(baseline.total) \(stamp.time.millisecondsSince1970) \(stamp.clock.rawValue) "
            text += "\(stamp.boot) \(stamp.uptime.nanoseconds)"
            let own = baseline.sourceTime.map { "\($0.millisecondsSince1970)" }
            let rest = [baseline.allowance, baseline.fall?.from, baseline.fall?.to].map { $0?.description }
            text += ([own] + rest).map { " " + ($0 ?? "-") }.joined() + "\n"
        }
        return Array(text.utf8)
    }

    /// Empty when the bytes belong to another meter (a new counter begins) or cannot be read.
    public static func decode(_ bytes: [UInt8], meter: String) -> [String: CounterBaseline] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.first.map(String.init) == "meter \(meter)" else { return [:] }
        var baselines: [String: CounterBaseline] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ").map(String.init)
            if let baseline = baseline(parts) { baselines[parts[0]] = baseline }
        }
        return baselines
    }

    /// Lines of text from earlier releases end with the uptime.
    private static func baseline(_ parts: [String]) -> CounterBaseline? {
        guard parts.count == 6 || parts.count == 10, let total = DecimalNumber(parts[1]), let time = Int64(parts[2]),
            let clock = ClockState(rawValue: parts[3]), let uptime = Int64(parts[5])
        else { return nil }
        let stamp = Stamp(
            time: Instant(millisecondsSince1970: time),
            clock: clock,
            boot: parts[4],
            uptime: Uptime(nanoseconds: uptime)
        )
        var baseline = CounterBaseline(total: total, stamp: stamp)
        guard parts.count == 10 else { return baseline }
        baseline.sourceTime = Int64(parts[6]).map { Instant(millisecondsSince1970: $0) }
        baseline.allowance = DecimalNumber(parts[7])
        if let from = DecimalNumber(parts[8]), let to = DecimalNumber(parts[9]) {
            baseline.fall = .init(from: from, to: to)
        }
        return baseline
    }
}
