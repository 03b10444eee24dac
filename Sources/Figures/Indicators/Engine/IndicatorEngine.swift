import Contract
public import Domain
import Foundation
import Installation

/// Puts what the journal appends into bins, and notes which figures change.
///
/// Invariants:
/// - Entries are applied in the order of their rows, each once: `appliedThrough` is the last one, saved together with
///   the bins. Whatever is lost in a crash is read from the journal again.
/// - An entry counts at its own time, not at its arrival: a reading with a device's own time finds its place among the
///   others. So any order and any split of such entries makes the same bins. Readings without an own time come in the
///   order of their time.
/// - Entries with a clock that is not synchronised wait as rows of the journal, until a `clock` event of their boot
///   gives their right time.
/// - A weighing is an event of the journal before it counts: found in a reading, appended once, and counted when it
///   comes back.
public struct IndicatorEngine: Sendable {
    /// What the caller must do after an entry was applied.
    public struct Outcome: Sendable {
        /// Events to be appended to the journal.
        public var weighings: [Event] = []
        /// Rows that can be applied now.
        public var released: Released?
    }

    /// Rows of the journal that waited for their boot's clock.
    public struct Released: Sendable {
        public var boot: String
        public var rows: ClosedRange<Int64>
        /// Milliseconds since 1970 at the boot.
        public var bootTime: Int64
    }

    /// The plan, with the devices at their present and earlier places.
    public private(set) var plan: IndicatorPlan
    var placements: PlacementBook
    private var savedPlacements: PlacementBook
    public let zone: Zone
    let gateway: String
    var bins: BinStore
    var series: SeriesStore
    /// The last reading of each source: a value holds until the next reading, and a loss reaches back to the last good
    /// one.
    var last: [SourceKey: Series.Mark]
    var state: EngineState
    /// Assignments that changed since they were last published.
    var touched: Set<Int> = []

    /// Through which time closed windows were offered to each destination; what comes later is late.
    var offered: [String: Int64] = [:]
    /// The window of each figure that was shown last.
    var shown: [String: Instant] = [:]
    /// The closed windows that were sent in this minute, and to whom.
    var issued: (minute: Int64, windows: Set<String>) = (0, [])

    static let stateKey = "engine"
    static let lastKey = "last"

    /// - Parameter load: reads what `takeChanges` returned to be saved; nil if there is nothing.
    public init(
        gateway: String,
        plan: IndicatorPlan,
        zone: Zone,
        load: @escaping @Sendable (String) -> [UInt8]?
    ) {
        self.gateway = gateway
        self.zone = zone
        placements = load(PlacementBook.key).flatMap { PlacementBook(bytes: $0) } ?? PlacementBook()
        savedPlacements = placements
        self.plan = plan.placed(by: placements)
        bins = BinStore(zone: zone, load: load)
        bins.intervals = self.plan.intervals
        series = SeriesStore(zone: zone, load: load)
        last = load(Self.lastKey).flatMap { LastMarks.read($0) } ?? [:]
        let saved = load(Self.stateKey)
        // A state that cannot be read begins anew; the replay of the journal checks whether there are bins without it.
        state = saved.flatMap { try? JSONDecoder().decode(EngineState.self, from: Data($0)) } ?? EngineState()
    }

    /// The last row that is counted in the bins.
    public var appliedThrough: Int64 { state.appliedThrough }

    /// Takes over the present configuration, at a start and at a reload. What was removed leaves its sums where they
    /// were counted, and is expected until now.
    ///
    /// - Parameter stamp: now. If its clock is not synchronised, call this again once it is.
    public mutating func replace(plan new: IndicatorPlan, at stamp: Stamp) {
        let now = stamp.clock == .synchronised ? max(stamp.time, lastSeen) : nil
        placements.settle(new.configuration.devices, now: now) { before, placement in
            new.catalogue.sources(of: placement).isSuperset(of: new.catalogue.sources(of: before))
        }
        plan = new.placed(by: placements)
        bins.intervals = plan.intervals
        touched = Set(plan.assignments.indices)
        fillJoints(now: now ?? lastSeen)
    }

    /// Whether something was removed while the clock was not synchronised.
    public var knowsNotWhen: Bool { placements.knowsNotWhen }

