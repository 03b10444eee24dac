public import Configuration
public import Documents
import Domain
import Profiles

/// The catalogue brought together with the devices of a configuration: who feeds what, and which figures there are.
public struct IndicatorPlan: Sendable {
    /// What one device feeds.
    struct DeviceFeed: Sendable {
        var isVerified: Bool
        var taps: [String: [Tap]] = [:]
        var eventTaps: [String: [Tap]] = [:]
        var weighing: WeighingRule?
        var netUnit: String?
        var site: String
        var labels: [(key: String, value: String)]

        /// The points that somebody takes.
        var wanted: Set<String> = []
    }

    /// One device's part in a figure.
    struct Member: Sendable {
        var device: String
        var site: String
        var isVerified: Bool
        /// Milliseconds between its readings.
        var interval: Int64
        /// The day from which its readings are expected; nil when nobody said it.
        var expectedFrom: Day?
        /// Bins with the values.
        var values: [SourceKey] = []
        /// Bins with speeds, for levels of service that go by speed.
        var speeds: [SourceKey] = []
        /// Bins that tell whether the device was heard, and how often.
        var presence: [SourceKey] = []
        /// Of an anomaly: what a leap of a source is.
        var leaps: [SourceKey: NamedLeap] = [:]

        struct NamedLeap: Sendable {
            /// What the source is called in the figure.
            var parameter: String
            var rule: Measure.Leap
        }

        var isEmpty: Bool { values.isEmpty && speeds.isEmpty }
    }

    /// A device beside what it gives to one indicator.
    private struct Part {
        var device: Device
        var member: Member
    }

    /// Conditions that hold at a place only where all of them hold: bins made of the bins of its sources.
    struct Joint: Sendable, Hashable {
        var key: SourceKey
        var sources: [SourceKey]
    }

    /// One indicator for one scope.
    struct Assignment: Sendable {
        var indicator: IndicatorDefinition
        /// As it stands in topics: `site-sumber-soyo`.
        var scope: String
        /// Whether other gateways may have devices in the same scope.
        var isPartial: Bool
        var members: [Member]
        var road: Road?
        var joints: [Joint] = []
        /// The windows that have a member whose readings are not further apart.
        var windows: [WindowKind] = []

        /// Who feeds a window of that kind.
        func members(for kind: WindowKind) -> [Member] {
            var longest: Int64 = .max
            if indicator.measure.isOfShortFlow || kind == .quarter {
                longest = Window.bin
            } else if kind == .hour {
                longest = 4 * Window.bin
            }
            return members.filter { $0.interval <= longest }
        }
    }

    public let catalogue: IndicatorCatalogue
    let feeds: [String: DeviceFeed]
    let assignments: [Assignment]
    /// Which assignments a source is part of.
    let uses: [SourceKey: [Int]]
    /// How each source is taken.
    let taps: [SourceKey: Tap]
    /// The joint conditions that a source is part of.
    let joints: [SourceKey: [Joint]]
    /// Milliseconds between the readings of each device.
    let intervals: [String: Int64]
    /// What is left out of figures because it does not fit, a sentence each.
    public var leftOut: [String]

