import Domain

/// Shares out counted amounts among bins and days, and notes the figures that change.
extension IndicatorEngine {
    private func day(of milliseconds: Int64) -> Day { zone.day(of: Instant(millisecondsSince1970: milliseconds)) }

    private static func bin(of milliseconds: Int64) -> Int64 {
        milliseconds.flooredDivision(by: Window.bin).quotient
    }

    /// Adds to the bin and the day of a moment.
    mutating func add(_ tally: Tally, _ breakdown: String, of source: SourceKey, at time: Int64) {
        guard !tally.isEmpty else { return }
        let day = day(of: time)
        if hasBins(day) { bins.add(tally, breakdown, of: source, bin: Self.bin(of: time), day: day) }
        bins.add(tally, breakdown, of: source, day: day)
        touch(source, bin: Self.bin(of: time), day: day, isLate: true)
    }

    /// Adds a reading, and the value before it that now ends: mostly both in one bin, and then in one step.
    mutating func add(
        _ tally: Tally,
        _ breakdown: String,
        of source: SourceKey,
        at time: Int64,
        ending hold: Hold?,
        _ tap: Tap
    ) {
        guard let hold else { return add(tally, breakdown, of: source, at: time) }
        let bin = Self.bin(of: time)
        guard hold.bins == bin...bin, let part = hold.part(from: hold.from, to: hold.to) else {
            add(tally, breakdown, of: source, at: time)
            add(hold, tap)
            return
        }
        var whole = tally
        whole.merge(part)
        add(whole, breakdown, of: source, at: time)
    }

    /// Shares out the time that a value held, or subtracts it.
    ///
    /// - Parameter isLate: whether the closed windows in which it held do not contain it. They do contain a value that
    ///   only ended: their figures took it as one that still holds.
    mutating func add(_ hold: Hold, _ tap: Tap, times: Int128 = 1, isLate: Bool = false) {
        let ending = Self.bin(of: hold.to)
        forEachBin(hold.bins) { engine, bin, day in
            guard var part = hold.part(from: bin * Window.bin, to: (bin + 1) * Window.bin) else { return }
            if times < 0 { part.negate() }
            if engine.hasBins(day) { engine.bins.add(part, tap.breakdown, of: tap.key, bin: bin, day: day) }
            engine.bins.add(part, tap.breakdown, of: tap.key, day: day)
            engine.touch(tap.key, bin: bin, day: day, isLate: isLate || bin == ending)
        }
    }

    /// Shares out an increase, and adds the reading that brought it.
    mutating func add(
        _ span: Span,
        _ tap: Tap,
        _ identities: [IdentityRange],
        presence: Tally,
        at time: Int64
    ) {
        let pieces = span.pieces(of: Window.bin)
        guard pieces.count == 1, pieces.lowerBound == Self.bin(of: time) else {
            add(presence, tap.breakdown, of: tap.key, at: time)
            add(span, tap, times: 1, identities)
            return
        }
        var tally = presence
        tally.count = 1
        tally.sum = span.amount
        add(tally, tap.breakdown, of: tap.key, at: time)
    }

    /// Shares out an increase, or subtracts it.
    mutating func add(_ span: Span, _ tap: Tap, times: Int128, _ identities: [IdentityRange]) {
        func tally(_ part: Span.Part) -> Tally {
            var tally = Tally()
            tally.sum = part.amount
            tally.carried = part.carried
            tally.count = part.isLast ? 1 : 0
            if times < 0 { tally.negate() } else { tally.identities = identities }
            return tally
        }
        var summed: Day?
        forEachBin(span.pieces(of: Window.bin)) { engine, bin, day in
            if engine.hasBins(day) {
                let part = tally(span.part(from: bin * Window.bin, to: (bin + 1) * Window.bin))
                engine.bins.add(part, tap.breakdown, of: tap.key, bin: bin, day: day)
            }
            if summed != day {
                summed = day
                let (from, to) = (engine.zone.start(of: day), engine.zone.start(of: day + 1))
                let part = tally(span.part(from: from.millisecondsSince1970, to: to.millisecondsSince1970))
                engine.bins.add(part, tap.breakdown, of: tap.key, day: day)
            }
            engine.touch(tap.key, bin: bin, day: day, isLate: true)
        }
    }

