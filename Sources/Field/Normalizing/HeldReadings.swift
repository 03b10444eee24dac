public import Domain

/// Decides which readings of one device go out, where not each does: report by exception.
///
/// A reading that says the same as the ones before is held: it is counted, and the next one that goes out, a row, says
/// how many were held and until when.
///
/// Invariants:
/// - Every reading taken is a row, or is counted in the `held` of exactly one row. `letGo` makes a row of the last held
///   reading, so that nothing stays uncounted.
/// - A held reading is of the same quality as the last row, and each of its values within its deadband of it.
/// - A counter's `increase` goes from the last row that carried its total to this one: the rows' sum is the readings'.
/// - Readings that share a point go out in the order in which they came: a reading with other points lets go of what is
///   held of its own points.
/// - What is remembered with a row belongs to no later reading: a counter's total that was held is never a baseline.
public struct HeldReadings: Sendable {
    /// What is stored with a reading, such as the baselines of counters.
    public typealias Remembered = (key: String, value: [UInt8])

    public struct Row: Sendable {
        public var reading: Reading
        public var remembering: Remembered?
    }

    /// What becomes of a reading.
    public struct Outcome: Sendable {
        /// What goes out now, in this order.
        public var rows: [Row] = []
        /// Whether the reading itself is held; otherwise it is the last of the rows.
        public var isHeld = false
    }

    /// What was held since the last row with the same points.
    private struct Hold: Sendable {
        /// For each point whether the readings carry it.
        let carried: [Bool]
        /// When the last row was made.
        var rowAt: Uptime
        var count = 0
        var last: Row?
        /// When the held reading before the last was made.
        var before: Instant?

        /// A row went out: what comes next is held after it.
        mutating func begin(at uptime: Uptime) { self = Hold(carried: carried, rowAt: uptime) }

        /// Whether its readings, if there are any, have a point in common with those.
        func overlaps(_ other: [Bool]) -> Bool { count > 0 && zip(carried, other).contains { $0 && $1 } }
    }

    public let shape: ReadingShape
    private let rules: SendRules
    private var holds: [Hold] = []
    /// The last sample of each point that went out.
    private var sent: [Sample?]
    /// What held readings have added to counters since the last row that carried them, by the points' indices.
    private var increases: [Int: (sum: DecimalNumber, since: Instant)] = [:]
    /// When the reading was made whose state was stored last: an older one must not replace it.
    private var rememberedAt: Uptime?
    /// Polls missed and messages thinned since the last row.
    private var missed = 0
    private var thinned = 0
    /// A device whose messages carry ever other points holds no more of them.
    private static let mostHolds = 16

    /// - Returns: nil for a shape of which each reading goes out.
    public init?(_ shape: ReadingShape) {
        guard let rules = shape.sends else { return nil }
        self.shape = shape
        self.rules = rules
        sent = Array(repeating: nil, count: shape.points.count)
    }

    /// The keys under which something is stored with the held readings.
    public var remembered: [String] { holds.compactMap { $0.last?.remembering?.key } }

    /// - Parameter reading: of this shape.
    public mutating func take(_ reading: Reading, remembering: Remembered?) -> Outcome {
        let carried = reading.samples.map { $0 != nil }
        var outcome = Outcome()
        let ends = breaks(reading)
        outcome.rows = letGo { ends || ($0.carried != carried && $0.overlaps(carried)) }
        missed += reading.missed
        thinned += reading.thinned
        if !ends, let index = holds.firstIndex(where: { $0.carried == carried }),
            saysTheSame(reading, as: holds[index])
        {
            hold(reading, remembering, in: index)
            outcome.isHeld = true
            return outcome
        }
        let counts = Set(increases.filter { $0.value.sum != .zero }.keys)
        if remembering != nil, !counts.isEmpty {
            // The baselines that this row stores are those of all counters.
            outcome.rows += letGo { $0.carried != carried && counts.contains(where: $0.carried.at) }
        }
        outcome.rows.append(row(of: reading, carried, remembering))
        return outcome
    }

    /// Makes a row of the last of each kind of held readings.
    public mutating func letGo() -> [Row] { letGo { _ in true } }

    // MARK: What is held

    /// Whether the held readings cannot be counted in a row of this one: its clock is another, or a counter begins
    /// anew.
    private func breaks(_ reading: Reading) -> Bool {
        for (index, increase) in increases where increase.sum != .zero {
            if let sample = reading.samples[index], sample.increase == nil || sample.breaksItsChain { return true }
        }
        return holds.contains { hold in
            guard let last = hold.last?.reading.stamp else { return false }
            return last.clock != reading.stamp.clock || last.boot != reading.stamp.boot
                || last.time > reading.stamp.time
        }
    }

