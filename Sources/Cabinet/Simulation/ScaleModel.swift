import Glibc

/// A scale on which one deposit is put and taken off again in each cycle.
struct ScaleModel: Sendable {
    enum Phase: Hashable, Sendable {
        case empty
        /// A deposit was just put on: the weight swings.
        case settling
        case loaded
        case comingOff
    }

    struct State: Sendable {
        var phase: Phase
        /// kg, never below 0.
        var weight: Double

        var isStable: Bool { phase == .empty || phase == .loaded }
    }

    /// Seconds of a whole cycle.
    static let period = 100.0
    private let chance: Chance
    /// In kg; the heaviest deposit is about half of it.
    private let capacity: Double

    init(chance: Chance, capacity: Double) {
        self.chance = chance
        self.capacity = capacity
    }

    func state(at seconds: Double) -> State {
        let cycle = (seconds / Self.period).rounded(.down)
        let inside = seconds - cycle * Self.period
        let deposit = deposit(Int64(cycle))
        switch inside {
        case 30..<36:
            let since = inside - 30
            return State(phase: .settling, weight: deposit * (1 - exp(-1.2 * since) * cos(7 * since)))
        case 36..<76: return State(phase: .loaded, weight: deposit)
        case 76..<80: return State(phase: .comingOff, weight: deposit * (80 - inside) / 4)
        default: return State(phase: .empty, weight: 0)
        }
    }

    /// The deposit of a cycle in kg, in steps of 10 g.
    func deposit(_ cycle: Int64) -> Double {
        let share = chance.fraction(cycle)
        return (max(0.05, capacity * (0.01 + 0.5 * share * share)) * 100).rounded() / 100
    }

    /// The kg collected since time 0: grows when a deposit is taken off, by the mean deposit.
    func collected(at seconds: Double) -> Double {
        let cycles = ((seconds + Self.period - 80) / Self.period).rounded(.down)
        return max(0, cycles) * capacity * 0.1767
    }
}