    /// The latest time of a reading: it is later now, even if the clock was set back.
    private var lastSeen: Instant {
        let day = zone.start(of: Day(number: state.today))
        return last.values.lazy.map(\.time).max().map { max(day, Instant(millisecondsSince1970: $0)) } ?? day
    }

    /// Begins to count after this row: for a journal that is older than its indicators, or newer than its bins.
    public mutating func skip(through row: Int64) { state.appliedThrough = max(state.appliedThrough, row) }

    // MARK: Applying

    public mutating func apply(_ observation: Observation) -> Outcome {
        var outcome = Outcome()
        guard observation.row > state.appliedThrough else { return outcome }
        state.appliedThrough = observation.row
        state.epoch = observation.epoch
        state.seq = observation.seq
        if case .event(let event) = observation.content, event.name == .clock, observation.device == nil {
            outcome.released = release(event)
        } else if observation.stamp.clock == .unsynchronised {
            // Hold it even with the device's own time: only a right time shows whether that is plausible.
            hold(observation)
        } else {
            outcome.weighings = count(row: observation)
        }
        return outcome
    }

    /// Applies an entry that has waited for its time.
    public mutating func applyReleased(_ observation: Observation, bootTime: Int64) -> [Event] {
        var corrected = observation
        corrected.stamp.time = Instant(millisecondsSince1970: bootTime + observation.stamp.uptime.milliseconds)
        corrected.stamp.clock = .synchronised
        let shift = corrected.stamp.time - observation.stamp.time
        corrected.heldUntil = observation.heldUntil.map { $0 + shift }
        if case .reading(let points) = observation.content {
            let boot = observation.stamp.time.millisecondsSince1970 - observation.stamp.uptime.milliseconds
            corrected.content = .reading(
                points.map { point in
                    var point = point
                    // A counter's `since` of this boot has the same wrong clock; one from before, which may lie in that
                    // clock's future, does not.
                    if let since = point.since, since.millisecondsSince1970 >= boot, since <= observation.stamp.time {
                        point.since = since + shift
                    }
                    return point
                }
            )
        }
        return count(row: corrected)
    }

    private mutating func hold(_ observation: Observation) {
        guard let device = observation.device, plan.feeds[device] != nil else { return }
        let boot = observation.stamp.boot
        let first = state.held[boot]?.first ?? observation.row
        state.held[boot] = .init(first: first, last: observation.row)
    }

    private mutating func release(_ event: EventObservation) -> Released? {
        guard event.words["clock"] == ClockState.synchronised.rawValue, let boot = event.words["boot"],
            let bootTime = event.numbers["boot_time_ms"], let rows = state.held.removeValue(forKey: boot)
        else { return nil }
        // The clocks of other boots never came while they lasted: their time stays unknown.
        state.held = [:]
        let milliseconds = Int64(clamping: bootTime.billionths / 1_000_000_000)
        return Released(boot: boot, rows: rows.first...rows.last, bootTime: milliseconds)
    }

    mutating func count(_ observation: Observation) -> [Event] {
        guard let device = observation.device,
            let moment = Moment(observation, feed: { plan.feed(of: device, at: $0) }),
            !state.leavesOut(device, zone.day(of: moment.time))
        else { return [] }
        let feed = moment.feed
        state.today = max(state.today, zone.day(of: observation.stamp.time).number)
        switch observation.content {
        case .reading(let points):
            for point in points {
                for tap in feed.taps[point.name] ?? [] { count(point, tap, moment) }
            }
            return weighings(in: observation, time: moment.time, feed).map { [$0] } ?? []
        case .event(let event):
            if let id = event.words["event_id"] {
                state.unheard[id] = nil
                guard state.recentEvents[device, default: RecentEvents()].insert(event.name.rawValue + "/" + id) else {
                    return []
                }
            }
            for tap in feed.eventTaps[event.name.rawValue] ?? [] {
                add(moment.tally(event, tap), tap.breakdown(of: event), of: tap.key, at: moment.milliseconds)
            }
            return []
        }
    }

    /// Whether the bins of a day are still kept; for an older day only its sum can grow.
    func hasBins(_ day: Day) -> Bool { day.number > state.today - BinStore.days }

