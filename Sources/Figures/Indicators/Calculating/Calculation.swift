import Domain
import Installation

/// Computes a figure from tallies: pure, and the same whether the tallies were merged from parts or taken as a whole.
struct Calculation {
    let assignment: IndicatorPlan.Assignment
    let window: Window
    let zone: Zone
    let catalogue: IndicatorCatalogue
    /// Milliseconds of the window that have passed.
    let elapsed: Int64
    let isFinal: Bool
    var members: [Evidence] = []
    /// How long the conditions held at the same time.
    var joint = Tally()

    var measure: Measure { assignment.indicator.measure }
    /// Devices that are not verified count for nothing.
    var counting: [Evidence] { members.filter(\.member.isVerified) }
    var sources: [Evidence.Source] { counting.flatMap(\.values) }
    var values: Breakdown { sources.reduce(into: [:]) { $0.merge($1.whole) } }
    private var expected: Int { members.reduce(0) { $0 + $1.expected } }
    private var counted: Int { members.reduce(0) { $0 + $1.counted } }
    /// Good readings of devices of events: they show that the device was present, even without an event.
    private var listened: Int { members.reduce(0) { $0 + ($1.isOfEvents ? $1.heard : 0) } }

    /// How many bins before the window the measure compares with.
    var binsBefore: Int {
        if case .anomaly(let anomaly) = measure { anomaly.bins } else { 0 }
    }

    func figure() -> Figure {
        let whole = values.whole
        var identities = whole
        for member in members { member.presence.forEach { identities.merge($0) } }
        let within = measure == .share ? joint : whole
        var figure = Figure(
            indicator: assignment.indicator,
            scope: assignment.scope,
            isPartial: assignment.isPartial,
            window: window,
            isProvisional: !isFinal,
            revision: 0,
            value: nil,
            doubt: nil,
            expected: expected,
            received: members.reduce(0) { $0 + $1.received },
            counted: counted,
            excluded: members.reduce(0) { $0 + $1.excluded },
            unverified: members.reduce(0) { $0 + $1.unverified },
            by: breakdown,
            extras: [],
            parts: .init(
                count: whole.count,
                sum: whole.sum,
                minimum: whole.minimum,
                maximum: whole.maximum,
                integral: whole.integral,
                milliseconds: within.milliseconds,
                within: within.within,
                devices: activeSites
            ),
            unknown: whole.unknown,
            identities: identities.identities
        )
        if measure.wordsNeedParts { figure.partsOfWords = words }
        figure.hasMembers = members.contains { member in
            member.received > 0 || member.member.expectedFrom.map { zone.start(of: $0) < window.to } ?? false
        }
        guard hasData(whole) else {
            figure.doubt = .noData
            figure.by = []
            return figure
        }
        guard !isTooEarly else {
            figure.doubt = .tooEarly
            figure.by = []
            return figure
        }
        evaluate(whole, &figure)
        if figure.value == nil { figure.doubt = figure.doubt ?? .noData }
        figure.doubt = [figure.doubt, doubt(figure)].compactMap(\.self).min { $0.rank < $1.rank }
        return figure
    }

    private var activeSites: Int { Set(members.filter(\.isActive).map(\.member.site)).count }

    // MARK: Whether it is certain

    /// Zero and no data differ: there may be no events while the device is present.
    private func hasData(_ whole: Tally) -> Bool {
        switch measure {
        case .availability: expected > 0
        case .sum, .count, .distinct, .flow, .saturation, .peakHour: whole.hasSum || listened > 0
        case .level: whole.hasSum || listened > 0 || counting.contains { !$0.speeds.isEmpty }
        case .mean: whole.milliseconds > 0
        case .spaceMean: whole.integral > 0
        case .share: joint.milliseconds > 0
        case .minimum, .maximum: whole.count > 0
        case .anomaly: whole.milliseconds > 0
        }
    }

    /// Whether an open window has no value yet: a rate needs a third of the window, or an hour of a day, or a day of a
    /// month or year, and three polls.
    private var isTooEarly: Bool {
        guard !isFinal, measure.isOfRates else { return false }
        let most: Int64 = window.kind > .day ? 86_400_000 : 3_600_000
        let heard = members.filter { $0.received > 0 }
        return elapsed < min(window.length.wholeMilliseconds / 3, most)
            || heard.reduce(0) { $0 + $1.received } < 3 * heard.count
    }

