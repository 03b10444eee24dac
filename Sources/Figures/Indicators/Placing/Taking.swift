import Contract
import Documents
import Domain
import Installation
import Profiles

/// Applies one rule of an indicator to one device at its place: which points and events are taken, and how.
struct Taking {
    let rule: SourceRule
    let indicator: IndicatorDefinition
    let device: Placement
    let catalogue: IndicatorCatalogue
    let log: ProblemLog
    /// What does not fit, a sentence each.
    private(set) var leftOut: [String] = []

    init(
        rule: SourceRule,
        indicator: IndicatorDefinition,
        device: Placement,
        catalogue: IndicatorCatalogue,
        log: ProblemLog
    ) {
        self.rule = rule
        self.indicator = indicator
        self.device = device
        self.catalogue = catalogue
        self.log = log
    }

    private var points: [Point] { device.profile.publicPoints.map { device.profile.points[$0] } }

    mutating func add(to feed: inout IndicatorPlan.DeviceFeed, _ member: inout IndicatorPlan.Member) {
        switch rule.what {
        case .increase(let names):
            for point in points where names.contains(point.name) && point.counter != nil {
                take(point, .increase, &feed, &member)
            }
        case .counters(let unit):
            for point in points where point.counter != nil && point.publishedUnit == unit {
                take(point, .increase, &feed, &member)
            }
        case .values(let names):
            for point in points where names.contains(point.name) { take(point, .value, &feed, &member) }
        case .speeds(let names):
            for point in points where names.contains(point.name) {
                take(point, .value, &feed, &member, isSpeed: true)
            }
        case .events(let name, let amount): take(event: name, amount, &feed, &member)
        }
    }

    private mutating func take(
        _ point: Point,
        _ what: Tap.What,
        _ feed: inout IndicatorPlan.DeviceFeed,
        _ member: inout IndicatorPlan.Member,
        isSpeed: Bool = false
    ) {
        let wanted = isSpeed ? Unit("km/h") : indicator.measure.keepsUnit ? indicator.unit : nil
        let conversion: Conversion?
        let limitConversion: Conversion?
        do throws(Unfit) {
            conversion = try self.conversion(point, to: wanted ?? indicator.measure.leap(rule.leap)?.unit)
            limitConversion = try self.conversion(point, to: rule.limits?.unit)
        } catch {
            tell(error, wanted)
            return
        }
        var taken = "\(point.name)#\(what == .increase ? "increase" : "value")"
        if let limits = rule.limits { taken += limits.suffix }
        if let to = conversion?.to { taken += ">\(to)" }
        if let weight = rule.weight { taken += "/\(weight)" }
        taken += rule.suffix(by: indicator.by)
        var tap = Tap(
            key: SourceKey(device: device.key, taken: taken),
            what: what,
            breakdown: indicator.by.map { name in "\(name)=\(rule.word(name, of: point.name, device) ?? "-")" }
                .joined(separator: ",")
        )
        tap.limits = rule.limits
        tap.limitConversion = limitConversion
        tap.conversion = conversion
        tap.interval = device.interval.wholeMilliseconds
        tap.row = row(of: point)
        tap.weight = rule.weight
        if let counter = point.counter { tap.set(counter, of: point) }
        if point.isWholeCount, tap.conversion == nil { tap.quantum = point.count.billionths }
        feed.take(tap, of: point.name)
        if let leap = indicator.measure.leap(rule.leap) {
            let parameter = rule.word("parameter", of: point.name, device) ?? point.name
            member.leaps[tap.key] = .init(parameter: parameter, rule: leap)
        }
        if isSpeed {
            if !member.speeds.contains(tap.key) { member.speeds.append(tap.key) }
        } else if !member.values.contains(tap.key) {
            member.values.append(tap.key)
        }
        if !member.presence.contains(tap.key) { member.presence.append(tap.key) }
    }

    private struct Unfit: Error {
        var point: Point
        var from: Unit
        var to: Unit
    }

    /// Reports what does not fit. A point that cannot become the indicator's unit is a mistake; limits and steps in
    /// another unit only leave out the point.
    private mutating func tell(_ unfit: Unfit, _ wanted: Unit?) {
        let message: Message =
            "point \"\(unfit.point.name)\" of device \"\(device.device)\" is in \(unfit.from), "
            + "which cannot become \(unfit.to)"
        if unfit.to == wanted {
            log.add(catalogue.place(of: unfit.point.name, in: indicator.id).problem(message))
        } else {
            leftOut.append("\(indicator.id): \(message); it is left out")
        }
    }

