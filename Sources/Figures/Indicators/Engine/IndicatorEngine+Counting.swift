import Domain
import Profiles

/// Brings one reading of one point into the bins.
extension IndicatorEngine {
    mutating func count(_ point: PointObservation, _ tap: Tap, _ moment: Moment) {
        let presence = moment.presence(point, tap)
        guard tap.what != .alive, moment.isVerified else {
            add(presence, tap.breakdown, of: tap.key, at: moment.milliseconds)
            return
        }
        switch tap.what {
        case .increase: count(total: point, tap, moment, presence)
        case .value where tap.row != nil: count(row: point, tap, moment, presence)
        case .value where tap.weight != nil: count(weighted: point, tap, moment, presence)
        default: count(value: point, tap, moment, presence)
        }
    }

    // MARK: Values

    /// A value counts for the time that it holds; the next reading ends it, good or bad.
    private mutating func count(value point: PointObservation, _ tap: Tap, _ moment: Moment, _ presence: Tally) {
        let mark = Series.Mark(time: moment.milliseconds, value: moment.value(point, tap))
        var tally = presence
        if let value = mark.value { tally.add(value: value) }
        let before = last[tap.key]
        guard moment.isOwn else {
            let hold = before.flatMap { Hold($0, until: mark.time, tap) }
            add(tally, tap.breakdown, of: tap.key, at: mark.time, ending: hold, tap)
            last[tap.key] = mark
            return
        }
        let known = series.at(mark.time, of: tap.key)
        // A reading that does not count replaces no value, and a repeated value changes nothing.
        if let known, mark.value == nil || known.value == mark.value { return }
        series.put(mark, of: tap.key)
        add(
            known == nil ? tally : known?.value == nil ? tally.afterBad : Tally(),
            tap.breakdown,
            of: tap.key,
            at: mark.time
        )
        guard let newest = before, newest.time > mark.time || known != nil else {
            if let hold = before.flatMap({ Hold($0, until: mark.time, tap) }) { add(hold, tap) }
            last[tap.key] = mark
            return
        }
        let next = series.after(mark.time, of: tap.key, last: newest.time)?.time
        if let known {
            // The same moment came again: the last value holds.
            if let next, let hold = Hold(known, until: next, tap) { add(hold, tap, times: -1, isLate: true) }
        } else if let earlier = series.before(mark.time, of: tap.key, earliest: mark.time - tap.longestHold) {
            if let hold = Hold(earlier, until: next, tap) { add(hold, tap, times: -1, isLate: true) }
            if let hold = Hold(earlier, until: mark.time, tap) { add(hold, tap, isLate: true) }
        }
        if let next, let hold = Hold(mark, until: next, tap) { add(hold, tap, isLate: true) }
        if newest.time == mark.time { last[tap.key] = mark }
    }

    /// A value that stands for so many things that were counted with it: each of them took the value's reciprocal.
    private mutating func count(weighted point: PointObservation, _ tap: Tap, _ moment: Moment, _ presence: Tally) {
        var tally = presence
        if let value = moment.value(point, tap), value > .zero, case .reading(let points) = moment.observation.content,
            let counted = points.first(where: { $0.name == tap.weight }), counted.quality == .good,
            let weight = counted.increase
        {
            tally.count = 1
            tally.sum = weight
            tally.extremes = (value, value)
            tally.integral =
                Fixed(Ratio(weight.billionths, over: value.billionths).rounded(toSignificantDigits: 15))?.billionths
                ?? 0
        }
        add(tally, tap.breakdown, of: tap.key, at: moment.milliseconds)
    }

