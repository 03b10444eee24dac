@testable import Simulation
import Testing

struct ModelTests {
    private let chance = Chance(seed: 7)

    @Test func theTotalizerIsTheIntegralOfTheFlow() {
        let pump = PumpModel(chance: chance)
        let (from, step, count) = (5_000.0, 0.05, 60_000)
        let sum = (0..<count).reduce(0.0) { $0 + pump.flow(at: from + (Double($1) + 0.5) * step) * step }
        let difference = pump.total(at: from + step * Double(count)) - pump.total(at: from)
        #expect(abs(sum - difference) < 0.01)
    }

    @Test func theTotalizerNeverGoesBack() {
        let pump = PumpModel(chance: chance)
        let totals = stride(from: 0.0, to: 5_000, by: 0.5).map(pump.total)
        #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func countersNeverGoBackAndMeetTheExpectedSum() {
        let traffic = TrafficModel(chance: chance, peak: 0.25, day: FieldDay(localOffset: 25_200))
        let counts = stride(from: 0.0, through: 3 * 86_400, by: 10).map(traffic.count)
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
        let expected = stride(from: 0.0, to: 3 * 86_400, by: 10).reduce(0.0) { $0 + traffic.rate(at: $1 + 5) * 10 }
        #expect(abs(Double(counts[counts.count - 1]) - expected) < 40)
    }

    @Test func theRoadIsFullestInTheMorningAndTheAfternoonOfLocalTime() {
        let traffic = TrafficModel(chance: chance, peak: 0.25, day: FieldDay(localOffset: 25_200))
        func rate(localHour: Double) -> Double { traffic.rate(at: localHour * 3_600 - 25_200 + 86_400) }
        #expect(rate(localHour: 7) > 1.5 * rate(localHour: 10))
        #expect(rate(localHour: 17) > 1.5 * rate(localHour: 20))
        #expect(rate(localHour: 2) < 0.2 * rate(localHour: 7))
    }

    /// A day that goes by 20 times as fast brings no more vehicles an hour than the road's fullest hour.
    @Test func aFasterDayFillsNoRoadBeyondItsPeak() {
        let start = 100 * 86_400.0
        let traffic = TrafficModel(
            chance: chance,
            peak: 0.25,
            day: FieldDay(start: start, speed: 20, localOffset: 25_200)
        )
        let counts = stride(from: start - 3_600, through: start + 4_320, by: 60).map(traffic.count)
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
        // One whole day of the field, in 72 minutes.
        let come = traffic.count(at: start + 4_320) - traffic.count(at: start)
        let day = TrafficModel(chance: chance, peak: 0.25, day: FieldDay(localOffset: 25_200))
        let mean = Double(day.count(at: start + 86_400) - day.count(at: start)) / 86_400
        #expect(abs(Double(come) / 4_320 - mean) < 0.1 * mean)
        // Whatever the hour was at the start, the morning's rush comes within the 72 minutes.
        let rates = stride(from: start, to: start + 4_320, by: 10).map(traffic.rate)
        #expect((rates.max() ?? 0) > 0.15 && (rates.max() ?? 0) < 0.25)
    }

    @Test func vehiclesComeByChance() {
        let traffic = TrafficModel(chance: chance, peak: 0.25, day: FieldDay(localOffset: 25_200))
        let noon = 5 * 3_600.0
        let gaps = (0..<360).map {
            traffic.count(at: noon + Double($0 + 1) * 10) - traffic.count(at: noon + Double($0) * 10)
        }
        let mean = Double(gaps.reduce(0, +)) / 360
        let variance = gaps.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 360
        #expect(variance > 0.4 * mean)
        #expect(variance < 2 * mean)
    }

    @Test func aDepositSettlesStaysAndIsTakenOff() {
        let scale = ScaleModel(chance: chance, capacity: 50)
        let states = stride(from: 0.0, to: ScaleModel.period, by: 0.5).map(scale.state)
        var phases: [ScaleModel.Phase] = []
        for state in states where phases.last != state.phase { phases.append(state.phase) }
        #expect(phases == [.empty, .settling, .loaded, .comingOff, .empty])
        #expect(Set(states.filter { $0.phase == .loaded }.map(\.weight)) == [scale.deposit(0)])
        #expect(states.allSatisfy { $0.weight >= 0 && $0.weight <= 50 })
        #expect(Set(states.filter { $0.phase == .settling }.map(\.weight)).count > 5)
    }

    @Test func theSameSeedMakesTheSameField() throws {
        let times = [0.0, 1_234.5, 9_999_999]
        for id in ["flow", "loops", "weight"] {
            let models = try [FieldProfiles.model(id), FieldProfiles.model(id), FieldProfiles.model(id, seed: 2)]
            #expect(times.map(models[0].values) == times.map(models[1].values))
            #expect(times.map(models[0].values) != times.map(models[2].values))
        }
    }
}
