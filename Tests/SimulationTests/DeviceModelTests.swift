import Domain
import Profiles
@testable import Simulation
import Testing

struct DeviceModelTests {
    private let day = stride(from: 20_000_000.0, to: 20_086_400, by: 613)

    private func number(_ value: HeldValue?) throws -> Double {
        switch try #require(value) {
        case .whole(let number): return Double(number)
        case .real(let number): return number
        case .flag(let flag): return flag ? 1 : 0
        case .text: return .nan
        }
    }

    @Test func longAndFractionAreTogetherTheIntegralOfTheFlow() throws {
        let model = try FieldProfiles.model("flow")
        let (from, step) = (20_000_000.0, 0.1)
        func total(_ seconds: Double) throws -> Double {
            let values = model.values(at: seconds)
            let fraction = try number(values[3])
            #expect((0..<1).contains(fraction))
            return try number(values[2]) + fraction
        }
        var sum = 0.0
        for index in 0..<12_000 {
            sum += try number(model.values(at: from + (Double(index) + 0.5) * step)[0]) / 3_600 * step
        }
        #expect(abs(try total(from + 1_200) - total(from) - sum) < 0.001)
        #expect(sum > 1)
    }

    @Test func theMeterSaysWorkingStepROverAllTheDay() throws {
        let device = try FieldProfiles.device("flow")
        for seconds in day {
            let word = try device.words(.holding, 91, 1, at: seconds)[0]
            #expect(word >> 8 == 0x52)
            #expect((60...90).contains(word & 0xff))
        }
    }

    @Test func rainAndAirAreNoWaterInAPipe() throws {
        let model = try FieldProfiles.model("air")
        for seconds in day {
            let values = model.values(at: seconds)
            #expect(try (0...12).contains(number(values[0])))
            #expect(try (400...800).contains(number(values[1])))
            #expect(try (10...50).contains(number(values[2])))
        }
    }

    @Test func weightsFollowTheScaleAndItsStatusWord() throws {
        let device = try FieldProfiles.device("weight")
        for seconds in stride(from: 20_000_000.0, to: 20_000_300, by: 1) {
            let words = try device.words(.holding, 6, 3, at: seconds)
            let weight = UInt32(words[1]) << 16 | UInt32(words[2])
            let inside = seconds.truncatingRemainder(dividingBy: ScaleModel.period)
            #expect((words[0] & 1 << 11 == 0) == ((30..<36).contains(inside) || (76..<80).contains(inside)))
            if inside < 30 { #expect(words[0] & 1 << 12 != 0 && weight == 0) }
            if (36..<76).contains(inside) { #expect(weight > 0 && weight <= 6_000) }
        }
    }

    @Test func decimalsAreHeldAndUsed() throws {
        let device = try FieldProfiles.device("level")
        for seconds in day {
            let words = try device.words(.holding, 3, 2, at: seconds)
            #expect(words[0] == 3)
            // Above the weir's vertex at 0.12 m, so that it discharges.
            #expect((170...370).contains(words[1]))
        }
    }

    @Test func countersCountAndVouchersVouch() throws {
        let device = try FieldProfiles.device("loops")
        var last: UInt32 = 0
        for seconds in day {
            let words = try device.words(.input, 16, 3, at: seconds)
            let count = UInt32(words[0]) << 16 | UInt32(words[1])
            #expect(count >= last)
            last = count
            #expect(device.reply(to: [1, 0, 0, 0, 1], at: seconds) == [1, 1, 1])
        }
        #expect(last > 100_000)
    }

    @Test(
        "every number stays inside its range and beside its markers",
        arguments: ["flow", "ph", "level", "weight", "hanging"]
    )
    func rangesHold(id: String) throws {
        let model = try FieldProfiles.model(id)
        for seconds in day {
            for (point, value) in zip(model.profile.points, model.values(at: seconds)) {
                guard let range = point.range, point.decimalsFrom == nil else { continue }
                let scale = (point.scale?.double ?? 1) / DecimalNumber(1).shifted(by: point.decimals).double
                let number = try number(value) * scale
                #expect(number >= range.lowerBound.double && number <= range.upperBound.double, "\(point.name)")
                if case .whole(let raw)? = value { #expect(raw & 0xffff != 0x8000) }
            }
        }
    }
}
