import Domain
import Profiles

/// The quantity that a point simulates.
enum PointModel: Sendable {
    /// In the point's unit.
    case constant(Double)
    /// In the point's unit.
    case drift(low: Double, high: Double)
    /// Vehicles since the epoch.
    case vehicles(TrafficModel)
    /// Vehicles per hour now.
    case vehicleRate(TrafficModel)
    /// Vehicles in the last 15 minutes.
    case vehiclesOfQuarter(TrafficModel)
    /// The sum of the points with these indices.
    case sum([Int])
    /// Slower when the road is full.
    case roadSpeed(TrafficModel)
    /// Whether a vehicle stands on the loop.
    case presence(TrafficModel)
    case discharge
    case volume
    case pipeVelocity
    case weight
    case collected
    /// Counts without a known meaning, per second.
    case counting(Double)
    case uptime
    /// A status word, put together from its fields.
    case status
    case flag(Bool)
    case text(String)
    /// The part that is left over beside the whole number, which the point with this index holds.
    case remainder(of: Int)
    /// Nothing is held: the reader computes the value.
    case computed
}

/// Chooses a model for each point from its profile: counter, unit, name, what the device measures.
struct PointCasting {
    private let profile: Profile
    private let chance: Chance
    private let day: FieldDay

    /// Vehicles per second at the peak on one lane, about 900 an hour.
    private static let peak = 0.25

    init(profile: Profile, chance: Chance, day: FieldDay) {
        self.profile = profile
        self.chance = chance
        self.day = day
    }

    func models() -> [PointModel] { profile.points.indices.map(model) }

    private func model(_ index: Int) -> PointModel {
        let point = profile.points[index]
        if case .weir = point.origin { return .computed }
        if let place = point.sunspec, place.offset == 0 { return .constant(Double(place.model)) }
        if let whole = profile.points.firstIndex(where: { $0.plus == index }) { return .remainder(of: whole) }
        if profile.points.contains(where: { $0.decimalsFrom?.point == index && $0.decimalsFrom?.field == nil }) {
            return .constant(Double(decimals(heldBy: index)))
        }
        if profile.points.contains(where: { $0.exponentFrom == index }) {
            return .constant(Double(exponent(heldBy: index)))
        }
        if profile.points.contains(where: { $0.times == index || $0.dividedBy == index }) {
            return .constant(ratio(heldBy: index))
        }
        switch point.kind {
        case .text:
            let conditions = profile.points.flatMap(\.goodWhen).filter { $0.reference.point == index }
            let accepted = conditions.first?.texts.first
            if point.chars == .hex, case .registers(let range, _, _) = point.origin {
                let words = (0..<range.count).map { chance.child(point.name).word(Int64($0)) % 65_536 }
                return .text(words.map { String(String($0 + 65_536, radix: 16, uppercase: true).suffix(4)) }.joined())
            }
            return .text(accepted ?? "SIM-" + String(chance.child(point.name).word(0) % 10_000))
        case .flag: return flag(point, index)
        case .number: break
        }
        if !point.fields.isEmpty || isReferenced(index) { return .status }
        if point.counter != nil { return counter(point) }
        guard let unit = point.unit else { return unitless(point) }
        return quantity(point, unit, index)
    }

    /// What a point holds that gives a number of decimals: as many as suit the quantity and its range allows.
    func decimals(heldBy index: Int) -> Int {
        let isLength = profile.points.contains { $0.decimalsFrom?.point == index && $0.measures("m") }
        let wanted = DecimalNumber(isLength ? 3 : 2)
        guard let range = profile.points[index].range else { return Int(wanted.double) }
        return Int(min(max(wanted, range.lowerBound), range.upperBound).double)
    }

    /// The power of ten that a point holds for others: tenths, and thousandths for lengths.
    func exponent(heldBy index: Int) -> Int {
        let isLength = profile.points.contains { $0.exponentFrom == index && $0.measures("m") }
        return Int(limited(isLength ? -3 : -1, to: profile.points[index].range))
    }

    /// What a point holds that others are multiplied or divided by: 1, or the nearest number in its range.
    func ratio(heldBy index: Int) -> Double { limited(1, to: profile.points[index].range) }

    private func limited(_ number: Double, to range: ClosedRange<DecimalNumber>?) -> Double {
        guard let range else { return number }
        return min(max(number, range.lowerBound.double), range.upperBound.double)
    }

    /// Whether the quality of other points depends on this one's value.
    private func isReferenced(_ index: Int) -> Bool {
        profile.points.contains { point in
            if point.goodWhen.contains(where: { $0.reference.point == index }) { return true }
            if point.negativeWhen?.point == index || point.decimalsFrom?.point == index { return true }
            if case .flag(let reference)? = point.stability { return reference.point == index }
            return false
        }
    }

    private func flag(_ point: Point, _ index: Int) -> PointModel {
        if isReferenced(index) { return .status }
        if point.name.containsAny("run", "start", "enable", "online") { return .flag(true) }
        if profile.measures == .traffic, !point.name.containsAny("alarm", "error", "fault", "overflow", "stop") {
            return .presence(traffic(point))
        }
        return .flag(false)
    }

    private func counter(_ point: Point) -> PointModel {
        if point.name.containsAny("negative", "reverse") { return .constant(0) }
        if point.measures("m3") { return .volume }
        if point.measures("kg") { return .collected }
        if point.measures("{vehicles}") || point.measures("{persons}")
            || (point.unit == nil && profile.measures == .traffic)
        {
            return .vehicles(traffic(point))
        }
        return .counting(min(0.1, (point.counter?.maxRate?.double ?? 1) * 0.3))
    }