    private func doubt(_ figure: Figure) -> Figure.Doubt? {
        if case .availability = measure { return nil }
        if let reason = figure.unknown.reason, isUnknown(figure.unknown) { return .unknown(reason) }
        if isInterpolated(amount: values.whole.sum, carried: carried, of: elapsed) { return .interpolated }
        guard let completeness = figure.completeness, completeness < assignment.indicator.completeAbove.decimal else {
            return nil
        }
        return .incomplete
    }

    /// Whether lost increases make the window uncertain; a month or a year allows a small part.
    private func isUnknown(_ unknown: Unknown) -> Bool {
        guard window.kind > .day else { return true }
        let share = Ratio(Int128(unknown.quarters), over: Int128(max(1, elapsed / Window.bin)))
        return share > Ratio(Fixed(1) - assignment.indicator.completeAbove)
    }

    /// The sum that came from sharing out increases that reach beyond the window.
    private var carried: Carried.Share {
        sources.reduce(.init()) { sum, source in
            source.whole.values.reduce(sum) { $0 + $1.carried.share }
        }
    }

    /// Whether more than a tenth of the amount or of the time was shared out, not measured.
    func isInterpolated(amount: Fixed, carried: Carried.Share, of length: Int64) -> Bool {
        let counters = Int128(max(1, sources.count { $0.tap?.what == .increase || $0.tap?.row != nil }))
        return carried.amount.billionths * 10 > amount.billionths
            || Int128(carried.milliseconds) * 10 > Int128(length) * counters
    }

    // MARK: Measures

    private func evaluate(_ whole: Tally, _ figure: inout Figure) {
        switch measure {
        case .sum: figure.value = .number(whole.sum.decimal)
        case .count: figure.value = .number(DecimalNumber(whole.count))
        case .minimum: figure.value = whole.minimum.map { .number($0.decimal) }
        case .maximum: figure.value = whole.maximum.map { .number($0.decimal) }
        case .mean(let night, _): mean(night, whole, &figure)
        case .spaceMean:
            figure.value = .number(Ratio(whole.sum.billionths, over: whole.integral).rounded())
            tellExtremes(whole, &figure)
        case .share: figure.value = percent(joint.within, of: joint.milliseconds).map { .number($0) }
        case .availability: figure.value = percent(Int64(counted), of: Int64(expected)).map { .number($0) }
        case .distinct(let registered):
            figure.value = .number(DecimalNumber(activeSites))
            // The number of registered sites is known for the city as a whole only.
            if let registered, assignment.scope == "gateway" {
                figure.extras.append(("registered", .integer(registered)))
                if let share = percent(Int64(activeSites), of: Int64(registered)) {
                    figure.extras.append(("share", .number(.decimal(share))))
                }
            }
        case .flow: flow(&figure)
        case .saturation: saturation(&figure)
        case .level: level(&figure)
        case .peakHour: peakHour(&figure)
        case .anomaly(let anomaly): leaps(anomaly, &figure)
        }
    }

    /// Seven digits: the precision of a float32 register.
    func percent(_ part: Int64, of whole: Int64) -> DecimalNumber? {
        whole > 0 ? Ratio(Int128(part) * 100, over: Int128(whole)).rounded() : nil
    }

    /// The parts for each name of the breakdown; for shares and means each part is a share or mean too.
    private var breakdown: [(name: String, values: [(word: String, value: DecimalNumber)])] {
        assignment.indicator.by.compactMap { name in
            if measure == .flow { return flowBreakdown(by: name) }
            let values = tallies(by: name).compactMap { word, tally in
                partValue(tally).map { (word: word, value: $0) }
            }
            return values.isEmpty ? nil : (name, values)
        }
    }

    /// The tallies of each word, sorted by word.
    private func tallies(by name: String) -> [(word: String, tally: Tally)] {
        var sums: [String: Tally] = [:]
        for (key, tally) in values {
            guard let word = Self.word(name, in: key), word != "-" else { continue }
            sums[word, default: Tally()].merge(tally)
        }
        return sums.sorted { $0.key < $1.key }.map { (word: $0.key, tally: $0.value) }
    }