    /// - Parameter log: gets what does not fit together, such as a point whose unit cannot become the indicator's.
    public init(catalogue: IndicatorCatalogue, configuration: Configuration, log: ProblemLog) {
        self.catalogue = catalogue
        var feeds: [String: DeviceFeed] = [:]
        var parts: [String: [Part]] = [:]
        var leftOut: [String] = []
        // Many devices have one profile: which rules are for it is found out once.
        var rulesOfProfile: [String: [(indicator: IndicatorDefinition, rules: [SourceRule])]] = [:]
        for device in configuration.devices {
            var feed = DeviceFeed(isVerified: device.verified != nil, site: device.site.id, labels: device.labels)
            feed.weighing = catalogue.weighings.first { $0.matches(device) }?.set(by: device.weighing)
            if let net = feed.weighing?.net {
                feed.netUnit = device.profile.points.first { $0.name == net }?.publishedUnit?.code
            }
            let own = Member(
                device: device.id,
                site: device.site.id,
                isVerified: device.verified != nil,
                interval: device.interval.wholeMilliseconds,
                expectedFrom: device.expectedFrom.flatMap { Day($0) }
            )
            let fitting = rulesOfProfile[device.profile.id] ?? catalogue.rules(for: device.profile)
            rulesOfProfile[device.profile.id] = fitting
            for (indicator, rules) in fitting {
                var member = own
                for rule in rules {
                    var taking = Taking(
                        rule: rule,
                        indicator: indicator,
                        device: device,
                        catalogue: catalogue,
                        log: log
                    )
                    taking.add(to: &feed, &member)
                    leftOut += taking.leftOut
                }
                if !member.isEmpty { parts[indicator.id, default: []].append(Part(device: device, member: member)) }
            }
            let beside = feed.taps.values.flatMap { $0.compactMap(\.weight) }
            feed.wanted = Set(feed.taps.keys).union(beside).union(
                [feed.weighing?.net, feed.weighing?.gross].compactMap(\.self)
            )
            feeds[device.id] = feed
        }
        self.feeds = feeds
        self.leftOut = leftOut
        let assignments = catalogue.indicators.flatMap { indicator in
            Self.assignments(of: indicator, parts[indicator.id] ?? [], catalogue, log)
        }
        self.assignments = assignments
        let all = feeds.values.flatMap { $0.taps.values.flatMap(\.self) + $0.eventTaps.values.flatMap(\.self) }
        taps = Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
        var uses: [SourceKey: [Int]] = [:]
        for (index, assignment) in assignments.enumerated() {
            let keys = assignment.members.flatMap { $0.values + $0.speeds + $0.presence } + assignment.joints.map(\.key)
            for key in Set(keys) { uses[key, default: []].append(index) }
        }
        self.uses = uses
        var joints: [SourceKey: [Joint]] = [:]
        for joint in Set(assignments.flatMap(\.joints)) {
            for source in joint.sources { joints[source, default: []].append(joint) }
        }
        self.joints = joints
        intervals = Dictionary(
            configuration.devices.map { ($0.id, $0.interval.wholeMilliseconds) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Every figure that is published, as its topic names it: `mobility/traffic-volume/gateway/day`.
    public var names: [String] {
        assignments.flatMap { assignment in
            assignment.windows.map { kind in
                "\(assignment.indicator.theme.rawValue)/\(assignment.indicator.id)/\(assignment.scope)/\(kind.rawValue)"
            }
        }
    }

    /// Devices whose readings somebody takes.
    public var readDevices: Set<String> { Set(feeds.filter { !$0.value.wanted.isEmpty }.keys) }

    /// The points of a device that somebody takes.
    public func wanted(of device: String) -> Set<String> { feeds[device]?.wanted ?? [] }

    // MARK: Scopes

    private static func assignments(
        of indicator: IndicatorDefinition,
        _ parts: [Part],
        _ catalogue: IndicatorCatalogue,
        _ log: ProblemLog
    ) -> [Assignment] {
        // A second device that counts the same vehicles or the same water stands in no sum.
        let counting = parts.filter { part in !part.device.labels.contains { $0.key == "duplicate_of" } }
        var found: [Assignment] = []
        func add(_ scope: String, _ parts: [Part], partial: Bool = false, at site: Site? = nil) {
            var all = parts.map(\.member)
            // Levels of several gauges add up to nothing: a site has the one that it names.
            if indicator.across == .gauge, !scope.hasPrefix("device-") {
                all = all.filter { site != nil && site?.gauge == $0.device }
            }
            guard !all.isEmpty else { return }
            if indicator.measure.needsRoad {
                guard isReady(site?.road, for: indicator.measure, scope, catalogue, log) else { return }
            }
            var assignment = Assignment(
                indicator: indicator,
                scope: scope,
                isPartial: partial,
                members: all,
                road: site?.road
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
                for part in parts { add("device-" + part.device.id, [part], at: part.device.site) }
            case .site:
                for (site, parts) in grouped(counting, by: { $0.site.id }) {
                    add("site-" + site, parts, at: parts[0].device.site)
                }
            case .kelurahan:
                for (name, parts) in grouped(counting, by: { $0.site.kelurahan.map(slug) }) {
                    add("kelurahan-" + name, parts, partial: true)
                }
            case .kecamatan:
                for (name, parts) in grouped(counting, by: { $0.site.kecamatan.map(slug) }) {
                    add("kecamatan-" + name, parts, partial: true)
                }
            case .gateway: add("gateway", counting)
            }
        }
        return found
    }

    /// What must hold together, for each place that has more than one condition.
    private static func joints(
        of indicator: IndicatorDefinition,
        _ members: [Member],
        each place: KeyPath<Member, String>
    ) -> [Joint] {
        // Of a device that is not verified nothing counts.
        Dictionary(grouping: members.filter(\.isVerified)) { $0[keyPath: place] }.sorted { $0.key < $1.key }.map {
            name,
            members in
            let sources = members.flatMap(\.values)
            let kind = place == \Member.device ? "device-" : "site-"
            return Joint(
                key: sources.count == 1 ? sources[0] : .joint(kind + name, of: indicator.id),
                sources: sources.count == 1 ? [] : sources.sorted()
            )
        }
    }

    private static func grouped(_ parts: [Part], by key: (Device) -> String?) -> [(String, [Part])] {
        Dictionary(grouping: parts.filter { key($0.device) != nil }) { key($0.device) ?? "" }.sorted { $0.key < $1.key }
    }

    /// Lower case; spaces, and what has a meaning in topics, to `-`.
    static func slug(_ name: String) -> String {
        String(name.lowercased().map { " /+#".contains($0) ? "-" : $0 })
    }

    /// Whether the site says what the measure needs; names that the catalogue does not have are problems.
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

extension Measure {
    /// Whether its value is in the unit of what it is made of.
    var keepsUnit: Bool {
        switch self {
        case .sum, .mean, .spaceMean, .minimum, .maximum: true
        default: false
        }
    }

    /// Whether it needs to know the road.
    var needsRoad: Bool { self == .flow || self == .saturation || self == .level }
}

extension IndicatorCatalogue {
    /// The indicators that devices of a profile feed, with the rules that are for it.
    fileprivate func rules(for profile: Profile) -> [(indicator: IndicatorDefinition, rules: [SourceRule])] {
        indicators.compactMap { indicator in
            let rules = indicator.rules.filter { $0.matches(profile) }
            return rules.isEmpty ? nil : (indicator, rules)
        }
    }
}

extension SourceRule {
    func matches(_ profile: Profile) -> Bool {
        (measures.map { $0 == profile.measures } ?? true) && (profiles.map { $0.contains(profile.id) } ?? true)
    }

    /// What tells bins with this breakdown from others of the same point: `|class=car,direction`, with the rule's own words.
    func suffix(by names: [String]) -> String {
        guard !names.isEmpty else { return "" }
        let parts = names.map { name in
            switch by[name] {
            case .word(let word): "\(name)=\(word)"
            case .data(let member): "\(name)=data.\(member)"
            case nil: name
            }
        }
        return "|" + parts.joined(separator: ",")
    }

    /// What stands for a name of the breakdown: the rule's word, else the device's label for that point (`count_0.class`), else the
    /// device's label (`class`).
    func word(_ name: String, of point: String?, _ device: Device) -> String? {
        switch by[name] {
        case .word(let word): return word
        case .data: return nil
        case nil: break
        }
        let keys = [point.map { "\($0).\(name)" }, name].compactMap(\.self)
        return keys.lazy.compactMap { key in device.labels.first { $0.key == key }?.value }.first
    }
}

extension IndicatorDefinition {
    /// What several devices of a place come to. Where the catalogue does not say it, flows add up and levels do not.
    var across: Measure.Across? {
        guard case .mean(_, let across) = measure else { return nil }
        if let across { return across }
        if let unit, let flow = Unit("m3/s"), unit.isConvertible(to: flow) { return .sum }
        if let unit, let length = Unit("m"), unit.isConvertible(to: length) { return .gauge }
        return .mean
    }
}

extension WeighingRule {
    /// The event's name.
    static let event = "weighing"

    func matches(_ device: Device) -> Bool {
        (measures.map { $0 == device.profile.measures } ?? true)
            && (profiles.map { $0.contains(device.profile.id) } ?? true)
            && device.profile.points.contains { $0.name == net && !$0.isPrivate }
    }

    /// With what the operator set for this scale.
    func set(by weighing: Weighing?) -> WeighingRule {
        var rule = self
        if let minimum = weighing?.minimum.flatMap({ Fixed($0) }) { rule.minimum = minimum }
        if let tare = weighing?.tare.flatMap({ Fixed($0) }) { rule.tare = tare }
        if let stable = weighing?.stable { rule.stable = stable }
        return rule
    }
}
