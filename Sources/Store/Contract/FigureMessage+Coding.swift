import Domain

extension FigureMessage {
    public var payload: [UInt8] {
        var members: [(String, DataValue)] = [
            ("gateway", .string(gateway)), ("theme", .string(theme)), ("dimension", .string(dimension)),
            ("indicator", .string(indicator)), ("scope", .string(scope)), ("window", .string(window)),
            ("from", .string(from.description)), ("to", .string(to.description)), ("zone", .string(zone)),
            ("provisional", .bool(isProvisional)), ("revision", .integer(revision)),
        ]
        if isPartial { members.append(("partial", .bool(true))) }
        members +=
            FigureOutcome(
                value: value,
                unit: unit,
                doubt: doubt,
                completeness: completeness,
                account: account,
                unknown: unknown
            ).members
        if !by.isEmpty { members.append(("by", .object(by))) }
        members += extras.map { ($0.key, $0.value) }
        members.append(("method", .string(method)))
        if let baseline { members.append(("baseline", baseline.data)) }
        if let target { members.append(("target", target.data)) }
        if let parts { members.append(("parts", parts.data(withZeros: isPartial))) }
        members.append(("readings", .array(readings.map(\.data))))
        return DataValue.payload(members)
    }

    /// - Returns: nil for a payload that is no indicator message.
    public init?(payload: [UInt8]) {
        guard let read = DataMembers(payload: payload), let gateway = read.string("gateway"),
            let theme = read.string("theme"), let dimension = read.string("dimension"),
            let indicator = read.string("indicator"), let scope = read.string("scope"),
            let window = read.string("window"), let from = read.instant("from"), let to = read.instant("to"),
            let zone = read.string("zone"), let isProvisional = read.truth("provisional"),
            let revision = read.integer("revision"), let outcome = FigureOutcome(read),
            let method = read.string("method"),
            let readings = read.array("readings")
        else { return nil }
        self.init(
            gateway: gateway,
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
            isPartial: read.truth("partial") ?? false,
            parts: read.object("parts").flatMap(Parts.init),
            value: outcome.value,
            unit: outcome.unit,
            doubt: outcome.doubt,
            completeness: outcome.completeness,
            account: outcome.account,
            unknown: outcome.unknown,
            by: read.object("by")?.all ?? [],
            extras: Self.extras(read),
            method: method,
            baseline: read.object("baseline").flatMap(Baseline.init),
            target: read.object("target").flatMap(Target.init),
            readings: readings.compactMap { DataMembers($0).flatMap(Readings.init) }
        )
    }

    /// The members between those that every figure has; the measure defines their names.
    static func extras(_ read: DataMembers) -> [DataValue.Member] {
        let first = read.all.lastIndex { ["excluded", "unverified", "unknown", "by"].contains($0.key) }
        let end = read.all.firstIndex { $0.key == "method" }
        guard let first, let end, first + 1 <= end else { return [] }
        return Array(read.all[(first + 1)..<end])
    }
}

extension FigureMessage.Doubt {
    init?(_ read: DataMembers) {
        guard let quality = read.string("quality").flatMap({ Quality(rawValue: $0) }),
            let reason = read.string("reason")
        else { return nil }
        self.init(quality: quality, reason: reason)
    }
}

extension FigureMessage.Account {
    init?(_ read: DataMembers) {
        guard let expected = read.integer("expected"), let received = read.integer("received"),
            let counted = read.integer("counted"), let excluded = read.integer("excluded")
        else { return nil }
        self.init(
            expected: expected,
            received: received,
            counted: counted,
            excluded: excluded,
            unverified: read.integer("unverified") ?? 0
        )
    }
}

extension FigureMessage.Unknown {
    init?(_ read: DataMembers) {
        guard let times = read.integer("times"), let milliseconds = read.milliseconds("seconds") else { return nil }
        self.init(times: times, milliseconds: milliseconds)
    }
}

extension FigureMessage.Baseline {
    var data: DataValue { .object([("year", .integer(year)), ("value", .decimal(value))]) }

    init?(_ read: DataMembers) {
        guard let year = read.integer("year"), let value = read.decimal("value") else { return nil }
        self.init(year: year, value: value)
    }
}

extension FigureMessage.Target {
    var data: DataValue {
        .object([
            ("year", .integer(year)), ("value", .decimal(value)), ("sense", .string(sense)),
            ("standing", .string(standing)),
        ])
    }

    init?(_ read: DataMembers) {
        guard let year = read.integer("year"), let value = read.decimal("value"), let sense = read.string("sense"),
            let standing = read.string("standing")
        else { return nil }
        self.init(year: year, value: value, sense: sense, standing: standing)
    }
}

extension FigureMessage.Readings {
    fileprivate var data: DataValue {
        .object([("epoch", .string(epoch)), ("from", .integer(from)), ("to", .integer(to))])
    }

    fileprivate init?(_ read: DataMembers) {
        guard let epoch = read.string("epoch"), let from = read.integer("from"), let to = read.integer("to"),
            from >= 0, to >= 0
        else { return nil }
        self.init(epoch: epoch, from: UInt64(from), to: UInt64(to))
    }
}

extension DataMembers {
    func milliseconds(_ name: String) -> Int64? { decimal(name)?.shifted(by: 3).nearestInteger }
}

extension DataValue {
    /// Milliseconds as seconds.
    static func seconds(_ milliseconds: Int64) -> DataValue {
        .decimal(DecimalNumber(milliseconds).shifted(by: -3))
    }
}
