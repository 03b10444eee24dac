public import Domain

/// A day's figure that a new computation has changed.
public struct FigureChange: Sendable, Equatable {
    public var indicator: String
    /// The scope's name in topics.
    public var scope: String
    public var window: Window
    /// A number's digits or a word; nil if there is no value.
    public var old: String?
    public var new: String?
}

extension IndicatorEngine {
    /// Does the same as `takeOver`, and returns which figures of days have changed.
    public mutating func takeOverComparing(
        _ scratch: IndicatorEngine,
        days: ClosedRange<Day>,
        now: Instant
    ) -> (result: Recomputation, changes: [FigureChange]) {
        var before = self
        let result = takeOver(scratch, days: days, now: now)
        let sources = Dictionary(plan.uses.map { ("\($0.key)", $0.value) }) { first, _ in first }
        var touched: [Day: Set<Int>] = [:]
        for part in result.changed { touched[part.day, default: []].formUnion(sources[part.source] ?? []) }
        var changes: [FigureChange] = []
        for (day, indices) in touched.sorted(by: { $0.key < $1.key }) {
            let window = Window(.day, containing: zone.start(of: day), in: zone)
            let isFinal = window.to + plan.catalogue.grace <= now
            for index in indices.sorted() where plan.assignments[index].indicator.windows.contains(.day) {
                let assignment = plan.assignments[index]
                let old = before.figure(assignment, window, now: now, isFinal: isFinal).valueText
                let new = figure(assignment, window, now: now, isFinal: isFinal).valueText
                guard old != new else { continue }
                changes.append(
                    FigureChange(
                        indicator: assignment.indicator.id,
                        scope: assignment.scope,
                        window: window,
                        old: old,
                        new: new
                    )
                )
            }
        }
        return (result, changes)
    }
}

extension Figure {
    /// The value's digits or word; nil if there is no value.
    public var valueText: String? {
        switch value {
        case .number(let number): number.description
        case .word(let word): word
        case nil: nil
        }
    }
}
