public import Contract
public import Domain
public import Indicators

/// The peak hour of the city, a kecamatan or a kelurahan: of the sums of all gateways' quarters of an hour. The peak
/// hours of sites do not merge, as each has its own.
public struct PeakHour: Sendable {
    /// The indicator whose quarters are summed.
    public var source: String
    /// The indicator that the result is a figure of, and its method's name.
    public var indicator: String
    public var method: String

    public init(source: String, indicator: String, method: String) {
        self.source = source
        self.indicator = indicator
        self.method = method
    }

    /// The peak hour of the shipped catalogue.
    public static let traffic = PeakHour(
        source: "traffic-volume",
        indicator: "traffic-peak-hour",
        method: "largest-four-bins"
    )

    /// - Parameters:
    ///   - quarters: the merged quarters of an hour of one scope and day, in any order.
    ///   - day: the window that they lie in.
    /// - Returns: nil where there is no quarter.
    public func figure(of quarters: [CityFigure], on day: Window, now: Instant) -> CityFigure? {
        let ended = quarters.filter { $0.indicator == source && $0.to <= now && day.contains($0.from) }
            .sorted { $0.from < $1.from }
        guard let last = ended.last else { return nil }
        let count = day.length.wholeMilliseconds / Self.quarter
        let isFinal =
            now >= day.to + Merge.patience
            || now >= day.to && ended.count >= count && !ended.contains(where: \.isProvisional)
        let account = FigureMessage.Account.sum(of: ended.map(\.outcome.account))
        let completeness = Gathering.completeness(account)
        let peak = Self.peak(of: ended, on: day)
        let reason = Self.reason(peak, completeness, last.parts?.completeAbove)
        return CityFigure(
            city: last.city,
            theme: last.theme,
            dimension: last.dimension,
            indicator: indicator,
            scope: last.scope,
            window: day.kind.rawValue,
            from: day.from,
            to: day.to,
            zone: last.zone,
            isProvisional: !isFinal,
            revision: max(0, Int((now - day.from).wholeMilliseconds / 60_000)),
            outcome: FigureOutcome(
                value: peak.map { .number($0.sum.decimal) },
                unit: last.outcome.unit,
                doubt: reason.map { .init(quality: $0 == .noData ? .bad : .uncertain, reason: $0.rawValue) },
                completeness: completeness,
                account: account,
                unknown: nil
            ),
            extras: peak.map(\.members) ?? [],
            method: method,
            sources: Self.sources(of: ended, last)
        )
    }

    private static let quarter: Int64 = 900_000

    /// Four quarters in a row.
    private struct Hour {
        var from: Instant
        var quarters: [CityFigure]
        var sum: Fixed
        var largest: Fixed

        var members: [DataValue.Member] {
            var members: [DataValue.Member] = [
                .init("peak_from", .string(from.description)),
                .init("peak_to", .string((from + .seconds(3_600)).description)),
            ]
            let isSure = quarters.count == 4 && quarters.allSatisfy { !$0.isProvisional && $0.outcome.doubt == nil }
            if isSure, largest > .zero {
                let factor = Ratio(sum) / (Ratio(largest) * Ratio(4, over: 1))
                members.append(.init("peak_hour_factor", .number(.decimal(factor.rounded()))))
            }
            return members
        }
    }

    /// The hour with the largest sum; the earliest of equals.
    private static func peak(of quarters: [CityFigure], on day: Window) -> Hour? {
        var values: [Instant: (figure: CityFigure, value: Fixed)] = [:]
        for figure in quarters {
            if case .number(let number) = figure.outcome.value { values[figure.from] = (figure, Sums.fixed(number)) }
        }
        var best: Hour?
        var from = day.from
        while from + .seconds(3_600) <= day.to {
            let four = (0..<4).compactMap { values[from + .milliseconds(Int64($0) * quarter)] }
            let sum = four.reduce(Fixed.zero) { $0 + $1.value }
            if let largest = four.map(\.value).max(), best.map({ $0.sum < sum }) ?? true {
                best = Hour(from: from, quarters: four.map(\.figure), sum: sum, largest: largest)
            }
            from = from + .milliseconds(quarter)
        }
        return best
    }

    private static func reason(
        _ peak: Hour?,
        _ completeness: DecimalNumber?,
        _ completeAbove: DecimalNumber?
    ) -> MergedReason? {
        guard let peak else { return .noData }
        var reasons = peak.quarters.compactMap { MergedReason(rawValue: $0.outcome.doubt?.reason ?? "") }
            .filter(\.isInherited)
        if peak.quarters.contains(where: \.isProvisional) { reasons.append(.missingPart) }
        let least = completeAbove ?? FigureMessage.Parts.usualCompleteAbove
        if let completeness, completeness < least { reasons.append(.incomplete) }
        return MergedReason.first(of: reasons)
    }

    private static func sources(of quarters: [CityFigure], _ last: CityFigure) -> CityFigure.Sources {
        var sources = last.sources
        let silent = Set(quarters.flatMap(\.sources.silent))
        sources.gateways = quarters.map(\.sources.gateways).max() ?? 0
        sources.silent = Array(silent.sorted().prefix(CityFigure.Sources.mostNames))
        sources.silentCount = max(silent.count, quarters.map(\.sources.silentCount).max() ?? 0)
        return sources
    }
}
