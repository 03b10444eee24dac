import Configuration
import Domain

/// Makes a figure of tallies: pure, and the same whether the tallies were merged from parts or gathered whole.
struct Calculation {
    var assignment: IndicatorPlan.Assignment
    var window: Window
    var zone: Zone
    var catalogue: IndicatorCatalogue
    /// How much of the window is over.
    var elapsed = Duration.zero
    var values: Breakdown = [:]
    /// By source, by the bin's number; for measures that look into the window.
    var bins: [[Int64: Breakdown]] = []
    var presence = Tally()
    var expected = 0
    /// Good readings of devices of events: they were heard, even if no event came.
    var listened = 0
    /// Devices that had anything.
    var active = 0

    private var measure: Measure { assignment.indicator.measure }
    private var hours: Double { elapsed.inSeconds / 3_600 }

    /// How many bins before the window a measure compares with.
    var binsBefore: Int {
        if case .anomaly(let anomaly) = measure { anomaly.bins } else { 0 }
    }

    init(assignment: IndicatorPlan.Assignment, window: Window, zone: Zone, catalogue: IndicatorCatalogue) {
        self.assignment = assignment
        self.window = window
        self.zone = zone
        self.catalogue = catalogue
    }

    func figure() -> Figure {
        let whole = values.whole
        var identities = presence
        for range in whole.identities { identities.add(range) }
        var figure = Figure(
            indicator: assignment.indicator,
            scope: assignment.scope,
            isPartial: assignment.isPartial,
            window: window,
            isProvisional: true,
            revision: 0,
            value: nil,
            doubt: nil,
            expected: expected,
            received: presence.received,
            excluded: presence.excluded,
            unverified: presence.unverified,
            by: breakdown,
            extras: [],
            parts: .init(
                count: whole.count,
                sum: whole.sum,
                minimum: whole.minimum,
                maximum: whole.maximum,
                within: whole.within,
                devices: active
            ),
            identities: identities.identities
        )
        guard hasData(whole) else {
            figure.doubt = .noData
            figure.by = []
            return figure
        }
        evaluate(whole, &figure)
        if figure.value == nil { figure.doubt = figure.doubt ?? .noData }
        figure.doubt = figure.doubt ?? doubt(whole)
        return figure
    }

    /// Zero and no data are different things: events may be none while their device is heard.
    private func hasData(_ whole: Tally) -> Bool {
        switch measure {
        case .availability: expected > 0 || presence.received > 0
        case .sum, .count, .distinct, .flow, .saturation, .level, .peakHour: whole.count > 0 || listened > 0
        default: whole.count > 0
        }
    }

    private func doubt(_ whole: Tally) -> Figure.Doubt? {
        if isCarriedIn(whole, since: window.from) { return .carriedIn }
        if case .availability = measure { return nil }
        let needed = assignment.indicator.completeAbove * Double(expected)
        return Double(presence.counted) < needed.rounded(.down) ? .incomplete : nil
    }

    /// Whether an increase in there began well before that moment: nobody knows how much of it came after.
    private func isCarriedIn(_ tally: Tally, since begin: Instant) -> Bool {
        let slack = (assignment.members.map(\.interval).max() ?? .zero) * 2.5
        return tally.since.map { $0 + slack < begin } ?? false
    }

    // MARK: Measures

    private func evaluate(_ whole: Tally, _ figure: inout Figure) {
        switch measure {
        case .sum: figure.value = .number(whole.sum.decimal)
        case .count: figure.value = .number(DecimalNumber(whole.count))
        case .minimum: figure.value = whole.minimum.map { .number($0.decimal) }
        case .maximum: figure.value = whole.maximum.map { .number($0.decimal) }
        case .mean(let night):
            figure.value = .number(whole.sum.divided(by: whole.count, significantDigits: 7))
            if let minimum = whole.minimum { figure.extras.append(("minimum", .number(.decimal(minimum.decimal)))) }
            if let maximum = whole.maximum { figure.extras.append(("maximum", .number(.decimal(maximum.decimal)))) }
            if let night, let least = nightMinimum(night) {
                figure.extras.append(("night_minimum", .number(.decimal(least.decimal))))
            }
        case .share:
            figure.value = rounded(100 * Double(whole.within) / Double(whole.count)).map { .number($0) }
        case .availability:
            let good = 100 * min(1, Double(presence.counted) / Double(max(1, expected)))
            figure.value = rounded(good).map { .number($0) }
        case .distinct(let registered):
            figure.value = .number(DecimalNumber(active))
            // How many are registered is known of the city as a whole.
            if let registered, assignment.scope == "gateway" {
                figure.extras.append(("registered", .integer(registered)))
                if let share = rounded(100 * Double(active) / Double(registered)) {
                    figure.extras.append(("share", .number(.decimal(share))))
                }
            }
        case .flow:
            guard let flow = flow(values, hours: hours, &figure) else { return }
            figure.value = rounded(flow).map { .number($0) }
        case .saturation:
            guard let saturation = saturation(values, hours: hours, &figure) else { return }
            figure.value = rounded(saturation).map { .number($0) }
        case .level: level(&figure)
        case .peakHour: peakHour(&figure)
        case .anomaly(let anomaly): leaps(anomaly, &figure)
        }
    }

