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

    /// Computed with Python's fractions from UCUM's definitions: [in_i] 0.0254 m, [gal_us] 231 [in_i]3, [lb_av]
    /// 0.45359237 kg, [g] 9.80665 m/s2, [psi] [lb_av] x [g] / [in_i]2, m[Hg] 133.322 kPa, m[H2O] 9.80665 kPa.
    @Test(
        arguments: [
            ("[gal_us]/min", "L/min", 1, 3.785411784), ("[gal_us]/min", "m3/h", 100, 22.712470704),
            ("[gal_us]/min", "L/s", 15_850, 999.97961294), ("L/s", "[gal_us]/min", 1, 15.850323141488905),
            ("[gal_us]", "L", 1, 3.785411784), ("m3", "[gal_us]", 1, 264.1720523581484),
            ("mm[Hg]", "Pa", 760, 101_324.72), ("mm[Hg]", "hPa", 1, 1.33322), ("m[H2O]", "kPa", 10, 98.0665),
            ("m[H2O]", "bar", 1, 0.0980665), ("bar", "m[H2O]", 1, 10.197162129779283),
            ("[psi]", "Pa", 1, 6_894.757293168362), ("[psi]", "bar", 1, 0.06894757293168362),
            ("bar", "[psi]", 1, 14.50377377302092), ("[psi]", "m[H2O]", 1, 0.7030695796391593),
            ("[psi]", "mm[Hg]", 1, 51.71507548017853), ("MPa", "[psi]", 1, 145.03773773020922),
            ("hPa", "mbar", 1_013.25, 1_013.25), ("MPa", "bar", 1.6, 16), ("[lb_av]", "kg", 1, 0.45359237),
            ("kg", "[lb_av]", 1, 2.2046226218487757), ("ug/m3", "mg/m3", 35, 0.035), ("mg/m3", "mg/L", 1_000, 1),
            ("ug/L", "mg/m3", 1, 1), ("[ppm]", "%", 5_000, 0.5), ("[ppb]", "[ppm]", 250, 0.25),
            ("mS/m", "uS/cm", 42, 420), ("S/m", "mS/m", 0.042, 42), ("mm/h", "mm/d", 2, 48), ("mm/s", "mm/h", 1, 3_600),
            ("1/min", "Hz", 1_500, 25), ("Hz", "1/min", 50, 3_000), ("J", "W.h", 3_600, 1), ("kW.h", "MJ", 1, 3.6),
            ("kJ", "J", 1, 1_000), ("kV.A", "V.A", 1.5, 1_500), ("V.A{reactive}", "kV.A{reactive}", 250, 0.25),
            ("kV.A.h", "V.A.h", 1, 1_000), ("kV.A.h{reactive}", "V.A.h{reactive}", 1, 1_000),
            ("kOhm", "Ohm", 4.7, 4_700),
            ("kV", "V", 20, 20_000), ("MW.h", "GJ", 1, 3.6), ("MW", "kW", 1.25, 1_250), ("kgf/cm2", "bar", 1, 0.980665),
            ("mm[H2O]", "Pa", 1, 9.80665), ("cm[H2O]", "mm[H2O]", 1, 10), ("[in_i'H2O]", "Pa", 1, 249.08891),
            ("[in_i'Hg]", "hPa", 1, 33.863788), ("atm", "hPa", 1, 1_013.25), ("[mi_i]/h", "m/s", 1, 0.44704),
            ("[kn_i]", "km/h", 1, 1.852), ("[ft_i]", "m", 1, 0.3048), ("[in_i]", "mm", 1, 25.4),
            ("Gcal_IT", "MW.h", 1, 1.163), ("Gcal_IT", "GJ", 1, 4.1868), ("g/s", "kg/h", 1, 3.6),
            ("t/d", "kg/h", 24, 1_000),
            ("ML/d", "m3/h", 24, 1_000), ("mL/min", "L/h", 1_000, 60), ("kW.h/m2", "MJ/m2", 1, 3.6),
            ("A.h", "mA.h", 1, 1_000),
            ("[ppth]", "[ppm]", 1, 1_000), ("{count}/min", "{count}/h", 1, 60), ("g/cm3", "kg/m3", 1, 1_000),
            ("MV.A.h{reactive}", "kV.A.h{reactive}", 1, 1_000), ("mm/min", "mm/h", 1, 60),
        ] as [(String, String, Double, Double)]
    )
    func convertsTheUnitsOfFieldDevices(from: String, to: String, value: Double, expected: Double) throws {
        let from = try #require(Unit(from))
        let to = try #require(Unit(to))
        let converted = from.convert(value, to: to)
        #expect(abs(converted - expected) <= 4e-16 * abs(expected), "\(converted)")
    }

    /// Conversion there and back returns the number, to the last bit but one: no factor loses precision.
    @Test func everyPairOfUnitsConvertsThereAndBack() {
        let units = Unit.allCodes.compactMap { Unit($0) }
        for from in units {
            for to in units where from.isConvertible(to: to) {
                let back = to.convert(from.convert(1.1, to: to, difference: true), to: from, difference: true)
                #expect(abs(back - 1.1) <= 5e-16, "\(from) by \(to)")
            }
        }
    }

    @Test func theSpellingOfAnEarlierReleaseIsTodaysUnit() throws {
        let unit = try #require(Unit("dB[mW]"))
        #expect(unit.code == "dB{mW}")
        #expect(unit == Unit("dB{mW}"))
        #expect(!Unit.allCodes.contains("dB[mW]"))
    }

    @Test func aConversionBeyondTheDoublesIsInfinite() throws {
        let cubicMetres = try #require(Unit("m3"))
        let litres = try #require(Unit("L"))
        #expect(cubicMetres.convert(1e306, to: litres) == .infinity)
        #expect(cubicMetres.convert(-1e306, to: litres) == -.infinity)
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
        ("mg/L", "uS/cm"), ("[pH]", "1"), ("[NTU]", "mg/L"), ("Cel", "deg"), ("dB", "dB{mW}"), ("%", "Cel"),
        ("m", "m/s"), ("[NTU]", "[FNU]"), ("V.A", "W"), ("V.A", "V.A{reactive}"), ("V.A.h", "W.h"),
        ("V.A.h", "V.A.h{reactive}"), ("mmol/L", "mg/L"), ("lx", "W/m2"), ("Ohm", "V"), ("[lb_av]", "[psi]"),
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
        "{vehicles}/h", "[gal_us]/min", "mm[Hg]", "m[H2O]", "hPa", "MPa", "[psi]", "ug/m3", "mg/m3", "[ppm]", "[FNU]",
        "mS/m", "mm/h", "mm/d", "W/m2", "lx", "V.A", "V.A{reactive}", "V.A.h{reactive}", "J", "Ohm", "mmol/L", "1/min",
        "[lb_av]",
    ])
    func theUnitsOfTheFieldAreInTheTable(code: String) {
        #expect(Unit(code) != nil)
    }
}
