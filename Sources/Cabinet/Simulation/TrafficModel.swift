import Glibc

/// A road's day: quiet nights, a morning and an afternoon peak, vehicles that come at random.
struct TrafficModel: Sendable {
    /// Vehicles come in lots of this size: within a lot each has a random moment of its own.
    private static let lot = 16.0
    /// Hour, width in hours and height of the day's peaks above the night's level.
    private static let humps: [(hour: Double, width: Double, height: Double)] = [
        (7, 0.9, 0.6), (12.5, 3.5, 0.35), (16.8, 1.3, 0.7),
    ]
    private static let base = 0.06

    private let chance: Chance
    /// Vehicles per second when the road is fullest, approximately.
    let peak: Double
    /// Peaks are at hours of the field's day.
    private let day: FieldDay

    init(chance: Chance, peak: Double, day: FieldDay) {
        self.chance = chance
        self.peak = peak
        self.day = day
    }

    /// The expected vehicles per second.
    func rate(at seconds: Double) -> Double {
        let hour = Self.split(day.local(at: seconds)).inside / 3_600
        return peak
            * Self.humps.reduce(Self.base) { sum, hump in
                let distance = (hour - hump.hour) / hump.width
                return sum + hump.height * exp(-distance * distance / 2)
            }
    }

    /// Vehicles since time 0; never goes back.
    func count(at seconds: Double) -> Int64 {
        let expected = peak * day.integral(to: seconds, of: Self.shareSinceEpoch)
        let lot = (expected / Self.lot).rounded(.down)
        let inside = expected / Self.lot - lot
        let come = (0..<Int64(Self.lot)).count { chance.fraction(Int64(lot), $0) < inside }
        return Int64(lot) * Int64(Self.lot) + Int64(come)
    }

    /// The integral of the day's shape, in seconds at peak rate.
    private static func shareSinceEpoch(_ seconds: Double) -> Double {
        let (day, inside) = split(seconds)
        return Double(day) * shareOfDay(86_400) + shareOfDay(inside)
    }

    private static func shareOfDay(_ seconds: Double) -> Double {
        humps.reduce(base * seconds) { sum, hump in
            let middle = hump.hour * 3_600
            let width = hump.width * 3_600
            let scale = width * 2.0.squareRoot()
            let area = hump.height * width * (Double.pi / 2).squareRoot()
            return sum + area * (erf((seconds - middle) / scale) - erf(-middle / scale))
        }
    }

    private static func split(_ seconds: Double) -> (day: Int64, inside: Double) {
        let day = (seconds / 86_400).rounded(.down)
        return (Int64(day), seconds - day * 86_400)
    }
}