    /// Seven digits: what a float32 register justifies.
    private func rounded(_ value: Double) -> DecimalNumber? { DecimalNumber(value, significantDigits: 7) }

    /// Marginal sums by each name of the breakdown; for shares and means they are of their own kind.
    private var breakdown: [(name: String, values: [(word: String, value: DecimalNumber)])] {
        assignment.indicator.by.compactMap { name in
            var sums: [String: Tally] = [:]
            for (key, tally) in values {
                guard let word = Self.word(name, in: key), word != "-" else { continue }
                sums[word, default: Tally()].merge(tally)
            }
            let values = sums.sorted { $0.key < $1.key }.filter { $0.value.count > 0 }.compactMap { word, tally in
                partValue(tally).map { (word: word, value: $0) }
            }
            return values.isEmpty ? nil : (name, values)
        }
    }

    private func partValue(_ tally: Tally) -> DecimalNumber? {
        switch measure {
        case .count: DecimalNumber(tally.count)
        case .mean: tally.count > 0 ? tally.sum.divided(by: tally.count, significantDigits: 7) : nil
        case .share: tally.count > 0 ? rounded(100 * Double(tally.within) / Double(tally.count)) : nil
        case .minimum: tally.minimum?.decimal
        case .maximum: tally.maximum?.decimal
        case .sum: tally.sum.decimal
        // Vehicles an hour, not yet weighed.
        case .flow: hours > 0 ? rounded(tally.sum.double / hours) : nil
        case .availability, .distinct, .saturation, .level, .peakHour, .anomaly: nil
        }
    }

