import Glibc

/// A quantity that moves slowly: a day's swing, a swing over hours within it, and a little noise on top.
struct DriftModel: Sendable {
    private let waves: [(period: Double, phase: Double, share: Double)]

    init(chance: Chance) {
        waves = [
            (86_400, chance.fraction(0), 0.7),
            (chance.between(4_000, 9_000, 1), chance.fraction(2), 0.22),
            (chance.between(400, 900, 3), chance.fraction(4), 0.06),
            (chance.between(11, 31, 5), chance.fraction(6), 0.02),
        ]
    }

    /// -1...1 at a time in seconds.
    func value(at seconds: Double) -> Double {
        waves.reduce(0) { sum, wave in
            sum + wave.share * sin(2 * .pi * ((seconds / wave.period).truncatingRemainder(dividingBy: 1) + wave.phase))
        }
    }

    func value(at seconds: Double, low: Double, high: Double) -> Double {
        low + (high - low) * (value(at: seconds) + 1) / 2
    }
}
