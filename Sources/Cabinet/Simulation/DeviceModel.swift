import Domain
import Profiles

/// What one device holds at any time: for each point of its profile, the raw value that reads as a good value.
///
/// A pure function of time (seconds since the models' epoch), the profile and the seed.
struct DeviceModel: Sendable {
    let profile: Profile
    let day: FieldDay
    private let models: [PointModel]
    private let casting: PointCasting
    private let chance: Chance
    private let pump: PumpModel
    private let scale: ScaleModel
    /// m3/h when the pump runs.
    private let fullFlow: Double

    /// - Parameters:
    ///   - chance: the device's own source of random numbers.
    ///   - day: the hours of the day, by which the road fills.
    init(profile: Profile, chance: Chance, day: FieldDay) {
        self.profile = profile
        self.day = day
        self.chance = chance
        casting = PointCasting(profile: profile, chance: chance, day: day)
        models = casting.models()
        pump = PumpModel(chance: chance.child("pump"))
        fullFlow = Self.fullFlow(profile)
        let ranges = profile.points.compactMap { point -> Double? in
            guard point.measures("kg"), point.counter == nil, let unit = point.unit, let kilograms = Unit("kg") else {
                return nil
            }
            return point.range.map { unit.convert($0.upperBound.double, to: kilograms) }
        }
        scale = ScaleModel(chance: chance.child("scale"), capacity: min(60, (ranges.min() ?? 60) * 0.9))
    }

    /// In m3/h: 45, or less when a range or a counter's greatest rate requires it.
    private static func fullFlow(_ profile: Profile) -> Double {
        profile.points.reduce(45) { flow, point in
            var most = flow
            if let unit = point.unit, let hourly = Unit("m3/h"), unit.isConvertible(to: hourly), let range = point.range
            {
                most = min(most, unit.convert(range.upperBound.double * 0.8, to: hourly))
            }
            if let unit = point.unit, let volume = Unit("m3"), unit.isConvertible(to: volume),
                let rate = point.counter?.maxRate
            {
                most = min(most, unit.convert(rate.double * 0.5, to: volume) * 3_600)
            }
            return most > 0 ? most : flow
        }
    }

    /// What each point holds; nil for a point that holds nothing.
    func values(at seconds: Double) -> [HeldValue?] {
        var values = profile.points.indices.map { value($0, at: seconds) }
        for (index, model) in models.enumerated() {
            guard case .remainder(let whole) = model else { continue }
            let point = profile.points[whole]
            guard let total = quantity(whole, at: seconds), case .whole(let held)? = values[whole] else { continue }
            if point.isWiderThanItsRegisters, let roll = point.ownModulus?.whole {
                // The point itself has the lower digits only.
                values[whole] = .whole(held % roll)
                values[index] = raw(index, inUnit(Double(held - held % roll), point, whole))
                continue
            }
            values[index] = raw(index, max(0, total - inUnit(Double(held), point, whole)))
        }
        return values
    }

    private func value(_ index: Int, at seconds: Double) -> HeldValue? {
        let point = profile.points[index]
        switch models[index] {
        case .computed, .remainder: return nil
        case .text(let text): return .text(text)
        case .flag(let flag): return .flag(flag)
        case .presence(let traffic):
            // A vehicle stays on the loop for about a second.
            return .flag(traffic.count(at: seconds) != traffic.count(at: seconds - 1))
        case .status: return status(index, at: seconds)
        default: return quantity(index, at: seconds).map { raw(index, $0, floor: point.plus != nil) }
        }
    }

    // MARK: Numbers