    /// Counts the row of an interval; the last row of an interval holds. A row that covers more than half of another's
    /// interval is the same row again: two intervals of one source do not overlap.
    private mutating func count(row point: PointObservation, _ tap: Tap, _ moment: Moment, _ presence: Tally) {
        let begin = tap.row == .end ? moment.milliseconds - tap.interval : moment.milliseconds
        let isPlaced = moment.isOwn && moment.isBelieved
        let known = isPlaced ? series.nearest(to: begin, of: tap.key, within: (tap.interval + 1) / 2) : nil
        guard isPlaced, let value = moment.value(point, tap) else {
            var tally = presence
            if !isPlaced { tally.excluded = 1 }
            guard known == nil else { return }
            add(tally, tap.breakdown, of: tap.key, at: begin)
            if isPlaced { series.put(Series.Mark(time: begin), of: tap.key) }
            return
        }
        let new = Series.Mark(time: begin, value: value)
        guard known != new else { return }
        if let known { series.remove(at: known.time, of: tap.key) }
        series.put(new, of: tap.key)
        for (row, times) in [(known, Int128(-1)), (new, 1)] {
            guard let row, let value = row.value else { continue }
            let end = row.time + tap.interval
            add(
                Span(since: row.time, time: end, amount: value, quantum: tap.quantum),
                tap,
                times: times,
                moment.identities
            )
            add(Hold(row: value, from: row.time, to: end, tap), tap, times: times, isLate: true)
        }
        var tally = known == nil ? presence : known?.value == nil ? presence.afterBad : Tally()
        tally.extremes = (value, value)
        // The row counts as received where it came first.
        add(tally, tap.breakdown, of: tap.key, at: known?.time ?? begin)
    }

    // MARK: Counters

    private mutating func count(total point: PointObservation, _ tap: Tap, _ moment: Moment, _ presence: Tally) {
        // A bad total, or one of unknown age, gives no increase.
        guard moment.isBelieved, point.quality != .bad, point.reason != .retained, point.reason != .zone else {
            let isKnown = moment.isOwn && series.at(moment.milliseconds, of: tap.key) != nil
            if !isKnown { add(presence, tap.breakdown, of: tap.key, at: moment.milliseconds) }
            return
        }
        if moment.isOwn, let total = point.value {
            count(own: total, point, tap, moment, presence)
        } else {
            let before = last[tap.key]
            count(step: point, tap, presence, at: moment.milliseconds, before: before?.time, moment)
            last[tap.key] = Series.Mark(time: moment.milliseconds, value: point.value)
        }
    }

    /// Counts an increase, or the loss of one.
    ///
    /// - Returns: how the total follows from the one before.
    @discardableResult
    private mutating func count(
        step point: PointObservation,
        _ tap: Tap,
        _ presence: Tally,
        at time: Int64,
        before: Int64?,
        _ moment: Moment
    ) -> Series.Mark.Link {
        if point.quality == .good, let told = point.increase {
            let increase = tap.conversion?.increase(told) ?? told
            guard let since = point.since?.millisecondsSince1970, since < time else {
                // The time since which it was counted is not known.
                var tally = presence
                tally.count = 1
                tally.sum = increase
                add(tally, tap.breakdown, of: tap.key, at: time)
                return .increase(increase)
            }
            let span = Span(since: since, time: time, amount: increase, quantum: tap.quantum)
            add(span, tap, moment.identities, presence: presence, at: time)
            return .increase(increase)
        }
        add(presence, tap.breakdown, of: tap.key, at: time)
        guard point.quality != .good else { return .none }
        let reason = point.reason.flatMap(Unknown.Reason.init) ?? .counterGap
        add(reason, since: before ?? time, time: time, tap)
        return .unknown(reason)
    }

    /// Inserts a total with the device's own time into its place among the others.
    private mutating func count(
        own total: Fixed,
        _ point: PointObservation,
        _ tap: Tap,
        _ moment: Moment,
        _ presence: Tally
    ) {
        let time = moment.milliseconds
        if point.reason == .deviceClock {
            // Earlier totals came from another clock, so nothing new fits between them. What comes twice meanwhile, or
            // never, lies between the two clocks.
            if let newest = last[tap.key]?.time {
                add(.deviceClock, since: min(newest, time), time: max(newest, time), tap)
            } else {
                add(.deviceClock, since: time, time: time, tap)
            }
            series.clear(tap.key, about: moment.zoneDay(zone))
            let begin = Series.Mark(time: time, value: total)
            series.put(begin, of: tap.key)
            last[tap.key] = begin
            add(presence, tap.breakdown, of: tap.key, at: time)
            return
        }
        if let known = series.at(time, of: tap.key) {
            if known.value != total { revise(known, to: total, tap, moment) }
            return
        }
        let newest = last[tap.key]
        if let newest, time < newest.time, point.increase == nil {
            add(presence, tap.breakdown, of: tap.key, at: time)
            insert(total, at: time, newest: newest.time, tap, moment)
            return
        }
        let link = count(step: point, tap, presence, at: time, before: newest?.time, moment)
        if case .increase(let increase) = link, let since = point.since?.millisecondsSince1970, newest?.time != since {
            // The total before it is no longer kept.
            series.put(Series.Mark(time: since, value: total - increase), of: tap.key)
        }
        let mark = Series.Mark(time: time, value: total, link: link)
        series.put(mark, of: tap.key)
        if newest.map({ $0.time <= time }) ?? true { last[tap.key] = mark }
    }