    /// Nil if nothing has to be converted.
    private func conversion(_ point: Point, to unit: Unit?) throws(Unfit) -> Conversion? {
        guard let from = point.publishedUnit, let unit, from != unit else { return nil }
        if from.isConvertible(to: unit) { return Conversion(from: from, to: unit) }
        throw Unfit(point: point, from: from, to: unit)
    }

    private func row(of point: Point) -> MQTTAccess.Row? {
        guard let index = point.origin.message else { return nil }
        return device.profile.mqtt?.messages[index].row
    }

    private func take(
        event name: String,
        _ amount: String?,
        _ feed: inout IndicatorPlan.DeviceFeed,
        _ member: inout IndicatorPlan.Member
    ) {
        let derived = name == EventName.weighing.rawValue && feed.weighing != nil
        guard derived || device.profile.events.contains(where: { $0.name == name }) else { return }
        var taken = "#\(name)" + (amount.map { ":" + $0 } ?? "")
        taken += rule.suffix(by: indicator.by)
        let key = SourceKey(device: device.key, taken: taken)
        var tap = Tap(key: key, what: .event(amount: amount), breakdown: "")
        tap.origins = indicator.by.map { dimension in
            if let word = rule.word(dimension, of: nil, device) { return (dimension, .word(word)) }
            return (dimension, rule.by[dimension] ?? .word("-"))
        }
        if feed.eventTaps[name]?.contains(tap) != true { feed.eventTaps[name, default: []].append(tap) }
        if !member.values.contains(key) { member.values.append(key) }
        for point in points where rule.alive.contains(point.name) {
            let key = SourceKey(device: device.key, taken: "\(point.name)#value")
            feed.take(Tap(key: key, what: .alive, breakdown: ""), of: point.name)
            if !member.presence.contains(key) { member.presence.append(key) }
        }
    }
}

extension IndicatorPlan.DeviceFeed {
    /// Takes a point once for each way of taking it; a value also shows that the device is present.
    fileprivate mutating func take(_ tap: Tap, of point: String) {
        guard let index = taps[point]?.firstIndex(of: tap) else {
            taps[point, default: []].append(tap)
            return
        }
        if taps[point]?[index].what == .alive { taps[point]?[index] = tap }
    }
}

extension Measure {
    /// The leap for a source whose own definition is `own`.
    fileprivate func leap(_ own: Leap?) -> Leap? {
        guard case .anomaly(let anomaly) = self else { return nil }
        return own ?? anomaly.leap
    }
}

extension Point {
    /// One raw count in the point's unit.
    fileprivate var count: Fixed {
        Fixed((scale ?? DecimalNumber(1)).shifted(by: -decimals)) ?? Fixed(1)
    }

    /// Whether its numbers are whole raw counts: registers by their type, messages if they count things.
    fileprivate var isWholeCount: Bool {
        guard publish == nil || publish == unit, plus == nil else { return false }
        switch origin {
        case .registers(_, let type, _): return type.isWhole
        case .field: return true
        case .part where origin.byteType != nil: return origin.byteType?.isWhole ?? false
        case .message, .part: return unit?.code.hasPrefix("{") ?? true
        case .weir: return false
        }
    }
}

extension Tap {
    /// Sets how increases follow from a counter's totals, in the point's published unit.
    fileprivate mutating func set(_ rule: CounterRule, of point: Point) {
        let published = point.publishedUnit
        func fixed(_ number: DecimalNumber) -> Fixed {
            guard let from = point.unit, let to = published, from != to else { return Fixed(number) ?? .zero }
            return DecimalNumber(from.convert(number.double, to: to, difference: true), significantDigits: 15)
                .flatMap { Fixed($0) } ?? .zero
        }
        let one = (point.scale ?? DecimalNumber(1)).shifted(by: -point.decimals)
        counter = Counter(
            modulus: rule.modulus.map { fixed($0 * one) },
            maxRate: rule.maxRate.map(fixed),
            step: fixed(rule.step ?? one),
            delay: rule.refresh.wholeMilliseconds + interval
        )
    }
}
