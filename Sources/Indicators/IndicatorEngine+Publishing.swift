public import Domain

extension IndicatorEngine {
    /// Closed windows on their way to a destination.
    public struct Batch: Sendable {
        public var figures: [Figure]
        var through: Int64
        /// Late ones among them, with the row that changed them.
        var late: [String: Int64]
    }

    /// The open windows that say something new since they were asked for last, and those that have just begun.
    ///
    /// - Parameter long: whether months and years are wanted too, which move slowly.
    public mutating func openFigures(now: Instant, long: Bool) -> [Figure] {
        var figures: [Figure] = []
        for (index, assignment) in plan.assignments.enumerated() {
            for kind in assignment.indicator.windows {
                let window = Window(kind, containing: now, in: zone)
                let shownKey = FigureKey(
                    indicator: assignment.indicator.id,
                    scope: assignment.scope,
                    kind: kind,
                    from: window.from
                )
                let isNew = shown[shownKey.withoutTime] != window.from
                guard isNew || (touched.contains(index) && (long || kind <= .day)) else { continue }
                shown[shownKey.withoutTime] = window.from
                figures.append(figure(assignment, window, now: now, isFinal: false))
            }
        }
        // What is only shown with the long ones stays touched until they are.
        if long {
            touched = []
        } else {
            touched = touched.filter { index in plan.assignments[index].indicator.windows.contains { $0 > .day } }
        }
        return figures
    }

    /// The next closed windows that a destination does not have: all that ended at one moment, or late ones.
    ///
    /// - Parameters:
    ///   - late: whether windows that were told before and have changed since may be among them.
    ///   - limit: how many late ones at once.
    /// - Returns: nil when it has all.
    public mutating func nextFinals(for destination: String, now: Instant, late: Bool, limit: Int = 64) -> Batch? {
        let edge = now.millisecondsSince1970.flooredDivision(by: Window.bin).quotient * Window.bin
        guard var ledger = state.finals[destination] else {
            // It begins with what ends from now on.
            state.finals[destination] = FinalsLedger(through: edge)
            return nil
        }
        // After a very long absence nobody waits for a year of quarters of an hour.
        ledger.through = max(ledger.through, edge - 40 * 86_400_000)
        if late, !ledger.late.isEmpty {
            let keys = ledger.late.sorted { $0.key < $1.key }.prefix(limit)
            let figures = keys.compactMap { key, _ in
                FigureKey(key).flatMap { figure($0, now: now) }
            }
            return Batch(
                figures: figures,
                through: ledger.through,
                late: Dictionary(uniqueKeysWithValues: keys.map { ($0.key, $0.value) })
            )
        }
        let next = ledger.through + Window.bin
        guard next + plan.catalogue.grace.wholeMilliseconds <= now.millisecondsSince1970 else { return nil }
        let last = Instant(millisecondsSince1970: next - 1)
        var figures: [Figure] = []
        for assignment in plan.assignments {
            for kind in assignment.indicator.windows {
                let window = Window(kind, containing: last, in: zone)
                guard window.to.millisecondsSince1970 == next else { continue }
                figures.append(figure(assignment, window, now: now, isFinal: true))
            }
        }
        offered[destination] = next
        return Batch(figures: figures, through: next, late: [:])
    }

    /// A destination has them.
    public mutating func delivered(_ batch: Batch, to destination: String) {
        guard var ledger = state.finals[destination] else { return }
        ledger.through = max(ledger.through, batch.through)
        for (key, row) in batch.late where ledger.late[key] == row { ledger.late[key] = nil }
        state.finals[destination] = ledger
    }

    /// What is no longer a destination is owed nothing.
    public mutating func keep(destinations: [String]) {
        state.finals = state.finals.filter { destinations.contains($0.key) }
    }

    /// The figure of a window that ended; nil when nothing computes it any more.
    mutating func figure(_ key: FigureKey, now: Instant) -> Figure? {
        guard
            let assignment = plan.assignments.first(where: {
                $0.indicator.id == key.indicator && $0.scope == key.scope
            })
        else { return nil }
        return figure(assignment, Window(key.kind, containing: key.from, in: zone), now: now, isFinal: true)
    }

    /// Every figure whose window begins in the span, oldest first: what an export tells.
    public mutating func figures(from: Instant, to: Instant, now: Instant, kinds: Set<WindowKind>) -> [Figure] {
        var found: [Figure] = []
        for assignment in plan.assignments {
            for kind in assignment.indicator.windows where kinds.contains(kind) {
                var window = Window(kind, containing: from, in: zone)
                if window.from < from { window = window.next(in: zone) }
                while window.from < min(to, now) {
                    let isFinal = window.to + plan.catalogue.grace <= now
                    found.append(figure(assignment, window, now: now, isFinal: isFinal))
                    window = window.next(in: zone)
                }
            }
        }
        return found
    }
}
