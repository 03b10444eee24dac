public import Contract
import Domain
public import Forwarding
public import Installation

/// How often the figures of a plan go out, and how long they are: from the engine itself, with sample readings.
public struct FigureTraffic: Sendable {
    struct Item: Sendable {
        var scope: String
        var window: WindowKind
        /// Bytes of the PUBLISH packets.
        var open: Double
        var closed: Double
        /// How often the open one changes by readings; nil where they change nothing in it.
        var changes: Duration?
    }

    private let items: [Item]

    /// - Parameters:
    ///   - samples: at least a reading of each device.
    ///   - offset: the seconds by which the zone is ahead of UTC.
    public init(_ plan: IndicatorPlan, samples: [SampleReading], topics: Topics, timezone: String, offset: Int64) {
        guard let stamp = samples.first?.reading.stamp, !plan.assignments.isEmpty else {
            items = []
            return
        }
        let zone = Zone(name: timezone, offset: { _ in offset }, offsetOfLocal: { _ in offset })
        var engine = IndicatorEngine(gateway: topics.gateway, plan: plan, zone: zone, load: { _ in nil })
        engine.replace(plan: plan, at: stamp)
        var row: Int64 = 0
        func feed(_ samples: [SampleReading], _ moment: Stamp) {
            for sample in samples {
                row += 1
                var reading = sample.reading
                reading.stamp = moment
                let entry = JournalEntry(
                    row: row,
                    gateway: topics.gateway,
                    epoch: "12-3f2a9c1d",
                    seq: UInt64(1_000_000 + row),
                    kind: .reading,
                    site: reading.shape.site,
                    device: reading.shape.device,
                    stamp: moment,
                    content: []
                )
                let wanted = engine.plan.wanted(of: reading.shape.device)
                _ = engine.apply(Observation(entry, reading, wanted: wanted))
            }
        }
        func later(_ seconds: Int64) -> Stamp {
            Stamp(
                time: stamp.time + .seconds(seconds),
                clock: .synchronised,
                boot: stamp.boot,
                uptime: stamp.uptime + .seconds(seconds)
            )
        }
        feed(samples, stamp)
        feed(samples, later(60))
        var sizes: [String: (figure: Figure, open: Double, closed: Double)] = [:]
        for figure in engine.openFigures(now: later(60).time, long: true) {
            let payload = figure.payload(gateway: topics.gateway, zone: zone)
            sizes[figure.name] = (
                figure, Double(UplinkPlan.size(topics.indicator(figure.name), payload)),
                Double(UplinkPlan.size(topics.indicator(figure.name, isFinal: true), payload))
            )
        }
        // What changes with the readings of devices that come as often, from the fastest to the slowest.
        var changes: [String: Duration] = [:]
        let intervals = Dictionary(plan.configuration.devices.map { ($0.id, $0.interval) }) { first, _ in first }
        let every = plan.catalogue.provisionalEvery
        let paces = Dictionary(grouping: samples) { max(every, intervals[$0.reading.shape.device] ?? every) }
        for (round, pace) in paces.keys.sorted().enumerated() {
            let moment = later(120 + Int64(round) * 60)
            feed(paces[pace] ?? [], moment)
            for figure in engine.openFigures(now: moment.time, long: true) where changes[figure.name] == nil {
                changes[figure.name] = figure.window.kind > .day ? max(pace, .seconds(900)) : pace
            }
        }
        items = sizes.map { name, size in
            Item(
                scope: size.figure.scope,
                window: size.figure.window.kind,
                open: size.open,
                closed: size.closed,
                changes: changes[name]
            )
        }
    }

    /// Windows of that length that end in a day.
    private static func perDay(_ kind: WindowKind) -> Double {
        switch kind {
        case .quarter: 96
        case .hour: 24
        case .day: 1
        case .month: 1 / UplinkEstimate.daysPerMonth
        case .year: 1 / 365.25
        }
    }

    /// The figures that a destination gets.
    public func streams(for selection: FigureSelection) -> [UplinkStream] {
        let chosen = items.filter { selection.takes(scope: $0.scope, window: $0.window.rawValue) }
        return chosen.flatMap { item -> [UplinkStream] in
            let ends = Self.perDay(item.window)
            let closed = UplinkStream(.indicators, bytes: item.closed, perDay: ends...ends)
            // Every figure is sent when its window begins.
            var often = max(item.changes.map { 86_400 / $0.inSeconds } ?? 0, ends)
            switch selection.open {
            case .never: return [closed]
            case .asTheyChange: break
            case .every(let pause): often = min(often, 86_400 / pause.inSeconds)
            }
            var open = UplinkStream(.indicators, bytes: item.open, perDay: often...often)
            // A round gives all that have changed.
            open.isInBursts = chosen.count > 2
            return [closed, open]
        }
    }

    /// How many of the figures a destination gets.
    public func count(for selection: FigureSelection) -> Int {
        items.count { selection.takes(scope: $0.scope, window: $0.window.rawValue) }
    }

    /// What each connection repeats of them: open figures, unless they go at their own pace.
    public func greeting(for selection: FigureSelection) -> (bytes: Int64, messages: Int) {
        guard selection.open == .asTheyChange else { return (0, 0) }
        let open = items.filter { selection.takesOpen(scope: $0.scope, window: $0.window.rawValue) }
        return (Int64(open.reduce(0) { $0 + $1.open }), open.count)
    }
}