    /// Whether a window can still be computed.
    func isKept(_ window: Window, of indicator: IndicatorDefinition) -> Bool {
        (window.kind >= .day && !indicator.measure.isOfBins) || hasBins(zone.day(of: window.from))
    }

    /// Notes windows that were published as final and have changed now.
    mutating func noteLate(_ uses: [Int], at time: Instant) {
        for (destination, ledger) in state.finals {
            let through = max(ledger.through, offered[destination] ?? ledger.through)
            guard time.millisecondsSince1970 < through else { continue }
            for index in uses {
                let assignment = plan.assignments[index]
                for kind in assignment.windows {
                    let window = Window(kind, containing: time, in: zone)
                    guard window.to.millisecondsSince1970 <= through, isKept(window, of: assignment.indicator),
                        ledger.takes(scope: assignment.scope, kind: kind, to: window.to)
                    else { continue }
                    let key = FigureKey(
                        indicator: assignment.indicator.id,
                        scope: assignment.scope,
                        kind: kind,
                        from: window.from
                    )
                    state.finals[destination]?.late["\(key)"] = state.appliedThrough
                }
            }
        }
    }

    // MARK: Weighings

    private mutating func weighings(
        in observation: Observation,
        time: Instant,
        _ feed: IndicatorPlan.DeviceFeed
    ) -> Event? {
        guard let rule = feed.weighing, let device = observation.device,
            let found = state.weighings[device, default: WeighingDetector()]
                .observe(observation, time: time, rule: rule)
        else { return nil }
        let number = found.number.map { "-\($0)" } ?? ""
        let id = "\(gateway).\(found.epoch).\(found.seq)\(number)"
        let weighing = EngineState.FoundWeighing(
            device: device,
            net: String(found.net.billionths),
            stableAt: found.stableAt.millisecondsSince1970,
            sourceTime: observation.sourceTime?.millisecondsSince1970,
            stamp: .init(observation.stamp)
        )
        state.unheard[id] = weighing
        return event(id, weighing, feed)
    }

    /// Weighings that were found but are not in the journal: after a crash between the two, they are appended again.
    public var unheardWeighings: [Event] {
        state.unheard.sorted { $0.value.stamp.time < $1.value.stamp.time }.compactMap { id, weighing in
            plan.feeds[weighing.device]?.last.map { event(id, weighing, $0) }
        }
    }

    private func event(_ id: String, _ found: EngineState.FoundWeighing, _ feed: IndicatorPlan.DeviceFeed) -> Event {
        var data: [(key: String, value: DataValue)] = [
            ("event_id", .string(id)),
            ("net", .number(.decimal(Fixed(billionths: Int128(found.net) ?? 0).decimal))),
        ]
        if let unit = feed.netUnit { data.append(("unit", .string(unit))) }
        data.append(("labels", .object(feed.labels.map { .init($0.key, .string($0.value)) })))
        data.append(("stable_at", .string("\(Instant(millisecondsSince1970: found.stableAt))")))
        let sourceTime = found.sourceTime.map { Instant(millisecondsSince1970: $0) }
        data.append(("cleared_at", .string("\(sourceTime ?? found.stamp.stamp.time)")))
        return Event(
            .weighing,
            severity: .info,
            stamp: found.stamp.stamp,
            site: feed.site,
            device: found.device,
            sourceTime: sourceTime,
            byDevice: true,
            data: data
        )
    }

    // MARK: Saving

    /// All changes, to be saved in one transaction after the journal's rows through `appliedThrough`.
    public mutating func takeChanges(now: Instant) -> [(key: String, value: [UInt8])] {
        let today = zone.day(of: now)
        var changes = bins.takeChanges(today: today) + series.takeChanges(today: today)
        changes.append((Self.lastKey, LastMarks.bytes(last)))
        if placements != savedPlacements {
            savedPlacements = placements
            changes.append((PlacementBook.key, placements.bytes))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Plain numbers, words and dictionaries: JSON can express all of it.
        if let bytes = try? encoder.encode(state) { changes.append((Self.stateKey, Array(bytes))) }
        return changes
    }

    /// Bins that could not be read and begin anew.
    public var unreadable: [String] { bins.unreadable + series.unreadable }
}