    private var words: [(name: String, words: [(word: String, tally: Tally)])] {
        assignment.indicator.by.compactMap { name in
            let words = tallies(by: name)
            return words.isEmpty ? nil : (name, words)
        }
    }

    private func partValue(_ tally: Tally) -> DecimalNumber? {
        switch measure {
        case .count: tally.count > 0 ? DecimalNumber(tally.count) : nil
        case .mean: tally.mean?.rounded()
        case .spaceMean: tally.integral > 0 ? Ratio(tally.sum.billionths, over: tally.integral).rounded() : nil
        case .share: percent(tally.within, of: tally.milliseconds)
        case .minimum: tally.minimum?.decimal
        case .maximum: tally.maximum?.decimal
        case .sum: tally.hasSum ? tally.sum.decimal : nil
        case .flow, .availability, .distinct, .saturation, .level, .peakHour, .anomaly: nil
        }
    }

    /// The word for a name in a breakdown's key, such as `class=car,direction=left`.
    static func word(_ name: String, in key: String) -> String? {
        key.split(separator: ",").first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    // MARK: Means

    /// The sources of a mean; a device without expected readings yet is not missing.
    private var meters: [Evidence.Source] {
        members.flatMap { member in
            member.values.filter { member.expected > 0 || $0.whole.whole.milliseconds > 0 }
        }
    }

    private func mean(_ night: Range<Int>?, _ whole: Tally, _ figure: inout Figure) {
        let sources = meters
        let means = sources.map { $0.whole.whole.mean }
        if assignment.indicator.across == .sum {
            figure.value = .number(means.reduce(Ratio.zero) { $0 + ($1 ?? .zero) }.rounded())
            if means.contains(nil) { figure.doubt = .missingPart }
        } else {
            figure.value = whole.mean.map { .number($0.rounded()) }
        }
        // The least value of several parts is not the least of their sum.
        let isOne = assignment.indicator.across != .sum || sources.count == 1
        if isOne { tellExtremes(whole, &figure) }
        guard let night, window.kind == .day else { return }
        let bins = window.bins.filter { night.contains(hour(ofBin: $0)) }
        let least = sources.flatMap { source in bins.compactMap { source.bins[$0]?.whole.minimum } }.min()
        if isOne, let least { figure.extras.append(("night_minimum", .number(.decimal(least.decimal)))) }
        let hours = Dictionary(grouping: bins) { Window(.hour, containing: Self.start(ofBin: $0), in: zone).from }
        if let least = hours.values.compactMap(hourlyMean).min() {
            figure.extras.append(("night_minimum_hour", .number(.decimal(least.rounded()))))
        }
    }

    /// The mean of an hour, over all sources as in the figure; nil while one of several parts is missing.
    private func hourlyMean(_ bins: [Int64]) -> Ratio? {
        let tallies = meters.map { source in
            bins.reduce(into: Tally()) { $0.merge(source.bins[$1]?.whole ?? Tally()) }
        }
        guard assignment.indicator.across == .sum else {
            return tallies.reduce(into: Tally()) { $0.merge($1) }.mean
        }
        let means = tallies.compactMap(\.mean)
        return means.count == tallies.count && !means.isEmpty ? means.reduce(.zero, +) : nil
    }

    private func tellExtremes(_ whole: Tally, _ figure: inout Figure) {
        if let minimum = whole.minimum { figure.extras.append(("minimum", .number(.decimal(minimum.decimal)))) }
        if let maximum = whole.maximum { figure.extras.append(("maximum", .number(.decimal(maximum.decimal)))) }
    }

    /// The hour on the local clock when a bin begins.
    private func hour(ofBin number: Int64) -> Int {
        let start = Self.start(ofBin: number)
        let local = start.millisecondsSince1970 / 1_000 + zone.offset(start)
        return Int(local.flooredDivision(by: 86_400).remainder / 3_600)
    }

    static func start(ofBin number: Int64) -> Instant { Instant(millisecondsSince1970: number * Window.bin) }
}