    private func saysTheSame(_ reading: Reading, as hold: Hold) -> Bool {
        // The time that a device dates a reading with is a fact of its own.
        guard reading.sourceTime == nil else { return false }
        // The poll that comes nearest to the time goes out.
        let gap = reading.stamp.uptime - (hold.last?.reading.stamp.uptime ?? hold.rowAt)
        guard reading.stamp.uptime - hold.rowAt + gap / 2 < rules.atLeastEvery else { return false }
        for (index, sample) in reading.samples.enumerated() {
            guard let sample else { continue }
            guard let before = sent[index], saysTheSame(sample, as: before, rules.deadbands[index]) else {
                return false
            }
        }
        return true
    }

    private func saysTheSame(_ sample: Sample, as before: Sample, _ deadband: Deadband?) -> Bool {
        guard sample.reason == before.reason, (sample.increase == nil) == (before.increase == nil) else { return false }
        if sample.value == before.value { return true }
        return deadband?.holds(sample.value, near: before.value) ?? false
    }

    private mutating func hold(_ reading: Reading, _ remembering: Remembered?, in index: Int) {
        for (point, sample) in reading.samples.enumerated() {
            guard let increase = sample?.increase?.decimal, let since = sample?.since else { continue }
            let before = increases[point]
            increases[point] = ((before?.sum ?? .zero) + increase, before?.since ?? since)
        }
        holds[index].count += 1
        holds[index].before = holds[index].last?.reading.stamp.time
        holds[index].last = Row(reading: reading, remembering: remembering)
    }

    // MARK: What goes out

    private mutating func letGo(where isWanted: (Hold) -> Bool) -> [Row] {
        var rows: [Row] = []
        for index in holds.indices where holds[index].last != nil && isWanted(holds[index]) {
            guard var row = holds[index].last else { continue }
            row.reading.held = holds[index].count - 1
            row.reading.heldUntil = holds[index].before
            finish(&row.reading, isCounted: true)
            holds[index].begin(at: row.reading.stamp.uptime)
            rows.append(row)
        }
        rows.sort { $0.reading.stamp.uptime < $1.reading.stamp.uptime }
        for index in rows.indices { storeOnce(&rows[index]) }
        return rows
    }

    private mutating func storeOnce(_ row: inout Row) {
        let time = row.reading.stamp.uptime
        if let rememberedAt, time <= rememberedAt { row.remembering = nil }
        if row.remembering != nil { rememberedAt = time }
    }

    private mutating func row(of reading: Reading, _ carried: [Bool], _ remembering: Remembered?) -> Row {
        var row = Row(reading: reading, remembering: remembering)
        if let index = holds.firstIndex(where: { $0.carried == carried }) {
            row.reading.held = holds[index].count
            row.reading.heldUntil = holds[index].last?.reading.stamp.time
            holds[index].begin(at: reading.stamp.uptime)
        } else {
            // The one without a held reading whose row is oldest has the least to say.
            if holds.count >= Self.mostHolds,
                let idle = holds.indices.filter({ holds[$0].count == 0 }).min(by: { holds[$0].rowAt < holds[$1].rowAt })
            {
                holds.remove(at: idle)
            }
            if holds.count < Self.mostHolds { holds.append(Hold(carried: carried, rowAt: reading.stamp.uptime)) }
        }
        finish(&row.reading, isCounted: false)
        storeOnce(&row)
        return row
    }

    /// Gives a row what was counted since the row before.
    ///
    /// - Parameter isCounted: whether the row's own increases are among those of held readings.
    private mutating func finish(_ reading: inout Reading, isCounted: Bool) {
        reading.missed = missed
        reading.thinned = thinned
        (missed, thinned) = (0, 0)
        for (index, sample) in reading.samples.enumerated() {
            guard let sample else { continue }
            sent[index] = sample
            // Where a total stood still in held readings, the increase of a reset is since the last row, which a
            // subscriber has.
            let stood = !isCounted && sample.increase != nil && increases[index]?.sum == .zero
            if sample.breaksItsChain, !stood { increases[index] = nil }
            guard let own = sample.increase?.decimal, let held = increases.removeValue(forKey: index) else { continue }
            reading.samples[index] = Sample(
                value: sample.value,
                reason: sample.reason,
                increase: .decimal(isCounted ? held.sum : held.sum + own),
                since: held.since
            )
        }
    }
}

extension Sample {
    /// Whether the counter's total does not follow from the one before.
    fileprivate var breaksItsChain: Bool {
        reason == .counterReset || reason == .counterGap || reason == .deviceClock
    }
}

extension [Bool] {
    fileprivate func at(_ index: Int) -> Bool { self[index] }
}