    private func traffic(_ point: Point) -> TrafficModel {
        let most = point.counter?.maxRate.map { $0.double * 0.5 } ?? .infinity
        let peak = Self.peak * share(point.name)
        return TrafficModel(chance: chance.child(point.name), peak: min(peak, most), day: day)
    }

    /// The share of the traffic that a name stands for.
    private func share(_ name: String) -> Double {
        let half = name.hasSuffix("lft") || name.hasSuffix("rgt") ? 0.5 : 1
        let shares: [(words: [String], share: Double)] = [
            (["motor"], 0.65), (["heavy", "truck", "bus"], 0.05), (["bike", "bicycle"], 0.03),
            (["pedestrian", "person"], 0.04), (["car", "light"], 0.3),
        ]
        let named = shares.first { $0.words.contains { name.contains($0) } }?.share
        return half * (named ?? chance.child(name).between(0.5, 1, 0))
    }

    private func unitless(_ point: Point) -> PointModel {
        if point.name.containsAny("quality", "signal", "strength") { return .drift(low: 62, high: 88) }
        if let range = point.range {
            let (low, high) = (range.lowerBound.double, range.upperBound.double)
            if point.isWhole, point.name.containsAny("error", "alarm", "status", "fault") { return .constant(low) }
            return .drift(low: low + 0.3 * (high - low), high: low + 0.7 * (high - low))
        }
        // A bare number of a message could be anything; a register without a unit is mostly a setting or a code.
        if point.origin.messageValue != nil { return .drift(low: 1, high: 2) }
        return .constant(0)
    }

    private func quantity(_ point: Point, _ unit: Unit, _ index: Int) -> PointModel {
        func drift(_ low: Double, _ high: Double, _ code: String) -> PointModel {
            .drift(low: Self.convert(low, code, to: unit), high: Self.convert(high, code, to: unit))
        }
        // These units say what is measured, although other units of the same quantity say something else: rain in mm/h
        // is not the velocity of water.
        let own: [(code: String, low: Double, high: Double)] = [
            ("mm/h", 0, 12), ("mm/d", 0, 60), ("[ppm]", 400, 800), ("[ppb]", 5, 40), ("ug/m3", 10, 50),
            ("mg/m3", 0.01, 0.05),
        ]
        for (code, low, high) in own where unit.code == code { return drift(low, high, code) }
        if point.measures("m3/h") { return .discharge }
        if point.measures("m3") { return point.name.containsAny("negative", "reverse") ? .constant(0) : .volume }
        if point.measures("kg") { return point.name.contains("tare") ? .constant(0) : .weight }
        if point.measures("m/s") {
            if profile.measures == .traffic { return .roadSpeed(traffic(point)) }
            return point.name.contains("sound") ? drift(1_479, 1_485, "m/s") : .pipeVelocity
        }
        if point.measures("{vehicles}/h") { return .vehicleRate(traffic(point)) }
        if point.measures("{vehicles}") || point.measures("{persons}") {
            let sides = profile.points.indices.filter { index in
                ["_lft", "_rgt"].contains { profile.points[index].name == point.name + $0 }
            }
            return sides.count == 2 ? .sum(sides) : .vehiclesOfQuarter(traffic(point))
        }
        if point.measures("s") { return .uptime }
        if point.measures("m") {
            for case .weir(let weir) in profile.points.map(\.origin) where weir.level == index {
                return drift(weir.zero.double + 0.08, weir.zero.double + 0.25, "m")
            }
            return drift(0.4, 1.1, "m")
        }
        if point.measures("mg/L") {
            if point.name.contains("chlor") { return drift(0.25, 0.45, "mg/L") }
            return point.name.contains("oxygen") ? drift(6, 8, "mg/L") : drift(150, 280, "mg/L")
        }
        // A traffic camera counts frames a second; elsewhere Hz is the mains frequency.
        if profile.measures == .traffic, point.measures("Hz") { return drift(4.8, 5.2, "Hz") }
        let usual: [(code: String, low: Double, high: Double)] = [
            ("Cel", 24.5, 28.5), ("[pH]", 6.9, 7.5), ("[NTU]", 0.6, 2.6), ("uS/cm", 260, 420), ("%", 62, 96),
            ("mV", 20, 60), ("mA", 8, 14), ("Hz", 49.8, 50.2), ("kW", 1, 2), ("W.h", 1_000, 1_100), ("kPa", 180, 260),
            ("dB{mW}", -72, -58), ("dB", 20, 35), ("deg", 40, 50),
        ]
        for (code, low, high) in usual where point.measures(code) { return drift(low, high, code) }
        return unitless(point)
    }

    /// The value in the other unit; unchanged when that unit is of another quantity.
    static func convert(_ value: Double, _ code: String, to unit: Unit?) -> Double {
        guard let unit, let from = Unit(code), from.isConvertible(to: unit) else { return value }
        return from.convert(value, to: unit)
    }
}

extension Point {
    enum Kind {
        case number
        case flag
        case text
    }

    var kind: Kind {
        switch origin {
        case .registers(_, .bool, _): .flag
        case .registers(_, .string, _): .text
        case .frame(let value) where value.kind == .string: .text
        case .message, .part:
            switch (origin.messageValue, origin.byteType?.kind) {
            case (.bool, _), (_, .bool): .flag
            case (.string, _): .text
            default: .number
            }
        default: .number
        }
    }

    /// Whether the point can hold only whole numbers.
    var isWhole: Bool {
        if case .registers(_, let type, _) = origin { return type.isWhole }
        return origin.byteType?.isWhole ?? false
    }

    /// Whether the point's unit is of the same quantity.
    func measures(_ code: String) -> Bool {
        guard let unit, let other = Unit(code) else { return false }
        return unit.isConvertible(to: other)
    }
}

extension String {
    func containsAny(_ words: String...) -> Bool { words.contains { contains($0) } }
}
