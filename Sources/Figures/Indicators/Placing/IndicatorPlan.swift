public import Documents
public import Domain
public import Installation
import Profiles

/// Combines the catalogue with the devices of a configuration: which device feeds what, and which figures there are.
public struct IndicatorPlan: Sendable {
    /// What one device feeds while it is at a place.
    struct DeviceFeed: Sendable {
        var isVerified: Bool
        /// When it left; nil while it is there.
        var until: Instant?
        var taps: [String: [Tap]] = [:]
        var eventTaps: [String: [Tap]] = [:]
        var weighing: WeighingRule?
        var netUnit: String?
        var site: String
        var labels: [(key: String, value: String)]

        /// The points that a figure takes.
        var wanted: Set<String> = []

        var allTaps: [Tap] { taps.values.flatMap(\.self) + eventTaps.values.flatMap(\.self) }

        /// Milliseconds since 1970.
        fileprivate var end: Int64 { until?.millisecondsSince1970 ?? .max }
    }

    /// One device's part in a figure.
    struct Member: Sendable {
        var device: String
        var site: String
        var isVerified: Bool
        /// When it was first read here, when it came from another place, and when it left.
        var added: Instant?
        var since: Instant?
        var until: Instant?
        /// Milliseconds between its readings.
        var interval: Int64
        /// The day from which its readings are expected; nil if the configuration does not give it.
        var expectedFrom: Day?
        /// Bins with the values.
        var values: [SourceKey] = []
        /// Bins with speeds, for levels of service that go by speed.
        var speeds: [SourceKey] = []
        /// Bins that show whether the device was present, and how often.
        var presence: [SourceKey] = []
        /// The definition of a leap for each source of an anomaly.
        var leaps: [SourceKey: NamedLeap] = [:]

        struct NamedLeap: Sendable {
            /// The name of the source in the figure.
            var parameter: String
            var rule: Measure.Leap
        }

        var isEmpty: Bool { values.isEmpty && speeds.isEmpty }

        init(_ placement: Placement) {
            device = placement.device
            site = placement.spot.site
            isVerified = placement.isVerified
            added = placement.added
            since = placement.since
            until = placement.until
            interval = placement.interval.wholeMilliseconds
            expectedFrom = placement.expectedFrom
        }

        /// Whether it was there in any part of the window. A reading too late for that was measured before.
        func stands(in window: Window) -> Bool { until.map { $0 > window.from } ?? true }
    }

    /// A device with what it gives to one indicator.
    private struct Part {
        var placement: Placement
        var member: Member
    }

    /// Conditions that hold at a place only where all of them hold: bins made from the bins of its sources.
    struct Joint: Sendable, Hashable {
        struct Source: Sendable, Hashable, Comparable {
            var key: SourceKey
            /// From when until when it was there, in milliseconds since 1970.
            var since: Int64
            var until: Int64

            /// Whether the condition applies to the place in a bin.
            func holds(in bin: Int64) -> Bool { since < (bin + 1) * Window.bin && until > bin * Window.bin }

            static func < (a: Source, b: Source) -> Bool { a.key < b.key }
        }

        var key: SourceKey
        var sources: [Source]
    }

    /// One indicator for one scope.
    struct Assignment: Sendable {
        var indicator: IndicatorDefinition
        /// The scope's name in topics: `site-market`.
        var scope: String
        /// Whether other gateways may have devices in the same scope.
        var isPartial: Bool
        var members: [Member]
        var road: Road?
        var joints: [Joint] = []
        /// The windows with a member whose readings are frequent enough.
        var windows: [WindowKind] = []

        /// The members that feed a window of that kind.
        func members(for kind: WindowKind) -> [Member] {
            var longest: Int64 = .max
            if indicator.measure.isOfShortFlow || kind == .quarter {
                longest = Window.bin
            } else if kind == .hour {
                longest = 4 * Window.bin
            }
            return members.filter { $0.interval <= longest }
        }

        /// Whether anything was there in any part of the window.
        func stands(in window: Window) -> Bool { members.contains { $0.stands(in: window) } }
    }

    public let catalogue: IndicatorCatalogue
    let configuration: Configuration
    /// The places of each device in order; the last is its present one, if it has one.
    let feeds: [String: [DeviceFeed]]
    let assignments: [Assignment]
    /// The assignments that a source is part of.
    let uses: [SourceKey: [Int]]
    /// How each source is taken.
    let taps: [SourceKey: Tap]
    /// The joint conditions that a source is part of.
    let joints: [SourceKey: [Joint]]
    /// Milliseconds between the readings of each device, by the key of its bins.
    let intervals: [String: Int64]
    /// Devices whose readings go out by exception.
    let byException: Set<String>
    /// What figures leave out because it does not fit, a sentence each.
    public var leftOut: [String]