    /// A late total splits the increase that it lies in, or begins the chain earlier.
    private mutating func insert(_ total: Fixed, at time: Int64, newest: Int64, _ tap: Tap, _ moment: Moment) {
        guard let counter = tap.counter, var next = series.after(time, of: tap.key, last: newest),
            let after = next.value
        else { return }
        let before = series.before(time, of: tap.key)
        var mark = Series.Mark(time: time, value: total)
        let rest = counter.increase(from: total, to: after, in: next.time - time).map { tap.increase($0) }
        switch next.link {
        case .increase(let whole):
            guard let before, let rest, case let first = whole - rest, first >= .zero else { return }
            add(tap.span(before.time, next.time, whole), tap, times: -1, [])
            mark.link = .increase(first)
            next.link = .increase(rest)
            add(tap.span(before.time, time, first), tap, times: 1, moment.identities)
            add(tap.span(time, next.time, rest), tap, times: 1, moment.identities)
        case .none:
            if let rest {
                next.link = .increase(rest)
                add(tap.span(time, next.time, rest), tap, times: 1, moment.identities)
            } else {
                next.link = .unknown(.counterGap)
                add(.counterGap, since: time, time: next.time, tap)
            }
        case .unknown(let reason):
            // It lies on one side of the loss.
            if let before, let value = before.value,
                let first = counter.increase(from: value, to: total, in: time - before.time).map({ tap.increase($0) })
            {
                mark.link = .increase(first)
                add(tap.span(before.time, time, first), tap, times: 1, moment.identities)
            } else if let rest {
                mark.link = .unknown(reason)
                next.link = .increase(rest)
                add(tap.span(time, next.time, rest), tap, times: 1, moment.identities)
            } else {
                mark.link = .unknown(reason)
            }
        }
        series.put(mark, of: tap.key)
        series.put(next, of: tap.key)
    }

    /// The same moment came again with another total: count the increases up to it and after it anew.
    private mutating func revise(_ known: Series.Mark, to total: Fixed, _ tap: Tap, _ moment: Moment) {
        guard let old = known.value else { return }
        let change = tap.increase(total - old)
        var mark = known
        mark.value = total
        if case .increase(let increase) = known.link, let before = series.before(known.time, of: tap.key) {
            mark.link = relinked(increase, by: change, before.time, known.time, tap, moment)
        }
        if let newest = last[tap.key]?.time, newest > known.time,
            var next = series.after(known.time, of: tap.key, last: newest), case .increase(let increase) = next.link
        {
            next.link = relinked(increase, by: .zero - change, known.time, next.time, tap, moment)
            series.put(next, of: tap.key)
        } else if last[tap.key]?.time == known.time {
            last[tap.key] = mark
        }
        series.put(mark, of: tap.key)
    }

    private mutating func relinked(
        _ increase: Fixed,
        by change: Fixed,
        _ since: Int64,
        _ time: Int64,
        _ tap: Tap,
        _ moment: Moment
    ) -> Series.Mark.Link {
        add(tap.span(since, time, increase), tap, times: -1, [])
        guard case let new = increase + change, new >= .zero else {
            add(.counterGap, since: since, time: time, tap)
            return .unknown(.counterGap)
        }
        add(tap.span(since, time, new), tap, times: 1, moment.identities)
        return .increase(new)
    }
}

extension Tap {
    /// Converts a difference of totals to the unit of the figure.
    fileprivate func increase(_ difference: Fixed) -> Fixed { conversion?.increase(difference) ?? difference }

    fileprivate func span(_ since: Int64, _ time: Int64, _ amount: Fixed) -> Span {
        Span(since: since, time: time, amount: amount, quantum: quantum)
    }
}

extension Tally {
    /// The presence of a reading whose moment first came with a bad one: received once, and no longer excluded.
    fileprivate var afterBad: Tally {
        var tally = self
        tally.received = 0
        tally.excluded -= 1
        return tally
    }
}

extension Moment {
    fileprivate func zoneDay(_ zone: Zone) -> Day { zone.day(of: time) }
}
