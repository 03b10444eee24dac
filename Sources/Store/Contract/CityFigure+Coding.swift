import Domain

extension CityFigure {
    public var payload: [UInt8] {
        var members: [(String, DataValue)] = [
            ("city", .string(city)), ("theme", .string(theme)), ("dimension", .string(dimension)),
            ("indicator", .string(indicator)), ("scope", .string(scope)), ("window", .string(window)),
            ("from", .string(from.description)), ("to", .string(to.description)), ("zone", .string(zone)),
            ("provisional", .bool(isProvisional)), ("revision", .integer(revision)),
        ]
        members += outcome.members
        if !by.isEmpty { members.append(("by", .object(by))) }
        members += extras.map { ($0.key, $0.value) }
        members.append(("method", .string(method)))
        if let baseline { members.append(("baseline", baseline.data)) }
        if let target { members.append(("target", target.data)) }
        if let parts { members.append(("parts", parts.data(withZeros: false))) }
        members += sources.members
        return DataValue.payload(members)
    }

    /// - Returns: nil for a payload that is no figure of a city.
    public init?(payload: [UInt8]) {
        guard let read = DataMembers(payload: payload), let city = read.string("city"),
            let theme = read.string("theme"), let dimension = read.string("dimension"),
            let indicator = read.string("indicator"), let scope = read.string("scope"),
            let window = read.string("window"), let from = read.instant("from"), let to = read.instant("to"),
            let zone = read.string("zone"), let isProvisional = read.truth("provisional"),
            let revision = read.integer("revision"), let outcome = FigureOutcome(read),
            let method = read.string("method"), let sources = Sources(read)
        else { return nil }
        self.init(
            city: city,
            theme: theme,
            dimension: dimension,
            indicator: indicator,
            scope: scope,
            window: window,
            from: from,
            to: to,
            zone: zone,
            isProvisional: isProvisional,
            revision: revision,
            outcome: outcome,
            by: read.object("by")?.all ?? [],
            extras: FigureMessage.extras(read),
            method: method,
            baseline: read.object("baseline").flatMap(FigureMessage.Baseline.init),
            target: read.object("target").flatMap(FigureMessage.Target.init),
            parts: read.object("parts").flatMap(FigureMessage.Parts.init),
            sources: sources
        )
    }
}

extension CityFigure.Sources {
    fileprivate var members: [(String, DataValue)] {
        var members: [(String, DataValue)] = [
            ("gateways", .integer(gateways)), ("silent", .array(silent.map { .string($0) })),
        ]
        if silentCount > silent.count { members.append(("silent_count", .integer(silentCount))) }
        if !unplaced.isEmpty { members.append(("unplaced", .array(unplaced.map { .string($0) }))) }
        if !shared.isEmpty { members.append(("shared_sites", .array(shared.map(\.data)))) }
        return members
    }

    fileprivate init?(_ read: DataMembers) {
        guard let gateways = read.integer("gateways"), let silent = read.array("silent") else { return nil }
        self.init(
            gateways: gateways,
            silent: silent.compactMap(\.text),
            unplaced: (read.array("unplaced") ?? []).compactMap(\.text),
            shared: (read.array("shared_sites") ?? []).compactMap {
                DataMembers($0).flatMap(CityFigure.SharedSite.init)
            }
        )
        if let count = read.integer("silent_count") { silentCount = count }
    }
}

extension CityFigure.SharedSite {
    fileprivate var data: DataValue {
        .object([("site", .string(site)), ("gateways", .array(gateways.map { .string($0) }))])
    }

    fileprivate init?(_ read: DataMembers) {
        guard let site = read.string("site"), let gateways = read.array("gateways") else { return nil }
        self.init(site: site, gateways: gateways.compactMap(\.text))
    }
}

extension DataValue {
    /// The text; nil for any other value.
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
