public import Domain
public import Installation

extension IndicatorEngine {
    /// Closed windows on their way to a destination.
    public struct Batch: Sendable {
        public var figures: [Figure]
        var through: Int64
        /// The late windows among them, with the row that changed each.
        var late: [String: Int64]
    }

    /// The open windows that have changed since the last call, and those that have just begun.
    ///
    /// - Parameter long: whether to include months and years, which change slowly.
    public mutating func openFigures(now: Instant, long: Bool) -> [Figure] {
        var figures: [Figure] = []
        for (index, assignment) in plan.assignments.enumerated() {
            for kind in assignment.windows {
                let window = Window(kind, containing: now, in: zone)
                guard assignment.stands(in: window) else { continue }
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
        // Windows that appear only with the long ones stay touched until then.
        if long {
            touched = []
        } else {
            touched = touched.filter { index in plan.assignments[index].windows.contains { $0 > .day } }
        }
        return figures
    }

    /// The next closed windows that a destination does not have: all that ended at one moment, or late ones.
    ///
    /// A window is sent once a minute at most, so that its revision rises.
    ///
    /// - Parameter limit: how many late ones to return at once.
    /// - Returns: nil when it has all.
    public mutating func nextFinals(for destination: String, now: Instant, limit: Int = 64) -> Batch? {
        let edge = now.millisecondsSince1970.flooredDivision(by: Window.bin).quotient * Window.bin
        guard var ledger = state.finals[destination] else {
            // A new destination begins with the windows that end from now on.
            state.finals[destination] = FinalsLedger(through: edge)
            return nil
        }
        // After a very long absence nobody waits for a year of quarters of an hour.
        ledger.through = max(ledger.through, edge - (BinStore.days - 5) * 86_400_000)
        let minute = now.millisecondsSince1970 / 60_000
        if issued.minute != minute { issued = (minute, []) }
        dropUnselected(in: &ledger, of: destination)
        let keys = ledger.late.filter { !issued.windows.contains(destination + "/" + $0.key) }.sorted {
            $0.key < $1.key
        }
        .prefix(limit)
        if !keys.isEmpty {
            for (key, _) in keys { issued.windows.insert(destination + "/" + key) }
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
            for kind in assignment.windows {
                let window = Window(kind, containing: last, in: zone)
                guard window.to.millisecondsSince1970 == next, assignment.stands(in: window),
                    ledger.takes(scope: assignment.scope, kind: kind, to: window.to)
                else { continue }
                let key = FigureKey(
                    indicator: assignment.indicator.id,
                    scope: assignment.scope,
                    kind: kind,
                    from: window.from
                )
                issued.windows.insert("\(destination)/\(key)")
                figures.append(figure(assignment, window, now: now, isFinal: true))
            }
        }
        offered[destination] = next
        return Batch(figures: figures, through: next, late: [:])
    }

    /// Notes that a destination has acknowledged them.
    public mutating func delivered(_ batch: Batch, to destination: String) {
        guard var ledger = state.finals[destination] else { return }
        ledger.through = max(ledger.through, batch.through)
        for (key, row) in batch.late where ledger.late[key] == row { ledger.late[key] = nil }
        state.finals[destination] = ledger
    }

    /// Late windows that the configuration left out after they had changed are not owed any more.
    private mutating func dropUnselected(in ledger: inout FinalsLedger, of destination: String) {
        guard !ledger.takesAll, !ledger.late.isEmpty else { return }
        let kept = ledger.late.filter { text, _ in
            guard let key = FigureKey(text) else { return true }
            let end = Window(key.kind, containing: key.from, in: zone).to
            return ledger.takes(scope: key.scope, kind: key.kind, to: end)
        }
        guard kept.count < ledger.late.count else { return }
        ledger.late = kept
        state.finals[destination]?.late = kept
    }

    /// Sets who gets closed windows: a new destination gets those that end from now on, a removed one gets none. A
    /// figure that a destination did not get before begins with the windows that end from now on.
    ///
    /// - Parameter selections: by destination; one that is not named gets all figures.
    /// - Returns: whether that is to be saved. After a kill before, a new destination would get only the windows that
    ///   end after the start.
    @discardableResult
    public mutating func serve(
        _ destinations: [String],
        selecting selections: [String: FigureSelection] = [:],
        now: Instant
    ) -> Bool {
        let before = state.finals
        let edge = now.millisecondsSince1970.flooredDivision(by: Window.bin).quotient * Window.bin
        state.finals = Dictionary(
            uniqueKeysWithValues: destinations.map { id in
                let selection = selections[id] ?? .everything
                var ledger = state.finals[id] ?? FinalsLedger(through: edge, selecting: selection)
                ledger.select(selection, at: edge)
                return (id, ledger)
            }
        )
        return state.finals != before
    }

    /// The figure of a window that ended; nil if nothing computes it any more.
    mutating func figure(_ key: FigureKey, now: Instant) -> Figure? {
        guard
            let assignment = plan.assignments.first(where: {
                $0.indicator.id == key.indicator && $0.scope == key.scope && $0.windows.contains(key.kind)
            })
        else { return nil }
        return figure(assignment, Window(key.kind, containing: key.from, in: zone), now: now, isFinal: true)
    }

    /// A handful of open windows for a person to look at: for each indicator the widest scope that lies wholly in this
    /// gateway, by the hour where there are hours.
    public mutating func overview(now: Instant, most: Int = 10) -> [Figure] {
        var found: [Figure] = []
        for indicator in plan.catalogue.indicators {
            let candidates = plan.assignments.filter { $0.indicator.id == indicator.id && !$0.isPartial }
            let widest = candidates.first { $0.scope == "gateway" } ?? candidates.first { $0.scope.hasPrefix("site-") }
            guard let assignment = widest ?? candidates.first,
                let kind = assignment.windows.first(where: { $0 >= .hour }) ?? assignment.windows.first
            else { continue }
            let figure = figure(assignment, Window(kind, containing: now, in: zone), now: now, isFinal: false)
            found.append(figure)
            if found.count == most { break }
        }
        return found
    }

    /// The open windows of that length, scope by scope, each in the catalogue's order.
    public mutating func current(_ kind: WindowKind, now: Instant, where wanted: (String) -> Bool) -> [Figure] {
        let window = Window(kind, containing: now, in: zone)
        let ranks = ["gateway", "kecamatan", "kelurahan", "site", "device"]
        func rank(_ scope: String) -> Int { ranks.firstIndex { scope.hasPrefix($0) } ?? ranks.count }
        let chosen = plan.assignments.enumerated().filter {
            wanted($1.scope) && $1.windows.contains(kind) && $1.stands(in: window)
        }
        let sorted = chosen.sorted {
            (rank($0.element.scope), $0.element.scope, $0.offset) < (
                rank($1.element.scope), $1.element.scope, $1.offset
            )
        }
        return sorted.map { figure($0.element, window, now: now, isFinal: false) }
    }

    /// The windows before a figure's window, oldest first.
    public mutating func before(_ figure: Figure, count: Int, now: Instant) -> [Figure] {
        var found: [Figure] = []
        var end = figure.window.from
        for _ in 0..<count {
            let window = Window(
                figure.window.kind,
                containing: Instant(millisecondsSince1970: end.millisecondsSince1970 - 1),
                in: zone
            )
            let key = FigureKey(
                indicator: figure.indicator.id,
                scope: figure.scope,
                kind: window.kind,
                from: window.from
            )
            guard let earlier = self.figure(key, now: now) else { break }
            found.append(earlier)
            end = window.from
        }
        return found.reversed()
    }

    /// Every figure whose window begins in the span, as far as its bins are still kept; an export contains these.
    public mutating func figures(from: Instant, to: Instant, now: Instant, kinds: Set<WindowKind>) -> [Figure] {
        var found: [Figure] = []
        for assignment in plan.assignments {
            for kind in assignment.windows where kinds.contains(kind) {
                var window = Window(kind, containing: from, in: zone)
                if window.from < from { window = window.next(in: zone) }
                while window.from < min(to, now) {
                    let isFinal = window.to + plan.catalogue.grace <= now
                    if isKept(window, of: assignment.indicator), assignment.stands(in: window) {
                        let figure = figure(assignment, window, now: now, isFinal: isFinal)
                        if figure.hasMembers { found.append(figure) }
                    }
                    window = window.next(in: zone)
                }
            }
        }
        return found
    }
}