    /// In the point's unit, inside its range.
    private func quantity(_ index: Int, at seconds: Double) -> Double? {
        let point = profile.points[index]
        let drift = DriftModel(chance: chance.child(point.name))
        func converted(_ value: Double, _ code: String) -> Double { PointCasting.convert(value, code, to: point.unit) }
        switch models[index] {
        case .constant(let value): return clamped(value, point)
        case .drift(let low, let high):
            return fitted(drift.value(at: seconds, low: low, high: high), point, at: seconds)
        case .vehicles(let traffic): return wrapped(Double(traffic.count(at: seconds)), point)
        case .vehicleRate(let traffic):
            return fitted(converted(traffic.rate(at: seconds) * 3_600, "{vehicles}/h"), point, at: seconds)
        case .vehiclesOfQuarter(let traffic):
            return clamped(Double(traffic.count(at: seconds) - traffic.count(at: seconds - 900)), point)
        case .sum(let parts): return clamped(parts.reduce(0) { $0 + (quantity($1, at: seconds) ?? 0) }, point)
        case .roadSpeed(let traffic):
            let fullness = min(1, traffic.rate(at: seconds) / max(traffic.peak, 1e-9))
            let speed = 46 - 20 * fullness + 3 * drift.value(at: seconds)
            return fitted(converted(speed, "km/h"), point, at: seconds)
        case .discharge: return fitted(converted(fullFlow * pump.flow(at: seconds), "m3/h"), point, at: seconds)
        case .volume: return wrapped(converted(fullFlow / 3_600 * pump.total(at: seconds), "m3"), point)
        case .pipeVelocity:
            // A full pipe of 100 mm: 0.00785 m2.
            return fitted(converted(fullFlow / 3_600 * pump.flow(at: seconds) / 0.00785, "m/s"), point, at: seconds)
        case .weight: return clamped(converted(scale.state(at: seconds).weight, "kg"), point)
        case .collected: return wrapped(converted(scale.collected(at: seconds), "kg"), point)
        case .counting(let rate): return wrapped((rate * seconds).rounded(.down), point)
        case .uptime:
            return wrapped(converted(seconds.truncatingRemainder(dividingBy: 86_400).rounded(.down), "s"), point)
        case .computed, .flag, .presence, .remainder, .status, .text: return nil
        }
    }

    private func clamped(_ value: Double, _ point: Point) -> Double {
        guard let range = point.range else { return value }
        return min(max(value, range.lowerBound.double), range.upperBound.double)
    }

    /// A counter starts again at its range's end.
    private func wrapped(_ value: Double, _ point: Point) -> Double {
        guard let range = point.range else { return value }
        let (low, high) = (range.lowerBound.double, range.upperBound.double)
        guard !(low...high).contains(value), high > low else { return value }
        return low + value.truncatingRemainder(dividingBy: high - low)
    }

    /// A quantity whose usual value is outside the range moves around the middle of the range instead.
    private func fitted(_ value: Double, _ point: Point, at seconds: Double) -> Double {
        guard let range = point.range else { return value }
        let (low, high) = (range.lowerBound.double, range.upperBound.double)
        if (low...high).contains(value) { return value }
        let width = high - low
        return DriftModel(chance: chance.child(point.name))
            .value(at: seconds, low: low + 0.3 * width, high: low + 0.7 * width)
    }

    // MARK: Raw values

    private func places(_ point: Point) -> Int {
        point.decimals + (point.decimalsFrom.map(casting.decimals(heldBy:)) ?? 0)
    }

    private func inUnit(_ raw: Double, _ point: Point, _ index: Int) -> Double {
        raw * DecimalNumber(negative: false, magnitude: 1, exponent: -places(point)).double * (point.scale?.double ?? 1)
            + (point.offset?.double ?? 0)
    }

    /// The inverse of what a reader does: value = raw x 10^-places x scale + offset.
    func raw(_ index: Int, _ value: Double, floor: Bool = false) -> HeldValue {
        let point = profile.points[index]
        // Doubles are exact enough: the raw number is rounded to a whole one, or to the float that the device holds.
        let power = DecimalNumber(negative: false, magnitude: 1, exponent: places(point)).double
        let raw = (value - (point.offset?.double ?? 0)) / (point.scale?.double ?? 1) * power
        if let type = point.origin.byteType { return self.raw(raw, type, point) }
        guard case .registers(_, let type, _) = point.origin else { return .real(reported(raw, point)) }
        guard type.isWhole else { return .real(raw) }
        // Adds a thousandth of a count, so that 1000 x 0.001 is not floored to 0.
        let rounded = floor ? (raw + 1e-3).rounded(.down) : raw.rounded()
        let number = Int64(max(-9.2e18, min(9.2e18, rounded)))
        if let counter = point.counter {
            guard let modulus = counter.modulus?.double, modulus < 9e18 else { return .whole(number) }
            return .whole(number.flooredDivision(by: Int64(modulus)).remainder)
        }
        return .whole(valid(limited(number, type), type, point))
    }

