import Domain

/// Decides who may send when on a shared line, and which reply can be trusted: pure, without a clock or a descriptor
/// of its own. The comment of `ModbusBus` gives the reasons.
struct LineDiscipline {
    /// All that a reply in RTU says about the request it answers.
    private struct ReplyShape: Hashable {
        var unit: UnitID
        var table: RegisterTable
        var bytes: Int

        init(_ range: RegisterRange, _ unit: UnitID) {
            self.unit = unit
            table = range.table
            bytes = range.dataBytes
        }
    }

    private let silence: Duration
    private var frameEnd: Uptime?
    private var rest: Uptime?
    /// The missing replies to earlier requests, and when each was given up. The next request decides how long they
    /// count, by the timing of its own device: a probe's impatience must not make a poll less careful.
    private var doubts: [ReplyShape: Missing] = [:]

    /// The latest missing reply of a shape.
    private struct Missing {
        var since: Uptime
        /// What all missing replies of this shape answer; nil when they answer different requests.
        var range: RegisterRange?
        /// How many are missing.
        var count = 1
    }

    /// Longer than any `latestReply`: older entries are forgotten.
    private static let longestDoubt = Duration.seconds(3_600)

    init(silence: Duration) { self.silence = silence }

    /// The moment until which the line rests, if that is after `now`.
    func restingUntil(after now: Uptime) -> Uptime? { rest.flatMap { $0 > now ? $0 : nil } }

    /// A missing reply has come after all, while the line rested.
    mutating func cameLate(_ range: RegisterRange, of unit: UnitID) {
        let shape = ReplyShape(range, unit)
        doubts[shape]?.count -= 1
        if doubts[shape]?.count == 0 { doubts[shape] = nil }
    }

    /// Nothing may be sent before this.
    ///
    /// - Parameter gap: the silence that the device to be asked needs, if that is longer than the line's.
    func freeFrom(gap: Duration = .zero) -> Uptime? {
        let silent = frameEnd.map { $0 + max(silence, gap) }
        guard let rest, let silent else { return rest ?? silent }
        return max(rest, silent)
    }

    /// Whether a reply to that request could be a late reply to another.
    func isInDoubt(_ range: RegisterRange, of unit: UnitID, at now: Uptime, timing: ReplyTiming) -> Bool {
        let shape = ReplyShape(range, unit)
        if let missing = doubts[shape], now < missing.since + timing.latestReply {
            return !(timing.mayRepeat && missing.range == range)
        }
        // A device that was asked at a general id may answer late as what it calls itself.
        return doubts.contains { other, missing in
            other.unit.isGeneralOnLine && other.table == shape.table && other.bytes == shape.bytes
                && now < missing.since + timing.latestReply
        }
    }

    /// Whether any late reply of the unit may still come.
    func isInDoubt(_ unit: UnitID, at now: Uptime, timing: ReplyTiming) -> Bool {
        doubts.contains { $0.key.unit == unit && now < $0.value.since + timing.latestReply }
    }

    /// A request is over.
    ///
    /// - Parameters:
    ///   - flaw: what is wrong with what came; nil for a right reply.
    ///   - beginsRight: whether what came begins as the right reply does.
    mutating func ended(
        _ range: RegisterRange,
        of unit: UnitID,
        by flaw: ModbusError.Kind?,
        beginsRight: Bool,
        at now: Uptime,
        timing: ReplyTiming
    ) {
        switch flaw {
        case nil: frameEnded(at: now)
        case .exception:
            frameEnded(at: now)
            // It may be the late answer to an earlier request; then this request's own reply is still to come.
            if isInDoubt(unit, at: now, timing: timing) { mayStillCome(range, of: unit, at: now, timing: timing) }
        case .some(let flaw):
            let hasCome = flaw == .crc && beginsRight && !isInDoubt(unit, at: now, timing: timing)
            failed(range, of: unit, at: now, timing: timing, hasCome: hasCome)
        }
    }

    /// Nothing is sent before then.
    mutating func rest(until end: Uptime) { rest = max(end, rest ?? end) }

    /// A whole frame by the right unit has just ended.
    mutating func frameEnded(at now: Uptime) { frameEnd = now }

    /// A request got no reply, or garbage: the line rests.
    ///
    /// - Parameter hasCome: whether what came was surely its reply, only damaged. Otherwise the reply may still come.
    mutating func failed(_ range: RegisterRange, of unit: UnitID, at now: Uptime, timing: ReplyTiming, hasCome: Bool) {
        if !hasCome { mayStillCome(range, of: unit, at: now, timing: timing) }
        rest = max(now + timing.rest, rest ?? now)
    }

    /// The request's reply may come at any time until `latestReply` has passed.
    mutating func mayStillCome(_ range: RegisterRange, of unit: UnitID, at now: Uptime, timing: ReplyTiming) {
        doubts = doubts.filter { now < $0.value.since + Self.longestDoubt }
        let shape = ReplyShape(range, unit)
        let earlier = doubts[shape].flatMap { now < $0.since + timing.latestReply ? $0 : nil }
        let isSame = earlier.map { $0.range == range } ?? true
        doubts[shape] = Missing(since: now, range: isSame ? range : nil, count: (earlier?.count ?? 0) + 1)
    }
}
