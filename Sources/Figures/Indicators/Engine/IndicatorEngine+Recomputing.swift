public import Domain

extension IndicatorEngine {
    /// The result of computing days again.
    public struct Recomputation: Sendable {
        /// One day of one source.
        public struct Part: Sendable {
            public var day: Day
            public var source: String
            /// How many readings it was computed from before, and is now.
            public var before: Int
            public var after: Int
        }

        public var changed: [Part] = []
        /// Days left as they were: some of their readings are no longer there.
        public var refused: [Part] = []
        public var unchanged = 0
    }

    /// An empty engine with the same plan, to apply all that the journal still holds.
    public func scratch() -> IndicatorEngine {
        var scratch = IndicatorEngine(gateway: gateway, plan: plan, zone: zone, load: { _ in nil })
        scratch.state.without = state.without
        return scratch
    }

    /// Whether a device feeds anything, or did before its removal.
    public func knows(_ device: String) -> Bool { plan.feeds[device] != nil }

    /// Makes a device's readings on those days count nowhere, once the days are computed again.
    public mutating func leaveOut(_ device: String, on days: ClosedRange<Day>) {
        let new = EngineState.LeftOut(device: device, from: days.lowerBound.number, to: days.upperBound.number)
        if state.without?.contains(new) != true { state.without = (state.without ?? []) + [new] }
    }

    /// Makes them count again: the part of what was left out that lies within those days.
    public mutating func takeBack(_ device: String, on days: ClosedRange<Day>) {
        let (first, last) = (days.lowerBound.number, days.upperBound.number)
        state.without = state.without?.flatMap { item in
            guard item.device == device, item.from <= last, item.to >= first else { return [item] }
            return [(item.from, first - 1), (last + 1, item.to)].filter { $0.0 <= $0.1 }.map {
                EngineState.LeftOut(device: device, from: $0.0, to: $0.1)
            }
        }
    }

    /// Takes over the days of a scratch engine that contain as many readings as before, or more. A closed window is
    /// never replaced by less, unless a person asked to leave out a device.
    public mutating func takeOver(_ scratch: IndicatorEngine, days: ClosedRange<Day>, now: Instant) -> Recomputation {
        var scratch = scratch
        var result = Recomputation()
        for source in plan.uses.keys.sorted() {
            var day = days.lowerBound
            while day <= min(days.upperBound, zone.day(of: now)) {
                defer { day = day + 1 }
                let before = bins.bins(of: source, day: day)
                let after = scratch.bins.bins(of: source, day: day)
                // The day's sum is kept longer than its bins.
                let sum = bins.days(of: source, month: day.firstOfMonth)[day.number].whole.received
                let isOut = state.leavesOut(source.owner, day)
                // Held readings were counted as they came, and a journal has them within their deadbands alone: nothing
                // is replaced where nothing is missing.
                let isHeld = plan.byException.contains(source.owner) || scratch.state.sent?[source.owner] != nil
                let isSame = before == after || isHeld && before.sum().whole.isAsMany(as: after.sum().whole)
                guard !isSame || isOut && sum > 0 else {
                    if !before.isEmpty { result.unchanged += 1 }
                    continue
                }
                let part = Recomputation.Part(
                    day: day,
                    source: "\(source)",
                    before: sum,
                    after: after.sum().whole.received
                )
                // The times of held readings are known in the middle: one may count in the quarter beside its own.
                let isLess =
                    part.after < sum
                    || !isHeld
                        && before.pieces.contains { number, piece in
                            after[number].whole.received < piece.whole.received
                        }
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

extension Tally {
    /// Whether as many readings were received and left out.
    fileprivate func isAsMany(as other: Tally) -> Bool {
        received == other.received && excluded == other.excluded && unverified == other.unverified
    }
}