    /// Messages carry grams and counts as whole numbers, everything else with three decimals.
    func reported(_ raw: Double, _ point: Point) -> Double {
        let isWhole =
            point.unit?.code == "g" || point.counter != nil && point.unit?.code.hasPrefix("{") ?? true
            || point.measures("{vehicles}") || point.measures("{persons}")
        return isWhole ? raw.rounded() : (raw * 1_000).rounded() / 1_000
    }

    private func limited(_ number: Int64, _ type: RegisterType) -> Int64 {
        switch type {
        case .uint16, .bits: min(max(number, 0), 0xffff)
        case .int16: min(max(number, -0x7fff), 0x7fff)
        case .uint32: min(max(number, 0), 0xffff_ffff)
        case .int32: min(max(number, -0x7fff_ffff), 0x7fff_ffff)
        case .bcd16: min(max(number, 0), 9_999)
        case .bcd32: min(max(number, 0), 99_999_999)
        default: number
        }
    }

    /// Avoids patterns that stand for "no value", and 0x8000, which stands for it in many devices.
    private func valid(_ number: Int64, _ type: RegisterType, _ point: Point) -> Int64 {
        var number = number
        let mask: UInt64 = type.registers == 4 ? .max : 1 << UInt64(16 * type.registers) - 1
        func isInvalid(_ number: Int64) -> Bool {
            let pattern = UInt64(bitPattern: number) & mask
            return point.invalid.contains { $0 & mask == pattern } || (type.registers == 1 && pattern == 0x8000)
        }
        while isInvalid(number), number < .max { number += 1 }
        return number
    }

    // MARK: Status words

    /// Every field that other points depend on says that they are good; signal qualities move; the rest is 0.
    private func status(_ index: Int, at seconds: Double) -> HeldValue {
        var word: UInt64 = 0
        let point = profile.points[index]
        func put(_ value: Int64, _ field: PointFace.Field?) {
            guard let field else {
                word = UInt64(bitPattern: value)
                return
            }
            let width = UInt64(field.high - field.low + 1)
            let mask: UInt64 = width >= 64 ? .max : (1 << width) - 1
            word = word & ~(mask << UInt64(field.low)) | (UInt64(bitPattern: value) & mask) << UInt64(field.low)
        }
        for field in point.fields {
            if field.high - field.low >= 5, field.name.containsAny("quality", "signal", "strength") {
                let drift = DriftModel(chance: chance.child(field.name))
                put(
                    Int64(min(drift.value(at: seconds, low: 62, high: 88), Double(1 << (field.high - field.low)))),
                    field
                )
            }
            if profile.measures == .waste, field.high == field.low, field.name.contains("zero") {
                put(scale.state(at: seconds).weight < 0.02 ? 1 : 0, field)
            }
        }
        for vouched in profile.points {
            if case .flag(let reference)? = vouched.stability, reference.point == index {
                let isStable = !vouched.measures("kg") || scale.state(at: seconds).isStable
                put(isStable ? 1 : 0, reference.field)
            }
        }
        for (reference, accepted) in accepted(index) { if let value = accepted.min() { put(value, reference.field) } }
        if point.kind == .flag { return .flag(word != 0) }
        return .whole(Int64(bitPattern: word))
    }

    /// The values that satisfy every condition on the same field.
    private func accepted(_ index: Int) -> [PointReference: Set<Int64>] {
        var accepted: [PointReference: Set<Int64>] = [:]
        for condition in profile.points.flatMap(\.goodWhen) where condition.reference.point == index {
            let both = accepted[condition.reference]?.intersection(condition.accepted) ?? condition.accepted
            accepted[condition.reference] = both.isEmpty ? condition.accepted : both
        }
        return accepted
    }
}
