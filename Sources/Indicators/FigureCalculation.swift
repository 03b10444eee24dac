import Configuration
import Domain

extension IndicatorEngine {
    /// The figure of a window as it stands.
    ///
    /// - Parameters:
    ///   - now: what is later is not expected yet.
    ///   - isFinal: whether the window is over and its grace too.
    mutating func figure(
        _ assignment: IndicatorPlan.Assignment,
        _ window: Window,
        now: Instant,
        isFinal: Bool
    ) -> Figure {
        var calculation = Calculation(assignment: assignment, window: window, zone: zone, catalogue: plan.catalogue)
        let end = isFinal ? window.to : min(max(now, window.from), window.to)
        calculation.elapsed = end - window.from
        var presence = Tally()
        var expected = 0.0
        for member in assignment.members {
            var values: Breakdown = [:]
            for source in member.values {
                values.merge(breakdown(of: source, window))
                if assignment.indicator.measure.needsBins {
                    calculation.bins.append(bins(of: source, window, before: calculation.binsBefore))
                }
            }
            calculation.values.merge(values)
            if values.whole.count > 0 { calculation.active += 1 }
            var heard = Tally()
            for source in member.presence { heard.merge(breakdown(of: source, window).whole) }
            presence.merge(heard)
            if member.values.contains(where: \.isOfEvents) {
                calculation.listened += heard.counted
                if assignment.indicator.measure.needsBins {
                    calculation.bins += member.presence.map { quietBins(of: $0, window) }
                }
            }
            expected += Double(member.presence.count) * (calculation.elapsed / member.interval)
        }
        calculation.presence = presence
        calculation.expected = Int(expected.rounded(.down))
        var figure = calculation.figure()
        figure.isProvisional = !isFinal
        figure.revision = max(0, Int((now - window.from).components.seconds / 60))
        return figure
    }

    /// Bins in which a device of events was heard, as bins without any event: without one they are zero, not nothing.
    private mutating func quietBins(of source: SourceKey, _ window: Window) -> [Int64: Breakdown] {
        bins(of: source, window, before: 0).filter { $0.value.whole.counted > 0 }.mapValues { _ in [:] }
    }

    /// All of a source that is in the window.
    private mutating func breakdown(of source: SourceKey, _ window: Window) -> Breakdown {
        let day = zone.day(of: window.from)
        switch window.kind {
        case .quarter, .hour:
            return bins.bins(of: source, day: day).sum(window.bins)
        case .day: return bins.days(of: source, month: day.firstOfMonth)[day.number]
        case .month: return bins.sum(of: source, month: day)
        case .year:
            var sum: Breakdown = [:]
            var month = day
            while month < day.firstOfNextYear {
                sum.merge(bins.sum(of: source, month: month))
                month = month.firstOfNextMonth
            }
            return sum
        }
    }

    /// A source's bins in a window of a day or less, and so many before it.
    private mutating func bins(of source: SourceKey, _ window: Window, before: Int) -> [Int64: Breakdown] {
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
        return found
    }
}

extension Window {
    /// The numbers of its bins.
    var bins: Range<Int64> { from.millisecondsSince1970 / Self.bin..<to.millisecondsSince1970 / Self.bin }
}
