import Glibc

/// A pump that runs and rests in turn: the flow that a meter behind it measures, as a share of the full flow.
///
/// The flow's noise is made of whole sine waves over the plateau, so its integral has a closed form, and the totalizer
/// is the integral of the flow to the last digit.
struct PumpModel: Sendable {
    /// Seconds of a whole cycle.
    static let period = 1_200.0
    private static let ramp = 20.0
    private static let plateau = 900.0
    /// Waves over one plateau, whole numbers.
    private static let waves: [Double] = [4, 23, 111]
    private let chance: Chance

    init(chance: Chance) { self.chance = chance }

    /// 0 to about 1.05.
    func flow(at seconds: Double) -> Double {
        let (cycle, inside) = Self.split(seconds)
        let (ramp, plateau) = (Self.ramp, Self.plateau)
        if inside < ramp { return inside / ramp }
        if inside < ramp + plateau {
            let share = (inside - ramp) / plateau
            return 1
                + Self.waves.enumerated().reduce(0) { sum, wave in
                    sum + amplitude(cycle, wave.offset) * sin(2 * .pi * wave.element * share)
                }
        }
        if inside < 2 * ramp + plateau { return (2 * ramp + plateau - inside) / ramp }
        return 0
    }

    /// Seconds of full flow since time 0: the integral of `flow`.
    func total(at seconds: Double) -> Double {
        let (cycle, inside) = Self.split(seconds)
        let (ramp, plateau) = (Self.ramp, Self.plateau)
        var total = Double(cycle) * (plateau + ramp)
        let rising = min(inside, ramp)
        total += rising * rising / (2 * ramp)
        if inside > ramp {
            let running = min(inside - ramp, plateau)
            total += running
            for (index, waves) in Self.waves.enumerated() {
                let turn = 2 * .pi * waves
                total += amplitude(cycle, index) * plateau / turn * (1 - cos(turn * running / plateau))
            }
        }
        if inside > ramp + plateau {
            let left = max(0, 2 * ramp + plateau - inside)
            total += ramp / 2 - left * left / (2 * ramp)
        }
        return total
    }

    private func amplitude(_ cycle: Int64, _ wave: Int) -> Double {
        chance.between(0.002, 0.02, cycle, Int64(wave))
    }

    private static func split(_ seconds: Double) -> (cycle: Int64, inside: Double) {
        let cycle = (seconds / period).rounded(.down)
        return (Int64(cycle), seconds - cycle * period)
    }
}
