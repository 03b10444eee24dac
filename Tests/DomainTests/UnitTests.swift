import Domain
import Testing

@Suite struct UnitTests {
    @Test(arguments: [
        ("m3/h", "L/s", 18.0, 5.0), ("L/s", "m3/h", 5, 18), ("m3/s", "L/s", 0.043125, 43.125), ("m3/d", "m3/h", 24, 1),
        ("L/min", "L/s", 60, 1), ("L/h", "m3/h", 1_000, 1), ("g", "kg", 12_034, 12.034), ("kg", "g", 12.034, 12_034),
        ("t", "kg", 1.5, 1_500), ("mg", "g", 1_500, 1.5), ("mm", "m", 250, 0.25), ("km/h", "m/s", 36, 10),
        ("m/s", "km/h", 10, 36), ("mS/cm", "uS/cm", 1.413, 1_413), ("S/m", "mS/cm", 1, 10), ("g/L", "mg/L", 0.3, 300),
        ("%", "1", 50, 0.5), ("Cel", "K", 25, 298.15), ("K", "Cel", 0, -273.15), ("Cel", "[degF]", 100, 212),
        ("[degF]", "Cel", 32, 0), ("[degF]", "K", -459.67, 0), ("Cel", "[degF]", -40, -40), ("Cel", "Cel", 25.5, 25.5),
        ("{vehicles}/min", "{vehicles}/h", 3, 180), ("{vehicles}/s", "{vehicles}/min", 1, 60), ("min", "s", 1.5, 90),
        ("d", "h", 1, 24), ("mbar", "kPa", 10, 1), ("bar", "Pa", 1, 100_000), ("mV", "V", 60, 0.06),
        ("W.h", "kW.h", 1_500, 1.5), ("kHz", "Hz", 1.2, 1_200),
    ])
    func convertsBetweenUnitsOfOneQuantity(from: String, to: String, value: Double, expected: Double) throws {
        let from = try #require(Unit(from))
        let to = try #require(Unit(to))
        #expect(from.isConvertible(to: to))
        let rounded = DecimalNumber(from.convert(value, to: to), significantDigits: 13)?.double ?? .nan
        #expect(abs(rounded - expected) <= 1e-12 * max(1, abs(expected)))
    }

    /// One product and one division: the result is the double nearest to the right one.
    @Test func cubicMetresPerHourBecomeLitresPerSecondWithoutAnExtraRounding() throws {
        let hour = try #require(Unit("m3/h"))
        let second = try #require(Unit("L/s"))
        #expect(hour.convert(18, to: second) == 5)
        #expect(hour.convert(45.108, to: second) == 45.108 * 5 / 18)
    }

    @Test func aDifferenceOfTemperaturesHasNoZero() throws {
        let celsius = try #require(Unit("Cel"))
        let kelvin = try #require(Unit("K"))
        let fahrenheit = try #require(Unit("[degF]"))
        #expect(celsius.convert(10, to: kelvin, difference: true) == 10)
        #expect(celsius.convert(10, to: fahrenheit, difference: true) == 18)
    }

    @Test(arguments: [
        ("kg", "m3"), ("m3", "m3/h"), ("{vehicles}", "{persons}"), ("{vehicles}", "{vehicles}/h"),
        ("{smp}", "{vehicles}"),
        ("mg/L", "uS/cm"), ("[pH]", "1"), ("[NTU]", "mg/L"), ("Cel", "deg"), ("dB", "dB[mW]"), ("%", "Cel"),
        ("m", "m/s"),
    ])
    func refusesUnitsOfDifferentQuantities(a: String, b: String) throws {
        let a = try #require(Unit(a))
        let b = try #require(Unit(b))
        #expect(!a.isConvertible(to: b))
        #expect(!b.isConvertible(to: a))
    }

    @Test(arguments: ["", "M3/H", "m3/hr", "l/s", "celsius", "KG", "pH", "NTU", " kg"])
    func refusesCodesThatAreNotInTheTable(code: String) {
        #expect(Unit(code) == nil)
    }

    @Test func everyCodeIsThereOnceAndConvertsToItself() throws {
        #expect(Set(Unit.allCodes).count == Unit.allCodes.count)
        for code in Unit.allCodes {
            let unit = try #require(Unit(code))
            #expect(unit.description == code)
            #expect(abs(unit.convert(1.5, to: unit) - 1.5) < 1e-12, "\(code)")
        }
    }

    @Test(arguments: [
        "kg", "g", "m3", "L/s", "m3/h", "m", "uS/cm", "mg/L", "km/h", "%", "Cel", "[pH]", "[NTU]", "{vehicles}",
        "{vehicles}/h",
    ])
    func theUnitsOfTheFieldAreInTheTable(code: String) {
        #expect(Unit(code) != nil)
    }
}
