import Domain
import Installation

extension IndicatorEngine {
    /// The current figure of a window.
    ///
    /// - Parameters:
    ///   - now: later readings are not expected yet.
    ///   - isFinal: whether the window and its grace have ended.
    mutating func figure(
        _ assignment: IndicatorPlan.Assignment,
        _ window: Window,
        now: Instant,
        isFinal: Bool
    ) -> Figure {
        let end = isFinal ? window.to : min(max(now, window.from), window.to)
        var calculation = Calculation(
            assignment: assignment,
            window: window,
            zone: zone,
            catalogue: plan.catalogue,
            elapsed: (end - window.from).wholeMilliseconds,
            isFinal: isFinal
        )
        for member in assignment.members(for: window.kind) where member.stands(in: window) {
            calculation.members.append(evidence(member, assignment, window, end, calculation.binsBefore))
        }
        for joint in assignment.joints { calculation.joint.merge(tally(of: joint, window, end)) }
        var figure = calculation.figure()
        figure.isProvisional = !isFinal
        figure.revision = max(0, Int((now - window.from).components.seconds / 60))
        return figure
    }

    private mutating func evidence(
        _ member: IndicatorPlan.Member,
        _ assignment: IndicatorPlan.Assignment,
        _ window: Window,
        _ end: Instant,
        _ binsBefore: Int
    ) -> Evidence {
        var evidence = Evidence(member: member)
        let needsBins = assignment.indicator.measure.needsBins
        func source(_ key: SourceKey, _ engine: inout IndicatorEngine) -> Evidence.Source {
            var source = Evidence.Source(tap: engine.plan.taps[key])
            source.whole = engine.breakdown(of: key, window, end)
            if needsBins { source.bins = engine.bins(of: key, window, end, before: binsBefore) }
            return source
        }
        for key in member.values { evidence.values.append(source(key, &self)) }
        for key in member.speeds { evidence.speeds.append(source(key, &self)) }
        for key in member.presence { evidence.presence.append(breakdown(of: key, window, end).whole) }
        if evidence.isOfEvents, needsBins {
            for key in member.presence {
                for (number, piece) in bins(of: key, window, end, before: 0) where piece.whole.counted > 0 {
                    evidence.quiet[number] = [:]
                }
            }
        }
        evidence.expected = Int(expectedTime(of: member, from: window.from, to: end) / member.interval)
        return evidence
    }

    /// Milliseconds in which a device's readings are expected: from its installation, while it is at the place, except
    /// days that a person left out.
    private func expectedTime(of member: IndicatorPlan.Member, from: Instant, to: Instant) -> Int64 {
        guard let day = member.expectedFrom else { return 0 }
        func length(_ from: Instant, _ to: Instant) -> Int64 { max(0, (to - from).wholeMilliseconds) }
        let begin = max(from, zone.start(of: day), member.since ?? from)
        let end = min(to, member.until ?? to)
        let without = (state.without ?? []).filter { $0.device == member.device }.reduce(Int64(0)) { sum, days in
            let first = zone.start(of: Day(number: days.from))
            let last = zone.start(of: Day(number: days.to + 1))
            return sum + length(max(begin, first), min(end, last))
        }
        return max(0, length(begin, end) - without)
    }

    /// All of a source in the window, with the value that still holds.
    private mutating func breakdown(of source: SourceKey, _ window: Window, _ end: Instant) -> Breakdown {
        let day = zone.day(of: window.from)
        var found: Breakdown
        switch window.kind {
        case .quarter, .hour: found = bins.bins(of: source, day: day).sum(window.bins)
        case .day: found = bins.days(of: source, month: day.firstOfMonth)[day.number]
        case .month: found = bins.sum(of: source, month: day)
        case .year:
            found = [:]
            var month = day
            while month < day.firstOfNextYear {
                found.append(bins.sum(of: source, month: month))
                month = month.firstOfNextMonth
            }
        }
        // Losses reported several times for the same time count once.
        let length = (end - window.from).wholeMilliseconds
        for key in found.keys where found[key]?.unknown.milliseconds ?? 0 > length {
            found[key]?.unknown.milliseconds = length
        }
        if let (tap, hold) = holding(source),
            let part = hold.part(from: window.from.millisecondsSince1970, to: end.millisecondsSince1970)
        {
            found[tap.breakdown, default: Tally()].merge(part)
        }
        return found
    }

    /// How long the conditions of a place held at the same time in the window, with the values that still hold.
    private mutating func tally(of joint: IndicatorPlan.Joint, _ window: Window, _ end: Instant) -> Tally {
        var found = breakdown(of: joint.key, window, end).whole
        let open = joint.sources.compactMap { holding($0.key)?.1.bins }
        for number in Set(open.flatMap(\.self)).sorted() {
            let start = Instant(millisecondsSince1970: number * Window.bin)
            guard window.contains(start), start < end else { continue }
            let day = zone.day(of: start)
            let saved = bins.bins(of: joint.key, day: day)[number].whole
            let now = jointTally(joint, bin: number, day: day, until: end)
            found.milliseconds += now.milliseconds - saved.milliseconds
            found.within += now.within - saved.within
        }
        return found
    }

    /// The last value of a source: it holds until the next reading.
    func holding(_ source: SourceKey) -> (Tap, Hold)? {
        guard let tap = plan.taps[source], tap.what == .value, tap.row == nil, tap.weight == nil,
            let mark = last[source], let hold = Hold(mark, until: nil, tap)
        else { return nil }
        return (tap, hold)
    }

    /// A source's bins in a window of a day or less, and so many bins before it.
    private mutating func bins(
        of source: SourceKey,
        _ window: Window,
        _ end: Instant,
        before: Int
    ) -> [Int64: Breakdown] {
        guard window.kind <= .day else { return [:] }
        let first = Instant(millisecondsSince1970: window.from.millisecondsSince1970 - Int64(before) * Window.bin)
        var day = zone.day(of: first)
        let last = zone.day(of: window.from)
        let wanted = window.bins.lowerBound - Int64(before)..<window.bins.upperBound
        var found: [Int64: Breakdown] = [:]
        while day <= last {
            for (number, piece) in bins.bins(of: source, day: day).pieces where wanted.contains(number) {
                found[number] = piece
            }
            day = day + 1
        }
        if let (tap, hold) = holding(source) {
            for number in hold.bins where wanted.contains(number) {
                let until = min((number + 1) * Window.bin, end.millisecondsSince1970)
                guard let part = hold.part(from: number * Window.bin, to: until) else { continue }
                found[number, default: [:]][tap.breakdown, default: Tally()].merge(part)
            }
        }
        return found
    }
}

extension Window {
    /// The numbers of the window's bins.
    var bins: Range<Int64> { from.millisecondsSince1970 / Self.bin..<to.millisecondsSince1970 / Self.bin }
}
