public import Contract
public import Domain

extension Figure {
    /// Builds the contract's indicator message.
    public func message(gateway: String, zone: Zone) -> FigureMessage {
        FigureMessage(
            gateway: gateway,
            theme: indicator.theme.rawValue,
            dimension: indicator.dimension.rawValue,
            indicator: indicator.id,
            scope: scope,
            window: window.kind.rawValue,
            from: window.from,
            to: window.to,
            zone: zone.name,
            isProvisional: isProvisional,
            revision: revision,
            isPartial: isPartial,
            parts: mergeable,
            value: outcome,
            unit: indicator.unit?.code,
            doubt: doubt.map { .init(quality: quality, reason: $0.word) },
            completeness: completeness,
            account: .init(
                expected: expected,
                received: received,
                counted: counted,
                excluded: excluded,
                unverified: unverified
            ),
            unknown: unknown.times > 0 ? .init(times: unknown.times, milliseconds: unknown.milliseconds) : nil,
            by: by.map { dimension in
                .init(
                    dimension.name,
                    .object(dimension.values.map { .init($0.word, .number(.decimal($0.value))) })
                )
            },
            extras: extras.map { .init($0.key, $0.value) },
            method: indicator.method.name,
            baseline: indicator.baseline.map { .init(year: $0.year, value: $0.value.decimal) },
            target: target(in: zone).map { year, wanted, sense, standing in
                .init(year: year, value: wanted.decimal, sense: sense.rawValue, standing: standing.rawValue)
            },
            readings: identities.map { .init(epoch: $0.epoch, from: $0.from, to: $0.to) }
        )
    }

    /// The bytes of the indicator message.
    public func payload(gateway: String, zone: Zone) -> [UInt8] { message(gateway: gateway, zone: zone).payload }

    private var outcome: FigureMessage.Outcome? {
        switch value {
        case .number(let number): .number(number)
        case .word(let word): .word(word)
        case nil: nil
        }
    }
}
