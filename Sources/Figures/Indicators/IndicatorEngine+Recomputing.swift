public import Domain

extension IndicatorEngine {
    /// What computing days again has come to.
    public struct Recomputation: Sendable {
        /// One day of one source.
        public struct Part: Sendable {
            public var day: Day
            public var source: String
            /// Readings that it was computed from, and is now.
            public var before: Int
            public var after: Int
        }

        public var changed: [Part] = []
        /// Left as they were: their readings are no longer all there.
        public var refused: [Part] = []
        public var unchanged = 0
    }

    /// An engine with the same plan and nothing in it, to be fed with all that the journal still holds.
    public func scratch() -> IndicatorEngine {
        var scratch = IndicatorEngine(gateway: gateway, plan: plan, zone: zone, load: { _ in nil })
        scratch.state.without = state.without
        return scratch
    }

    /// Whether a device feeds anything, or did before it was taken out.
    public func knows(_ device: String) -> Bool { plan.feeds[device] != nil }

    /// Readings of a device on those days count nowhere any more, once the days are computed again.
    public mutating func leaveOut(_ device: String, on days: ClosedRange<Day>) {
        let new = EngineState.LeftOut(device: device, from: days.lowerBound.number, to: days.upperBound.number)
        if state.without?.contains(new) != true { state.without = (state.without ?? []) + [new] }
    }

    /// They count again: of what was left out, the part that lies within those days.
    public mutating func takeBack(_ device: String, on days: ClosedRange<Day>) {
        let (first, last) = (days.lowerBound.number, days.upperBound.number)
        state.without = state.without?.flatMap { item in
            guard item.device == device, item.from <= last, item.to >= first else { return [item] }
            return [(item.from, first - 1), (last + 1, item.to)].filter { $0.0 <= $0.1 }.map {
                EngineState.LeftOut(device: device, from: $0.0, to: $0.1)
            }
        }
    }

    /// Takes over those days of a scratch engine that are made of as many readings as before, or more; a closed window is never
    /// replaced by less, unless somebody said that a device is to be left out.
    public mutating func takeOver(_ scratch: IndicatorEngine, days: ClosedRange<Day>, now: Instant) -> Recomputation {
        var scratch = scratch
        var result = Recomputation()
        for source in plan.uses.keys.sorted() {
            var day = days.lowerBound
            while day <= min(days.upperBound, zone.day(of: now)) {
                defer { day = day + 1 }
                let before = bins.bins(of: source, day: day)
                let after = scratch.bins.bins(of: source, day: day)
                // The day's sum outlives its bins.
                let sum = bins.days(of: source, month: day.firstOfMonth)[day.number].whole.received
                let isOut = state.leavesOut(source.owner, day)
                guard before != after || isOut && sum > 0 else {
                    if !before.isEmpty { result.unchanged += 1 }
                    continue
                }
                let part = Recomputation.Part(
                    day: day,
                    source: "\(source)",
                    before: sum,
                    after: after.sum().whole.received
                )
                let isLess =
                    part.after < sum
                    || before.pieces.contains { number, piece in after[number].whole.received < piece.whole.received }
                guard isOut || !isLess else {
                    result.refused.append(part)
                    continue
                }
                bins.replace(
                    after,
                    scratch.bins.days(of: source, month: day.firstOfMonth)[day.number],
                    of: source,
                    day: day
                )
                series.replace(scratch.series.page(of: source, day: day), of: source, day: day)
                result.changed.append(part)
                touched.formUnion(plan.uses[source] ?? [])
                for bin in Set(after.pieces.keys).union(before.pieces.keys) {
                    noteLate(plan.uses[source] ?? [], at: Instant(millisecondsSince1970: bin * Window.bin))
                }
            }
        }
        return result
    }
}
