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
        var interval: Duration
        /// Bins with the values.
        var values: [SourceKey]
        /// Bins that tell whether the device was heard, and how often it should have been.
        var presence: [SourceKey]
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
    }

    public let catalogue: IndicatorCatalogue
    let feeds: [String: DeviceFeed]
    let assignments: [Assignment]
    /// Which assignments a source is part of.
    let uses: [SourceKey: [Int]]

    /// - Parameter log: gets what does not fit together, such as a point whose unit cannot become the indicator's.
    public init(catalogue: IndicatorCatalogue, configuration: Configuration, log: ProblemLog) {
        self.catalogue = catalogue
        var feeds: [String: DeviceFeed] = [:]
        var members: [String: [String: Member]] = [:]
        for device in configuration.devices {
            var feed = DeviceFeed(isVerified: device.verified != nil, site: device.site.id, labels: device.labels)
            feed.weighing = catalogue.weighings.first { $0.matches(device) }
            if let net = feed.weighing?.net {
                feed.netUnit = device.profile.points.first { $0.name == net }?.publishedUnit?.code
            }
            for indicator in catalogue.indicators {
                var member = Member(device: device.id, interval: device.interval, values: [], presence: [])
                for rule in indicator.rules where rule.matches(device) {
                    Self.take(rule, indicator, device, &feed, &member, catalogue, log)
                }
                if !member.values.isEmpty { members[indicator.id, default: [:]][device.id] = member }
            }
            feed.wanted = Set(feed.taps.keys).union([feed.weighing?.net, feed.weighing?.gross].compactMap(\.self))
            feeds[device.id] = feed
        }
        self.feeds = feeds
        assignments = catalogue.indicators.flatMap { indicator in
            Self.assignments(of: indicator, members[indicator.id] ?? [:], configuration, catalogue, log)
        }
        var uses: [SourceKey: [Int]] = [:]
        for (index, assignment) in assignments.enumerated() {
            for key in Set(assignment.members.flatMap { $0.values + $0.presence }) {
                uses[key, default: []].append(index)
            }
        }
        self.uses = uses
    }

    /// Every figure that is published, as its topic names it: `mobility/traffic-volume/gateway/day`.
    public var names: [String] {
        assignments.flatMap { assignment in
            assignment.indicator.windows.map { kind in
                "\(assignment.indicator.theme.rawValue)/\(assignment.indicator.id)/\(assignment.scope)/\(kind.rawValue)"
            }
        }
    }

    /// Devices whose readings somebody takes.
    public var readDevices: Set<String> { Set(feeds.filter { !$0.value.wanted.isEmpty }.keys) }

    /// The points of a device that somebody takes.
    public func wanted(of device: String) -> Set<String> { feeds[device]?.wanted ?? [] }

    // MARK: Taps

    private static func take(
        _ rule: SourceRule,
        _ indicator: IndicatorDefinition,
        _ device: Device,
        _ feed: inout DeviceFeed,
        _ member: inout Member,
        _ catalogue: IndicatorCatalogue,
        _ log: ProblemLog
    ) {
        let points = device.profile.publicPoints.map { device.profile.points[$0] }
        func tap(_ point: Point, _ what: Tap.What) {
            var conversion: Conversion?
            if let from = point.publishedUnit, let to = indicator.unit, from != to, indicator.measure.keepsUnit {
                guard from.isConvertible(to: to) else {
                    log.add(
                        catalogue.place(of: point.name, in: indicator.id).problem(
                            "point \"\(point.name)\" of device \"\(device.id)\" is in \(from), which cannot become \(to)"
                        )
                    )
                    return
                }
                conversion = Conversion(from: from, to: to)
            }
            let breakdown = indicator.by.map { name in "\(name)=\(rule.word(name, of: point.name, device) ?? "-")" }
            var taken = "\(point.name)#\(what == .increase ? "increase" : "value")"
            if let limits = rule.limits {
                taken += "[\(limits.lowest.map { "\($0)" } ?? ""),\(limits.highest.map { "\($0)" } ?? "")]"
            }
            if let conversion { taken += ">\(conversion.to)" }
            taken += rule.suffix(by: indicator.by)
            let key = SourceKey(device: device.id, taken: taken)
            let tap = Tap(
                key: key,
                what: what,
                breakdown: breakdown.joined(separator: ","),
                origins: [],
                limits: rule.limits,
                conversion: conversion
            )
            if feed.taps[point.name]?.contains(tap) != true { feed.taps[point.name, default: []].append(tap) }
            if !member.values.contains(key) {
                member.values.append(key)
                member.presence.append(key)
            }
        }
        switch rule.what {
        case .increase(let names):
            for point in points where names.contains(point.name) && point.counter != nil { tap(point, .increase) }
        case .counters(let unit):
            for point in points where point.counter != nil && point.publishedUnit == unit { tap(point, .increase) }
        case .values(let names):
            for point in points where names.contains(point.name) { tap(point, .value) }
        case .events(let name, let amount):
            let derived = name == WeighingRule.event && feed.weighing != nil
            guard derived || device.profile.events.contains(where: { $0.name == name }) else { return }
            var taken = "#\(name)" + (amount.map { ":" + $0 } ?? "")
            taken += rule.suffix(by: indicator.by)
            let key = SourceKey(device: device.id, taken: taken)
            let origins = indicator.by.map { dimension -> (name: String, origin: SourceRule.Origin) in
                if let word = rule.word(dimension, of: nil, device) { return (dimension, .word(word)) }
                return (dimension, rule.by[dimension] ?? .word("-"))
            }
            let tap = Tap(key: key, what: .event(amount: amount), breakdown: "", origins: origins)
            if feed.eventTaps[name]?.contains(tap) != true { feed.eventTaps[name, default: []].append(tap) }
            if !member.values.contains(key) { member.values.append(key) }
            for point in points where rule.alive.contains(point.name) {
                let key = SourceKey(device: device.id, taken: "\(point.name)#value")
                let tap = Tap(key: key, what: .value, breakdown: "", origins: [])
                if feed.taps[point.name]?.contains(tap) != true { feed.taps[point.name, default: []].append(tap) }
                if !member.presence.contains(key) { member.presence.append(key) }
            }
        }
    }

    // MARK: Scopes

    private static func assignments(
        of indicator: IndicatorDefinition,
        _ members: [String: Member],
        _ configuration: Configuration,
        _ catalogue: IndicatorCatalogue,
        _ log: ProblemLog
    ) -> [Assignment] {
        // A second device that counts the same vehicles or the same water stands in no sum.
        let counting = configuration.devices.filter { device in
            members[device.id] != nil && !device.labels.contains { $0.key == "duplicate_of" }
        }
        func all(_ devices: [Device]) -> [Member] { devices.compactMap { members[$0.id] } }
        var found: [Assignment] = []
        func add(_ scope: String, _ members: [Member], partial: Bool = false, road: Road? = nil) {
            guard !members.isEmpty else { return }
            if indicator.measure.needsRoad {
                guard isReady(road, for: indicator.measure, scope, catalogue, log) else { return }
            }
            found.append(
                Assignment(indicator: indicator, scope: scope, isPartial: partial, members: members, road: road)
            )
        }
        for scope in indicator.scopes {
            switch scope {
            case .device:
                for device in configuration.devices {
                    add("device-" + device.id, all([device]), road: device.site.road)
                }
            case .site:
                for (site, devices) in grouped(counting, by: { $0.site.id }) {
                    add("site-" + site, all(devices), road: devices[0].site.road)
                }
            case .kelurahan:
                for (name, devices) in grouped(counting, by: { $0.site.kelurahan.map(slug) }) {
                    add("kelurahan-" + name, all(devices), partial: true)
                }
            case .kecamatan:
                for (name, devices) in grouped(counting, by: { $0.site.kecamatan.map(slug) }) {
                    add("kecamatan-" + name, all(devices), partial: true)
                }
            case .gateway: add("gateway", all(counting))
            }
        }
        return found
    }

    private static func grouped(_ devices: [Device], by key: (Device) -> String?) -> [(String, [Device])] {
        Dictionary(grouping: devices.filter { key($0) != nil }) { key($0) ?? "" }.sorted { $0.key < $1.key }
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
        if measure == .saturation { return units && road.capacity != nil }
        let levels = known(road.levels, catalogue.levels.keys, "levels")
        return units && levels && road.capacity != nil
    }
}

extension Measure {
    /// Whether its value is in the unit of what it is made of.
    var keepsUnit: Bool {
        switch self {
        case .sum, .mean, .minimum, .maximum: true
        default: false
        }
    }

    /// Whether it needs to know the road.
    var needsRoad: Bool { self == .flow || self == .saturation || self == .level }
}

extension SourceRule {
    func matches(_ device: Device) -> Bool {
        (measures.map { $0 == device.profile.measures } ?? true)
            && (profiles.map { $0.contains(device.profile.id) } ?? true)
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

extension WeighingRule {
    /// The event's name.
    static let event = "weighing"

    func matches(_ device: Device) -> Bool {
        (measures.map { $0 == device.profile.measures } ?? true)
            && (profiles.map { $0.contains(device.profile.id) } ?? true)
            && device.profile.points.contains { $0.name == net && !$0.isPrivate }
    }
}
