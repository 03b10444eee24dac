import Domain
import JSON

extension Figure {
    /// The contract's indicator message.
    public func payload(gateway: String, zone: Zone) -> [UInt8] {
        var members: [(String, DataValue)] = [
            ("v", .integer(1)), ("gateway", .string(gateway)), ("theme", .string(indicator.theme.rawValue)),
            ("dimension", .string(indicator.dimension.rawValue)), ("indicator", .string(indicator.id)),
            ("scope", .string(scope)), ("window", .string(window.kind.rawValue)),
            ("from", .string(window.from.description)), ("to", .string(window.to.description)),
            ("zone", .string(zone.name)), ("provisional", .bool(isProvisional)), ("revision", .integer(revision)),
        ]
        members += account
        members += extras.map { ($0.key, $0.value) }
        members.append(("method", .string(indicator.method.name)))
        members += measuredAgainst(in: zone)
        if isPartial { members.append(("parts", partsValue)) }
        members.append(("readings", .array(identities.map(Self.range))))
        var json = JSONText(reserving: 768)
        json.object(members)
        return json.bytes
    }

    /// What it came to, and of how much.
    private var account: [(String, DataValue)] {
        var members: [(String, DataValue)] = []
        if isPartial { members.append(("partial", .bool(true))) }
        switch value {
        case .number(let number): members.append(("value", .number(.decimal(number))))
        case .word(let word): members.append(("value", .string(word)))
        case nil: members.append(("value", .null))
        }
        if let unit = indicator.unit { members.append(("unit", .string(unit.code))) }
        if let doubt {
            members.append(("quality", .string(quality.rawValue)))
            members.append(("reason", .string(doubt.word)))
        }
        if let completeness { members.append(("completeness", .number(.decimal(completeness)))) }
        members += [
            ("expected", .integer(expected)), ("received", .integer(received)), ("counted", .integer(counted)),
            ("excluded", .integer(excluded)),
        ]
        if unverified > 0 { members.append(("unverified", .integer(unverified))) }
        if unknown.times > 0 {
            let told: [DataValue.Member] = [
                .init("times", .integer(unknown.times)), .init("seconds", .seconds(unknown.milliseconds)),
            ]
            members.append(("unknown", .object(told)))
        }
        if !by.isEmpty {
            members.append(
                (
                    "by",
                    .object(
                        by.map { dimension in
                            .init(
                                dimension.name,
                                .object(dimension.values.map { .init($0.word, .number(.decimal($0.value))) })
                            )
                        }
                    )
                )
            )
        }
        return members
    }

    private func measuredAgainst(in zone: Zone) -> [(String, DataValue)] {
        var members: [(String, DataValue)] = []
        if let baseline = indicator.baseline {
            members.append(
                (
                    "baseline",
                    .object([
                        .init("year", .integer(baseline.year)),
                        .init("value", .number(.decimal(baseline.value.decimal))),
                    ])
                )
            )
        }
        if let (year, wanted, sense, standing) = target(in: zone) {
            members.append(
                (
                    "target",
                    .object([
                        .init("year", .integer(year)), .init("value", .number(.decimal(wanted.decimal))),
                        .init("sense", .string(sense.rawValue)), .init("standing", .string(standing.rawValue)),
                    ])
                )
            )
        }
        return members
    }

    private var partsValue: DataValue {
        var members: [DataValue.Member] = [
            .init("count", .integer(parts.count)), .init("sum", .number(.decimal(parts.sum.decimal))),
        ]
        if let minimum = parts.minimum { members.append(.init("minimum", .number(.decimal(minimum.decimal)))) }
        if let maximum = parts.maximum { members.append(.init("maximum", .number(.decimal(maximum.decimal)))) }
        let integral = Fixed(billionths: parts.integral).decimal.shifted(by: -3)
        members.append(.init("integral", .number(.decimal(integral))))
        members.append(.init("seconds", .seconds(parts.milliseconds)))
        members.append(.init("within", .seconds(parts.within)))
        members.append(.init("devices", .integer(parts.devices)))
        return .object(members)
    }

    private static func range(_ range: IdentityRange) -> DataValue {
        .object([
            .init("epoch", .string(range.epoch)), .init("from", .integer(range.from)), .init("to", .integer(range.to)),
        ])
    }
}

extension DataValue {
    /// Milliseconds as seconds.
    fileprivate static func seconds(_ milliseconds: Int64) -> DataValue {
        .number(.decimal(DecimalNumber(milliseconds).shifted(by: -3)))
    }
}
