import Domain

/// What a `DeviceChart` holds: for each point the steps that are over, in rings, and the tallies of the open ones.
///
/// A reading touches one tally a point. It becomes a step of the recent ones when its 15 s are over, and then part of
/// the day's open step.
struct ChartState {
    struct Found {
        var digits: ValueDigits
        var steps: [ValueStep]
        /// Whether the numbers are those of the display already.
        var isShown: Bool
    }

    private var kept: Set<String>
    private var shape: ReadingShape?
    /// For each point of the shape its place here; -1 for none.
    private var places: [Int] = []
    private var digits: [ValueDigits] = []
    /// The open tallies, by the points' places: of the 15 s, and of the 5 minutes without those 15 s.
    private var recent: [ValueTally] = []
    private var day: [ValueTally] = []
    /// The step of the recent ones that is open; nil before the first reading.
    private var open: Int64?
    /// The steps that are over, ring after ring by the points' places. The recent ones are as measured, so that a step
    /// costs little; those of the day are as shown.
    private var recentSteps: [ValueStep] = []
    private var daySteps: [ValueStep] = []
    /// The number of the step that lies in each slot of the rings; the slots of skipped steps keep an older number.
    private var recentSlots = [Int64](repeating: -1, count: ChartSpan.recent.wholeSteps)
    private var daySlots = [Int64](repeating: -1, count: ChartSpan.day.wholeSteps)

    init(keeping points: Set<String>) { kept = points }

    mutating func keep(_ points: Set<String>) {
        kept = points
        if let shape { adopt(shape) }
    }

    mutating func note(_ reading: Reading) {
        if shape !== reading.shape { adopt(reading.shape) }
        let step = ChartSpan.recent.step(at: reading.stamp.uptime)
        // A reading that is stamped a moment before another came late: it counts in the open step.
        if step > open ?? -1 { begin(step) }
        // Spans and single members, because a copy of each sample would cost more than the counting.
        let samples = reading.samples.span
        let places = places
        var tallies = recent.mutableSpan
        for index in samples.indices {
            let place = places[index]
            if place >= 0 { Self.count(samples[index], in: &tallies[place]) }
        }
    }

    @inline(__always)
    private static func count(_ sample: Sample?, in tally: inout ValueTally) {
        switch sample {
        case nil: return
        case .some(let sample):
            let quality = sample.reason?.quality ?? .good
            tally.note(isGood: quality == .good)
            if quality == .bad { return }
            switch sample.value {
            case .float32(let number): tally.add(float: number)
            case .none: return
            case .some(let value): if let number = value.double { tally.add(number) }
            }
        }
    }

    // MARK: Steps

    /// Closes the open step and begins another.
    private mutating func begin(_ step: Int64) {
        defer { open = step }
        guard let open else { return }
        let slot = ChartSpan.recent.slot(of: open)
        recentSlots[slot] = open
        for place in recent.indices {
            recentSteps[place * ChartSpan.recent.wholeSteps + slot] = recent[place].step
            day[place].add(recent[place])
            if recent[place].hasFloat { digits[place].isFloat = true }
            recent[place] = ValueTally()
        }
        let dayStep = ChartSpan.dayStep(of: open)
        guard ChartSpan.dayStep(of: step) != dayStep else { return }
        let daySlot = ChartSpan.day.slot(of: dayStep)
        daySlots[daySlot] = dayStep
        for place in day.indices {
            daySteps[place * ChartSpan.day.wholeSteps + daySlot] = digits[place].shown(day[place].step)
            day[place] = ValueTally()
        }
    }

    // MARK: Points

    /// Takes over the points of a shape. A point that stays as it was, or that was only moved, keeps its steps.
    private mutating func adopt(_ new: ReadingShape) {
        let before = self
        shape = new
        let chosen = new.points.indices.filter { kept.contains(new.points[$0].name) }
        places = new.points.indices.map { chosen.firstIndex(of: $0) ?? -1 }
        digits = chosen.map { ValueDigits(face: new.points[$0]) }
        recent = Array(repeating: ValueTally(), count: chosen.count)
        day = recent
        recentSteps = Array(repeating: ValueStep(), count: chosen.count * ChartSpan.recent.wholeSteps)
        daySteps = Array(repeating: ValueStep(), count: chosen.count * ChartSpan.day.wholeSteps)
        for place in digits.indices {
            guard let old = before.digits.firstIndex(where: { $0.isSame(as: digits[place]) }) else { continue }
            digits[place].isFloat = before.digits[old].isFloat
            recent[place] = before.recent[old]
            day[place] = before.day[old]
            recentSteps.replaceSubrange(
                Self.ring(place, of: .recent),
                with: before.recentSteps[Self.ring(old, of: .recent)]
            )
            daySteps.replaceSubrange(Self.ring(place, of: .day), with: before.daySteps[Self.ring(old, of: .day)])
        }
    }

    /// Where the steps of a point lie.
    private static func ring(_ place: Int, of span: ChartSpan) -> Range<Int> {
        place * span.wholeSteps..<(place + 1) * span.wholeSteps
    }

    // MARK: Looking

    func lines(of points: Set<String>?, _ span: ChartSpan, now: Uptime) -> [Found] {
        let visible = span.visible(at: now)
        return digits.indices.compactMap { place in
            guard points?.contains(digits[place].face.name) ?? true else { return nil }
            var digits = digits[place]
            if recent[place].hasFloat { digits.isFloat = true }
            let steps = visible.map { step(span, $0, place, digits) }
            return Found(digits: digits, steps: steps, isShown: span == .day)
        }
    }

    private func step(_ span: ChartSpan, _ number: Int64, _ place: Int, _ digits: ValueDigits) -> ValueStep {
        guard let open, number >= 0 else { return ValueStep() }
        let slot = span.slot(of: number)
        if span == .recent {
            if number == open { return recent[place].step }
            return recentSlots[slot] == number ? recentSteps[place * span.wholeSteps + slot] : ValueStep()
        }
        if number == ChartSpan.dayStep(of: open) {
            var tally = day[place]
            tally.add(recent[place])
            return digits.shown(tally.step)
        }
        return daySlots[slot] == number ? daySteps[place * span.wholeSteps + slot] : ValueStep()
    }
}

extension ValueDigits {
    /// Whether numbers of the other are numbers of this one too.
    fileprivate func isSame(as other: ValueDigits) -> Bool {
        face.name == other.face.name && face.unit == other.face.unit && face.words?.show == other.face.words?.show
    }
}
