import Domain

/// Counts the quarters of an hour in which a value leapt above its earlier level.
extension Calculation {
    private struct Found {
        var at: Int64
        var parameter: String
        var mean: Ratio
        var reference: Ratio
    }

    func leaps(_ anomaly: Measure.Anomaly, _ figure: inout Figure) {
        var leaps: [Found] = []
        var rules: [String: Measure.Leap] = [:]
        for (member, source) in members.flatMap({ member in member.values.map { (member.member, $0) } }) {
            guard let key = source.tap?.key, let leap = member.leaps[key] else { continue }
            let (parameter, rule) = (leap.parameter, leap.rule)
            for number in source.bins.keys.sorted() where window.bins.contains(number) {
                guard let mean = source.bins[number]?.whole.mean else { continue }
                let before = (number - Int64(anomaly.bins)..<number).compactMap { source.bins[$0]?.whole }.filter {
                    $0.milliseconds > 0
                }
                guard before.count * 4 >= anomaly.bins,
                    let reference = before.reduce(into: Tally(), { $0.merge($1) }).mean
                else { continue }
                rules[parameter] = rule
                if mean > Ratio(rule.factor) * reference, mean > reference + Ratio(rule.step) {
                    leaps.append(
                        Found(at: number, parameter: parameter, mean: mean, reference: reference)
                    )
                }
            }
        }
        // Without the day before there is nothing to compare with.
        guard !rules.isEmpty else { return }
        // Two parameters that leap at the same time count as one quarter.
        figure.value = .number(DecimalNumber(Set(leaps.map(\.at)).count))
        var compared: [DataValue.Member] = [.init("mean_of_bins_before", .integer(anomaly.bins))]
        compared += rules.sorted { $0.key < $1.key }.map { parameter, rule in
            var members: [DataValue.Member] = [
                .init("factor", .number(.decimal(rule.factor.decimal))),
                .init("step", .number(.decimal(rule.step.decimal))),
            ]
            if let unit = rule.unit { members.append(.init("unit", .string(unit.code))) }
            return .init(parameter, .object(members))
        }
        figure.extras.append(("compared_with", .object(compared)))
        let told = leaps.sorted { ($0.at, $0.parameter) < ($1.at, $1.parameter) }.prefix(8).map { leap in
            DataValue.object([
                .init("from", .string(Self.start(ofBin: leap.at).description)),
                .init("parameter", .string(leap.parameter)),
                .init("mean", .number(.decimal(leap.mean.rounded()))),
                .init("reference", .number(.decimal(leap.reference.rounded()))),
            ])
        }
        if !told.isEmpty { figure.extras.append(("leaps", .array(told))) }
    }
}