    /// - Parameter log: receives what does not fit together, such as a point whose unit cannot become the indicator's.
    public init(catalogue: IndicatorCatalogue, configuration: Configuration, log: ProblemLog) {
        let placements = configuration.devices.map(Placement.init)
        self.init(catalogue: catalogue, configuration: configuration, placements: placements, log: log)
    }

    /// The same plan, with the devices at the present and earlier places in the book.
    func placed(by book: PlacementBook) -> IndicatorPlan {
        if book.isPlain { return self }
        // The reader of the configuration has reported what does not fit.
        var plan = IndicatorPlan(
            catalogue: catalogue,
            configuration: configuration,
            placements: book.placements(of: configuration.devices),
            log: ProblemLog()
        )
        plan.leftOut = leftOut + book.unreadable.map { "what \($0) counted before it went: its profile cannot be read" }
        return plan
    }

    private init(
        catalogue: IndicatorCatalogue,
        configuration: Configuration,
        placements: [Placement],
        log: ProblemLog
    ) {
        self.catalogue = catalogue
        self.configuration = configuration
        byException = Set(configuration.devices.lazy.filter(\.send.isByException).map(\.id))
        var feeds: [String: [DeviceFeed]] = [:]
        var parts: [String: [Part]] = [:]
        var leftOut: [String] = []
        // Many devices share a profile: find the rules for each profile once.
        var rulesOfProfile: [String: [IndicatorCatalogue.Rules]] = [:]
        for placement in placements {
            let profile = placement.profile
            let rules = rulesOfProfile[profile.hash] ?? catalogue.rules(for: profile)
            rulesOfProfile[profile.hash] = rules
            let taken = Taken(placement, rules, catalogue: catalogue, log: log)
            feeds[placement.device, default: []].append(taken.feed)
            for (indicator, member) in taken.members {
                parts[indicator, default: []].append(Part(placement: placement, member: member))
            }
            leftOut += taken.leftOut
        }
        // Places in the order in which they were left; the present one is last.
        self.feeds = feeds.mapValues { $0.sorted { $0.end < $1.end } }
        self.leftOut = leftOut
        let assignments = catalogue.indicators.flatMap { indicator in
            Self.assignments(of: indicator, parts[indicator.id] ?? [], catalogue, log)
        }
        self.assignments = assignments
        let all = feeds.values.joined().flatMap(\.allTaps)
        taps = Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
        var uses: [SourceKey: [Int]] = [:]
        for (index, assignment) in assignments.enumerated() {
            let keys = assignment.members.flatMap { $0.values + $0.speeds + $0.presence } + assignment.joints.map(\.key)
            for key in Set(keys) { uses[key, default: []].append(index) }
        }
        self.uses = uses
        var joints: [SourceKey: [Joint]] = [:]
        for joint in Set(assignments.flatMap(\.joints)) {
            for source in joint.sources { joints[source.key, default: []].append(joint) }
        }
        self.joints = joints
        intervals = Dictionary(
            placements.map { ($0.key, $0.interval.wholeMilliseconds) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// How many figures there are.
    public var figureCount: Int { assignments.reduce(0) { $0 + $1.windows.count } }

    /// How many figures each indicator has, by its id.
    public var figureCounts: [String: Int] {
        assignments.reduce(into: [:]) { $0[$1.indicator.id, default: 0] += $1.windows.count }
    }

    /// Every figure that is published, with its name in its topic: `mobility/traffic-volume/gateway/day`.
    ///
    /// - Parameter now: figures of places without a device end with the windows that are open then.
    public func names(now: Instant, zone: Zone) -> [String] {
        assignments.flatMap { assignment in
            assignment.windows.filter { assignment.stands(in: Window($0, containing: now, in: zone)) }.map { kind in
                "\(assignment.indicator.theme.rawValue)/\(assignment.indicator.id)/\(assignment.scope)/\(kind.rawValue)"
            }
        }
    }

    /// Devices whose readings a figure takes.
    public var readDevices: Set<String> { Set(feeds.filter { $0.value.contains { !$0.wanted.isEmpty } }.keys) }

    /// The points of a device that a figure takes.
    public func wanted(of device: String) -> Set<String> {
        feeds[device]?.reduce(into: []) { $0.formUnion($1.wanted) } ?? []
    }

    /// What a device fed at a time; nil for one that was never here.
    func feed(of device: String, at time: Instant) -> DeviceFeed? {
        let places = feeds[device]
        // A late reading of a removed device belongs to its last place.
        return places?.first { $0.until.map { time < $0 } ?? true } ?? places?.last
    }

    // MARK: Scopes

    private static func assignments(
        of indicator: IndicatorDefinition,
        _ parts: [Part],
        _ catalogue: IndicatorCatalogue,
        _ log: ProblemLog
    ) -> [Assignment] {
        // A second device that counts the same vehicles or the same water is left out of sums.
        let counting = parts.filter { part in !part.placement.labels.contains { $0.key == "duplicate_of" } }
        var found: [Assignment] = []
        func add(_ scope: String, _ parts: [Part], partial: Bool = false, at spot: Placement.Spot? = nil) {
            var parts = parts
            // Levels of several gauges do not add up: a site takes the gauge that it names.
            if indicator.across == .gauge, !scope.hasPrefix("device-") {
                parts = parts.filter { spot != nil && $0.placement.spot.gauge == $0.placement.device }
            }
            let all = parts.map(\.member)
            guard !all.isEmpty else { return }
            if indicator.measure.needsRoad {
                guard isReady(spot?.road, for: indicator.measure, scope, catalogue, log) else { return }
            }
            var assignment = Assignment(
                indicator: indicator,
                scope: scope,
                isPartial: partial,
                members: all,
                road: spot?.road
            )
            if indicator.measure == .share {
                assignment.joints = joints(of: indicator, all, each: scope.hasPrefix("device-") ? \.device : \.site)
            }
            assignment.windows = indicator.windows.filter { !assignment.members(for: $0).isEmpty }
            found.append(assignment)
        }
        for scope in indicator.scopes {
            switch scope {
            case .device:
                let all = Dictionary(grouping: parts, by: \.placement.device)
                var seen: Set<String> = []
                for part in parts where seen.insert(part.placement.device).inserted {
                    add("device-" + part.placement.device, all[part.placement.device] ?? [], at: part.placement.spot)
                }
            case .site:
                for (site, parts) in grouped(counting, by: { $0.site }) {
                    add("site-" + site, parts, at: parts[0].placement.spot)
                }
            case .kelurahan:
                for (name, parts) in grouped(counting, by: { $0.kelurahan.map(slug) }) {
                    add("kelurahan-" + name, parts, partial: true)
                }
            case .kecamatan:
                for (name, parts) in grouped(counting, by: { $0.kecamatan.map(slug) }) {
                    add("kecamatan-" + name, parts, partial: true)
                }
            case .gateway: add("gateway", counting)
            }
        }
        return found
    }

    /// The joint conditions of each place that has more than one.
    private static func joints(
        of indicator: IndicatorDefinition,
        _ members: [Member],
        each place: KeyPath<Member, String>
    ) -> [Joint] {
        // Devices that are not verified count for nothing.
        Dictionary(grouping: members.filter(\.isVerified)) { $0[keyPath: place] }.sorted { $0.key < $1.key }.map {
            name,
            members in
            let sources = members.flatMap { member in
                member.values.map { key in
                    Joint.Source(
                        key: key,
                        since: member.added?.millisecondsSince1970 ?? .min,
                        until: member.until?.millisecondsSince1970 ?? .max
                    )
                }
            }
            let kind = place == \Member.device ? "device-" : "site-"
            return Joint(
                key: sources.count == 1 ? sources[0].key : .joint(kind + name, of: indicator.id),
                sources: sources.count == 1 ? [] : sources.sorted()
            )
        }
    }

    private static func grouped(_ parts: [Part], by key: (Placement.Spot) -> String?) -> [(String, [Part])] {
        Dictionary(grouping: parts.filter { key($0.placement.spot) != nil }) { key($0.placement.spot) ?? "" }
            .sorted { $0.key < $1.key }
    }

    /// Whether the site gives what the measure needs; names that are not in the catalogue are problems.
    private static func isReady(
        _ road: Road?,
        for measure: Measure,
        _ scope: String,
        _ catalogue: IndicatorCatalogue,
        _ log: ProblemLog
    ) -> Bool {
        guard let road else { return false }
        func known(_ name: String?, _ names: some Collection<String>, _ key: String) -> Bool {
            guard let name else { return false }
            if names.contains(name) { return true }
            let place =
                road.tablePlaces[key]
                ?? Place(file: "gateway.yaml", line: 1, column: 1, keyPath: "sites (\(scope)).road.\(key)")
            log.add(place.problem("the catalogue has no table \"\(name)\"\(NearestWord.hint(for: name, in: names))"))
            return false
        }
        let units = known(road.carUnits, catalogue.carUnits.keys, "car_units")
        if measure == .flow { return units }
        let parts = road.directions.isEmpty ? [road.capacity] : road.directions.map(\.capacity)
        let isMeasured = units && parts.allSatisfy { $0 != nil }
        if measure == .saturation { return isMeasured }
        guard known(road.levels, catalogue.levels.keys, "levels") else { return false }
        return isMeasured || road.levels.flatMap { catalogue.levels[$0]?.kind } == .speed
    }
}