    /// Notes that the increase of a time is not known.
    mutating func add(_ reason: Unknown.Reason, since: Int64, time: Int64, _ tap: Tap) {
        let span = Span(since: min(since, time), time: time, amount: .zero, quantum: 1)
        let pieces = span.since == time ? Self.bin(of: time)...Self.bin(of: time) : span.pieces(of: Window.bin)
        var wholeDay: (day: Day, unknown: Unknown)?
        forEachBin(pieces) { engine, bin, day in
            let (from, to) = (bin * Window.bin, (bin + 1) * Window.bin)
            var tally = Tally()
            tally.unknown = Unknown(
                reason,
                isEnded: bin == pieces.upperBound,
                milliseconds: max(0, min(time, to) - max(span.since, from))
            )
            let isNew = !engine.hasBins(day) || engine.bins.bins(of: tap.key, day: day)[bin].whole.unknown.isNone
            tally.unknown.quarters = isNew ? 1 : 0
            if engine.hasBins(day) { engine.bins.add(tally, tap.breakdown, of: tap.key, bin: bin, day: day) }
            var unknown = tally.unknown
            if let before = wholeDay, before.day == day {
                unknown = before.unknown
                unknown.append(tally.unknown)
            } else if let before = wholeDay {
                engine.add(before.unknown, tap, day: before.day)
            }
            wholeDay = (day, unknown)
            engine.touch(tap.key, bin: bin, day: day, isLate: true)
        }
        if let last = wholeDay { add(last.unknown, tap, day: last.day) }
    }

    private mutating func add(_ unknown: Unknown, _ tap: Tap, day: Day) {
        var tally = Tally()
        tally.unknown = unknown
        bins.add(tally, tap.breakdown, of: tap.key, day: day)
    }

    private mutating func forEachBin(
        _ bins: ClosedRange<Int64>,
        _ body: (inout IndicatorEngine, _ bin: Int64, _ day: Day) -> Void
    ) {
        for bin in bins { body(&self, bin, day(of: bin * Window.bin)) }
    }

    /// Notes which figures a change in a bin affects.
    ///
    /// - Parameter isLate: whether closed windows have changed too.
    private mutating func touch(_ source: SourceKey, bin: Int64, day: Day, isLate: Bool) {
        let uses = plan.uses[source] ?? []
        touched.formUnion(uses)
        let time = Instant(millisecondsSince1970: bin * Window.bin)
        if isLate { noteLate(uses, at: time) }
        for joint in plan.joints[source] ?? [] where hasBins(day) {
            let before = bins.bins(of: joint.key, day: day)[bin].whole
            var change = jointTally(joint, bin: bin, day: day)
            change.milliseconds -= before.milliseconds
            change.within -= before.within
            guard !change.isEmpty else { continue }
            bins.add(change, "", of: joint.key, bin: bin, day: day)
            bins.add(change, "", of: joint.key, day: day)
        }
    }

    /// How long all conditions of a place held in a bin. When two were broken, nobody knows whether at the same time.
    /// They are taken as broken one after the other, so that no time counts as held that may not have been.
    ///
    /// - Parameter end: until when the last values hold; nil leaves them out.
    mutating func jointTally(_ joint: IndicatorPlan.Joint, bin: Int64, day: Day, until end: Instant? = nil) -> Tally {
        var known = Int64.max
        var broken: Int64 = 0
        for source in joint.sources where source.holds(in: bin) {
            var whole = bins.bins(of: source.key, day: day)[bin].whole
            if let end, let hold = holding(source.key)?.1,
                let part = hold.part(from: bin * Window.bin, to: min((bin + 1) * Window.bin, end.millisecondsSince1970))
            {
                whole.merge(part)
            }
            known = min(known, whole.milliseconds)
            broken += whole.milliseconds - whole.within
        }
        guard known < .max else { return Tally() }
        broken = min(broken, Window.bin)
        var tally = Tally()
        tally.within = max(0, known - broken)
        tally.milliseconds = tally.within + broken
        return tally
    }
}

extension Tally {
    /// Turns it into what subtracts it. Extremes and identities stay: they were published.
    fileprivate mutating func negate() {
        count = -count
        sum = .zero - sum
        integral = -integral
        milliseconds = -milliseconds
        within = -within
        carried = Carried(
            head: .init(amount: .zero - carried.head.amount, milliseconds: -carried.head.milliseconds),
            tail: .init(amount: .zero - carried.tail.amount, milliseconds: -carried.tail.milliseconds),
            covering: -carried.covering
        )
    }
}
