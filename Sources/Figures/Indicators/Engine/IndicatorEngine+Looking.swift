public import Domain

/// A figure with what a page says beside it.
public struct FigureView: Sendable {
    public var name: Label
    /// The open window.
    public var figure: Figure
    /// Its message exactly as it is published.
    public var payload: [UInt8]
    /// The devices that feed it, by their ids.
    public var devices: [String]
    /// How many units of its kind the city has registered, where the catalogue says it.
    public var registered: Int?
    /// The windows before that are still known, oldest first.
    public var before: [Figure]
    /// The message of the newest of them.
    public var closed: [UInt8]?
}

extension IndicatorEngine {
    /// - Parameter count: how many windows before the figure's own to look back.
    mutating func view(of figure: Figure, before count: Int, now: Instant) -> FigureView {
        let kind = figure.window.kind
        let assignment = plan.assignments.first {
            $0.indicator.id == figure.indicator.id && $0.scope == figure.scope && $0.windows.contains(kind)
        }
        let members = assignment?.members(for: kind).filter { $0.stands(in: figure.window) } ?? []
        var view = FigureView(
            name: Label(en: figure.indicator.name.en, id: figure.indicator.name.id),
            figure: figure,
            payload: figure.payload(gateway: gateway, zone: zone),
            devices: Set(members.map(\.device)).sorted(),
            before: []
        )
        // The number is known for the city as a whole only.
        if case .distinct(let registered) = figure.indicator.measure, figure.scope == "gateway" {
            view.registered = registered
        }
        if let assignment { view.before = before(figure, of: assignment, count: count, now: now) }
        view.closed = view.before.last?.payload(gateway: gateway, zone: zone)
        return view
    }

    private mutating func before(
        _ figure: Figure,
        of assignment: IndicatorPlan.Assignment,
        count: Int,
        now: Instant
    ) -> [Figure] {
        var found: [Figure] = []
        var end = figure.window.from
        for _ in 0..<count {
            let last = Instant(millisecondsSince1970: end.millisecondsSince1970 - 1)
            let window = Window(figure.window.kind, containing: last, in: zone)
            // What is older is no longer in the bins.
            guard isKept(window, of: assignment.indicator) else { break }
            let isFinal = window.to + plan.catalogue.grace <= now
            found.append(self.figure(assignment, window, now: now, isFinal: isFinal))
            end = window.from
            // Without this a year of a whole city's bins would be in memory at once.
            if found.count % 31 == 0 { bins.letGo(today: zone.day(of: now)) }
        }
        bins.letGo(today: zone.day(of: now))
        // Before a device existed there is no figure.
        while found.last?.hasMembers == false { found.removeLast() }
        return found.reversed()
    }
}
