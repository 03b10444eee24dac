import Contract
import Domain
import Indicators

extension Gathering {
    /// The merged figure; its revision counts the minutes since the window began.
    func figure() -> CityFigure {
        let sums = sums
        var value = hasData && !isTooEarly ? value(sums) : nil
        if isMixed { value = nil }
        let account = account
        let completeness = Self.completeness(account)
        let reason = reason(value, completeness)
        let outcome = FigureOutcome(
            value: value.map { .number($0) },
            unit: like.unit,
            doubt: reason.map { .init(quality: $0 == .noData ? .bad : .uncertain, reason: $0.rawValue) },
            completeness: completeness,
            account: account,
            unknown: unknown
        )
        return CityFigure(
            city: merge.city,
            theme: like.theme,
            dimension: like.dimension,
            indicator: like.indicator,
            scope: scope.name,
            window: like.window,
            from: like.from,
            to: like.to,
            zone: merge.zone.name,
            isProvisional: !isFinal,
            revision: max(0, Int((merge.now - like.from).wholeMilliseconds / 60_000)),
            outcome: outcome,
            by: value == nil ? [] : breakdown,
            extras: value == nil ? [] : extras(sums),
            method: like.method,
            baseline: newest?.message.baseline,
            target: target(value, reason),
            parts: isMixed ? nil : parts(sums),
            sources: sources
        )
    }

    private var hasData: Bool {
        merging == .availability ? account.expected > 0 : shares.contains(where: \.hasData)
    }

    /// Whether every gateway that knows anything says that it is too early for a value.
    private var isTooEarly: Bool {
        let known = shares.flatMap(\.newest).filter(\.hasData)
        return !isOver && !known.isEmpty
            && known.allSatisfy { $0.message.doubt?.reason == MergedReason.tooEarly.rawValue }
    }

    // MARK: The value

    private func value(_ sums: Sums) -> DecimalNumber? {
        switch merging {
        case .sum: sums.sum.decimal
        case .count: DecimalNumber(sums.count)
        case .distinct: DecimalNumber(sums.devices)
        case .minimum: sums.minimum
        case .maximum: sums.maximum
        case .mean, .spaceMean, .share: merging.flatMap(sums.quotient)
        case .availability: account.expected > 0 ? Self.percent(account.counted, of: account.expected) : nil
        case .sumOfMeans: sumOfValues
        case nil: nil
        }
    }

    private var sumOfValues: DecimalNumber? {
        let values = shares.flatMap(\.newest).compactMap { part -> DecimalNumber? in
            if case .number(let number) = part.message.value { number } else { nil }
        }
        return values.isEmpty ? nil : values.reduce(Fixed.zero) { $0 + Sums.fixed($1) }.decimal
    }

    static func percent(_ part: Int, of whole: Int) -> DecimalNumber {
        Ratio(Int128(part) * 100, over: Int128(whole)).rounded()
    }

    /// Counted over expected, rounded down to four decimals; nil where nothing is expected.
    static func completeness(_ account: FigureMessage.Account) -> DecimalNumber? {
        guard account.expected > 0 else { return nil }
        let share = Int128(min(account.counted, account.expected)) * 10_000 / Int128(account.expected)
        return DecimalNumber(share).shifted(by: -4)
    }

    private func extras(_ sums: Sums) -> [DataValue.Member] {
        var extras: [DataValue.Member] = []
        if merging == .mean || merging == .spaceMean {
            if let minimum = sums.minimum { extras.append(.init("minimum", .number(.decimal(minimum)))) }
            if let maximum = sums.maximum { extras.append(.init("maximum", .number(.decimal(maximum)))) }
        }
        // The number of registered sites is the city's: each gateway has it from the catalogue.
        if merging == .distinct, scope == .city, let registered = newest?.message.registered, registered > 0 {
            extras.append(.init("registered", .integer(registered)))
            extras.append(.init("share", .number(.decimal(Self.percent(sums.devices, of: registered)))))
        }
        return extras
    }

    private func parts(_ sums: Sums) -> FigureMessage.Parts {
        FigureMessage.Parts(
            merging: merging,
            count: sums.count,
            sum: sums.sum.decimal,
            minimum: sums.minimum,
            maximum: sums.maximum,
            integral: sums.integral.decimal.shifted(by: -3),
            milliseconds: sums.milliseconds,
            within: sums.within,
            devices: sums.devices,
            completeAbove: completeAbove,
            by: Words(shares.flatMap(\.all)).parts
        )
    }

    private var breakdown: [DataValue.Member] { Words(shares.flatMap(\.all)).values(merging) }

    // MARK: How good it is

    private func reason(_ value: DecimalNumber?, _ completeness: DecimalNumber?) -> MergedReason? {
        guard hasData, !isMixed else { return .noData }
        if isTooEarly { return .tooEarly }
        guard value != nil else { return .noData }
        var reasons = shares.flatMap(\.all).compactMap { MergedReason(rawValue: $0.message.doubt?.reason ?? "") }
            .filter(\.isInherited)
        if !absent.isEmpty || (isFinal && !isComplete) || isUncertainOfJournals { reasons.append(.missingPart) }
        if merging != .availability, let completeness, completeness < completeAbove { reasons.append(.incomplete) }
        return MergedReason.first(of: reasons)
    }

    /// The target is the catalogue's; how the value compares with it is judged anew.
    private func target(_ value: DecimalNumber?, _ reason: MergedReason?) -> FigureMessage.Target? {
        // A target of a kecamatan is not the city's.
        let newest = shares.flatMap(\.newest).filter { scope != .city || $0.message.scope == Scope.wholeGateway }
            .filter { $0.message.target != nil }.max { ($0.at, $0.message.gateway) < ($1.at, $1.message.gateway) }
        guard var target = newest?.message.target else { return nil }
        target.standing = standing(value, target, reason)
        return target
    }

    private func standing(_ value: DecimalNumber?, _ target: FigureMessage.Target, _ reason: MergedReason?) -> String {
        guard let value else { return reason == .tooEarly ? "open" : "unknown" }
        let isAtLeast = target.sense == "at_least"
        let isReached = isAtLeast ? value >= target.value : value > target.value
        let onlyGrows = [.sum, .count, .distinct, .maximum].contains(merging)
        if !isFinal, !(isReached && onlyGrows) { return "open" }
        return isReached == isAtLeast ? "met" : "missed"
    }
}

extension FigureMessage {
    fileprivate var registered: Int? {
        guard case .number(let number)? = extras.first(where: { $0.key == "registered" })?.value else { return nil }
        return number.decimal?.whole.map { Int($0) }
    }
}