    /// The word for a name in a breakdown's key, `class=car,direction=left`.
    static func word(_ name: String, in key: String) -> String? {
        key.split(separator: ",").first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// The least bin of the night's hours.
    private func nightMinimum(_ night: Range<Int>) -> Fixed? {
        guard window.kind == .day else { return nil }
        let first = Int64(night.lowerBound) * 4
        let bins = window.bins.lowerBound + first..<window.bins.lowerBound + Int64(night.upperBound) * 4
        return self.bins.flatMap { source in bins.compactMap { source[$0]?.whole.minimum } }.min()
    }

    // MARK: Traffic

    /// Passenger car units per hour.
    private func flow(_ values: Breakdown, hours: Double, _ figure: inout Figure) -> Double? {
        guard let road = assignment.road, let table = road.carUnits.flatMap({ catalogue.carUnits[$0] }), hours > 0
        else {
            return nil
        }
        let vehicles = values.whole.sum.double / hours
        let units = table.units(atFlow: table.perLane ? vehicles / Double(road.lanes) : vehicles)
        var sum = 0.0
        for (key, tally) in values {
            let amount = tally.sum.double / hours
            if let unit = units[Self.word("class", in: key) ?? "-"] {
                sum += amount * unit.double
            } else if amount > 0 {
                guard !road.classMix.isEmpty else {
                    figure.doubt = .unclassified
                    return nil
                }
                // A class that the table does not name counts like a car.
                sum += amount * road.classMix.reduce(0) { $0 + $1.value.double * (units[$1.key]?.double ?? 1) }
            }
        }
        if !figure.extras.contains(where: { $0.key == "car_units" }) {
            figure.extras.append(("car_units", .string(table.name)))
        }
        return sum
    }

    private func saturation(_ values: Breakdown, hours: Double, _ figure: inout Figure) -> Double? {
        guard let flow = flow(values, hours: hours, &figure), let capacity = assignment.road?.capacity else {
            return nil
        }
        if !figure.extras.contains(where: { $0.key == "capacity" }) {
            figure.extras.append(("capacity", .number(.decimal(capacity))))
            if let method = assignment.road?.capacityMethod {
                figure.extras.append(("capacity_method", .string(method)))
            }
        }
        return flow / capacity.double
    }

    /// Of a short window its own; of a day that of its peak hour, and the share of its bins that met the target.
    private func level(_ figure: inout Figure) {
        guard let table = assignment.road?.levels.flatMap({ catalogue.levels[$0] }) else { return }
        let target = assignment.road?.targetLevel
        let all = merged
        var (part, length) = (values, hours)
        if window.kind == .day, let peak = peak(all) {
            (part, length) = (peak.bins.reduce(into: [:]) { $0.merge(all[$1] ?? [:]) }, 1)
            if isCarriedIn(part.whole, since: Self.start(ofBin: peak.bins.lowerBound)) { figure.doubt = .carriedIn }
        }
        guard let saturation = saturation(part, hours: length, &figure) else { return }
        figure.value = .word(table.level(at: saturation))
        if let digits = rounded(saturation) { figure.extras.append(("saturation", .number(.decimal(digits)))) }
        figure.extras.append(("levels", .string(table.name)))
        guard let target else { return }
        figure.extras.append(("target_level", .string(target)))
        guard window.kind == .day, !all.isEmpty else { return }
        let judged = all.filter { !isCarriedIn($1.whole, since: Self.start(ofBin: $0)) }
        guard !judged.isEmpty else { return }
        let met = judged.values.count { bin in
            self.saturation(bin, hours: 0.25, &figure).map { table.meets(table.level(at: $0), target: target) } ?? false
        }
        if let share = rounded(100 * Double(met) / Double(judged.count)) {
            figure.extras.append(("share_at_target", .number(.decimal(share))))
        }
    }

    /// All sources' bins as one, within the window; those without a value, and without a device that tells of events, are none.
    private var merged: [Int64: Breakdown] {
        var merged: [Int64: Breakdown] = [:]
        for source in bins {
            for (number, piece) in source
            where window.bins.contains(number) && (piece.isEmpty || piece.whole.count > 0) {
                merged[number, default: [:]].merge(piece)
            }
        }
        return merged
    }

    private static func start(ofBin number: Int64) -> Instant {
        Instant(millisecondsSince1970: number * Window.bin)
    }

    /// The four bins in a row with the largest sum; the earliest of equals.
    private func peak(_ bins: [Int64: Breakdown]) -> (bins: Range<Int64>, sum: Fixed, largest: Fixed)? {
        let sums = bins.mapValues { $0.whole.sum }
        var best: (bins: Range<Int64>, sum: Fixed, largest: Fixed)?
        for first in window.bins.lowerBound..<max(window.bins.lowerBound, window.bins.upperBound - 3) {
            let four = (first..<first + 4).compactMap { sums[$0] }
            guard let largest = four.max(), case let sum = four.reduce(.zero, +), best.map({ $0.sum < sum }) ?? true
            else {
                continue
            }
            best = (first..<first + 4, sum, largest)
        }
        return best
    }

    private func peakHour(_ figure: inout Figure) {
        guard let peak = peak(merged) else { return }
        figure.value = .number(peak.sum.decimal)
        let from = Self.start(ofBin: peak.bins.lowerBound)
        let four = peak.bins.reduce(into: Breakdown()) { $0.merge(merged[$1] ?? [:]) }
        if isCarriedIn(four.whole, since: from) { figure.doubt = .carriedIn }
        figure.extras.append(("peak_from", .string(from.description)))
        figure.extras.append(("peak_to", .string((from + .seconds(3_600)).description)))
        guard peak.largest > .zero, let factor = rounded(peak.sum.double / (4 * peak.largest.double)) else { return }
        figure.extras.append(("peak_hour_factor", .number(.decimal(factor))))
    }

    // MARK: Anomalies

    /// Bins whose mean leapt above the mean of the bins before, by source; each says what it was compared with.
    private func leaps(_ anomaly: Measure.Anomaly, _ figure: inout Figure) {
        var leaps: [(at: Int64, mean: Double, reference: Double)] = []
        var compared = false
        for source in bins {
            for number in source.keys.sorted() where window.bins.contains(number) {
                guard let mean = Self.mean(source[number]?.whole) else { continue }
                let before = (number - Int64(anomaly.bins)..<number).compactMap { source[$0]?.whole }.filter {
                    $0.count > 0
                }
                guard before.count * 4 >= anomaly.bins,
                    let reference = Self.mean(before.reduce(into: Tally()) { $0.merge($1) })
                else { continue }
                compared = true
                if mean > anomaly.factor.double * reference, mean - reference > anomaly.step.double {
                    leaps.append((number, mean, reference))
                }
            }
        }
        // Without a day before there is nothing to compare with.
        guard compared else { return }
        figure.value = .number(DecimalNumber(leaps.count))
        figure.extras.append(
            (
                "compared_with",
                .object([
                    .init("mean_of_bins_before", .integer(anomaly.bins)),
                    .init("factor", .number(.decimal(anomaly.factor.decimal))),
                    .init("step", .number(.decimal(anomaly.step.decimal))),
                ])
            )
        )
        let told = leaps.sorted { $0.at < $1.at }.prefix(8).map { leap -> JSONValue in
            var members: [JSONValue.Member] = [
                .init("from", .string(Instant(millisecondsSince1970: leap.at * Window.bin).description))
            ]
            if let mean = rounded(leap.mean) { members.append(.init("mean", .number(.decimal(mean)))) }
            if let reference = rounded(leap.reference) {
                members.append(.init("reference", .number(.decimal(reference))))
            }
            return .object(members)
        }
        if !told.isEmpty { figure.extras.append(("leaps", .array(told))) }
    }

    private static func mean(_ tally: Tally?) -> Double? {
        guard let tally, tally.count > 0 else { return nil }
        return tally.sum.double / Double(tally.count)
    }
}
