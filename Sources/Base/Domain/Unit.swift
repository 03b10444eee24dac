/// A unit of measure by its UCUM code, from the one table that the gateway knows.
public struct Unit: Hashable, Sendable {
    /// The UCUM code, case sensitive: `m3/h`, `Cel`, `{vehicles}`.
    public let code: String
    private let index: Int

    /// Nil for a code that is not in the table. A spelling that an earlier release accepted gives the unit of today's
    /// code.
    public init?(_ code: String) {
        let code = Self.formerCodes[code] ?? code
        guard let index = Self.table.firstIndex(where: { $0.code == code }) else { return nil }
        self.code = code
        self.index = index
    }

    /// Every code of the table, for messages that suggest one.
    public static var allCodes: [String] { table.map(\.code) }

    public func isConvertible(to other: Unit) -> Bool { entry.quantity == other.entry.quantity }

    /// Converts a value to the other unit, computed in double; infinite where it is beyond the doubles.
    ///
    /// - Parameter difference: the value is a difference, where 1 Cel is 1 K.
    /// - Precondition: the units are convertible; configurations are checked for it.
    public func convert(_ value: Double, to other: Unit, difference: Bool = false) -> Double {
        precondition(isConvertible(to: other), "\(code) cannot become \(other.code)")
        let from = entry
        let to = other.entry
        // The factors are fractions of whole numbers, so that m3/h to L/s is one product and one division. What both
        // units share is cancelled before the product: no pair of units exceeds the 53 bits of a double.
        let above = Self.greatestCommonDivisor(from.numerator, to.numerator)
        let below = Self.greatestCommonDivisor(from.denominator, to.denominator)
        let numerator = (from.numerator / above) * (to.denominator / below)
        let denominator = (from.denominator / below) * (to.numerator / above)
        let shifted = difference ? value : value + from.zero
        let product = shifted * numerator
        // A product beyond the doubles may have a quotient within them.
        let scaled = product.isFinite ? product / denominator : shifted / denominator * numerator
        return difference ? scaled : scaled - to.zero
    }

    private var entry: Entry { Self.table[index] }

    fileprivate static func greatestCommonDivisor(_ a: Double, _ b: Double) -> Double {
        var (a, b) = (a, b)
        while b >= 1 { (a, b) = (b, a.truncatingRemainder(dividingBy: b)) }
        return a
    }
}

extension Unit: CustomStringConvertible {
    public var description: String { code }
}

extension Unit {
    /// A quantity's base unit has the factor 1; `zero` is added before the factor is applied (temperatures). The factor
    /// is in lowest terms.
    private struct Entry {
        var code: String
        var quantity: String
        var numerator: Double
        var denominator: Double
        var zero: Double

        init(_ code: String, _ quantity: String, _ numerator: Double = 1, per denominator: Double = 1, zero: Double = 0)
        {
            let common = Unit.greatestCommonDivisor(numerator, denominator)
            self.code = code
            self.quantity = quantity
            self.numerator = numerator / common
            self.denominator = denominator / common
            self.zero = zero
        }
    }

    /// Spellings of earlier releases that are not UCUM codes. A profile that uses one must survive an upgrade.
    private static let formerCodes = ["dB[mW]": "dB{mW}"]

    /// UCUM codes (ucum.org, version 2.2), with the factors that UCUM defines: `[gal_us]` is 231 cubic inches of 2.54
    /// cm, `m[Hg]` 133.322 kPa, `m[H2O]` 9.80665 kPa, `[psi]` 0.45359237 kg x 9.80665 m/s2 on a square inch, `cal_IT`
    /// 4.1868 J. Here, annotations in braces make separate units: vehicles are not persons, and reactive power is not
    /// apparent power. UCUM has no var: it is `V.A{reactive}`.
    private static let table: [Entry] = [
        Entry("kg", "mass"), Entry("g", "mass", 1, per: 1_000), Entry("mg", "mass", 1, per: 1_000_000),
        Entry("t", "mass", 1_000), Entry("[lb_av]", "mass", 45_359_237, per: 100_000_000),
        Entry("kg/s", "mass flow", 3_600), Entry("kg/min", "mass flow", 60), Entry("kg/h", "mass flow"),
        Entry("kg/d", "mass flow", 1, per: 24), Entry("g/s", "mass flow", 18, per: 5), Entry("t/h", "mass flow", 1_000),
        Entry("t/d", "mass flow", 125, per: 3),
        Entry("m3", "volume"), Entry("L", "volume", 1, per: 1_000), Entry("mL", "volume", 1, per: 1_000_000),
        Entry("hL", "volume", 1, per: 10),
        Entry("[gal_us]", "volume", 473_176_473, per: 125_000_000_000),
        Entry("m3/s", "volume flow"), Entry("m3/min", "volume flow", 1, per: 60),
        Entry("m3/h", "volume flow", 1, per: 3_600), Entry("m3/d", "volume flow", 1, per: 86_400),
        Entry("L/s", "volume flow", 1, per: 1_000), Entry("L/min", "volume flow", 1, per: 60_000),
        Entry("L/h", "volume flow", 1, per: 3_600_000), Entry("L/d", "volume flow", 1, per: 86_400_000),
        Entry("mL/min", "volume flow", 1, per: 60_000_000), Entry("ML/d", "volume flow", 5, per: 432),
        Entry("[gal_us]/min", "volume flow", 473_176_473, per: 7_500_000_000_000),
        Entry("m", "length"), Entry("cm", "length", 1, per: 100), Entry("mm", "length", 1, per: 1_000),
        Entry("um", "length", 1, per: 1_000_000), Entry("km", "length", 1_000),
        Entry("[in_i]", "length", 127, per: 5_000), Entry("[ft_i]", "length", 381, per: 1_250),
        Entry("m2", "area"), Entry("cm2", "area", 1, per: 10_000),
        Entry("m/s", "velocity"), Entry("km/h", "velocity", 5, per: 18), Entry("mm/s", "velocity", 1, per: 1_000),
        Entry("cm/s", "velocity", 1, per: 100), Entry("m/min", "velocity", 1, per: 60),
        Entry("m/h", "velocity", 1, per: 3_600), Entry("mm/min", "velocity", 1, per: 60_000),
        Entry("mm/h", "velocity", 1, per: 3_600_000), Entry("mm/d", "velocity", 1, per: 86_400_000),
        Entry("[mi_i]/h", "velocity", 1_397, per: 3_125), Entry("[kn_i]", "velocity", 463, per: 900),
        Entry("m/s2", "acceleration"),
        Entry("uS/cm", "conductivity"), Entry("mS/cm", "conductivity", 1_000), Entry("mS/m", "conductivity", 10),
        Entry("S/m", "conductivity", 10_000),
        Entry("mg/L", "mass concentration"), Entry("ug/L", "mass concentration", 1, per: 1_000),
        Entry("g/L", "mass concentration", 1_000), Entry("mg/m3", "mass concentration", 1, per: 1_000),
        Entry("ug/m3", "mass concentration", 1, per: 1_000_000), Entry("g/m3", "mass concentration"),
        Entry("kg/m3", "mass concentration", 1_000), Entry("g/cm3", "mass concentration", 1_000_000),
        Entry("mmol/L", "amount concentration"), Entry("umol/L", "amount concentration", 1, per: 1_000),
        Entry("1", "ratio"), Entry("%", "ratio", 1, per: 100), Entry("[ppth]", "ratio", 1, per: 1_000),
        Entry("[ppm]", "ratio", 1, per: 1_000_000), Entry("[ppb]", "ratio", 1, per: 1_000_000_000),
        Entry("K", "temperature"), Entry("Cel", "temperature", zero: 273.15),
        Entry("[degF]", "temperature", 5, per: 9, zero: 459.67),
        Entry("[pH]", "acidity"), Entry("[NTU]", "turbidity"), Entry("[FNU]", "turbidity by near infrared"),
        Entry("{vehicles}", "vehicles"),
        Entry("{vehicles}/h", "vehicle flow"), Entry("{vehicles}/min", "vehicle flow", 60),
        Entry("{vehicles}/s", "vehicle flow", 3_600),
        Entry("{smp}", "passenger car units"), Entry("{smp}/h", "passenger car flow"),
        Entry("{persons}", "persons"), Entry("{persons}/h", "flow of persons"),
        Entry("{persons}/min", "flow of persons", 60), Entry("{deposits}", "deposits"), Entry("{count}", "count"),
        Entry("{count}/h", "count rate"), Entry("{count}/min", "count rate", 60),
        Entry("{count}/s", "count rate", 3_600),
        Entry("s", "time"), Entry("ms", "time", 1, per: 1_000), Entry("us", "time", 1, per: 1_000_000),
        Entry("min", "time", 60), Entry("h", "time", 3_600), Entry("d", "time", 86_400),
        Entry("Hz", "frequency"), Entry("kHz", "frequency", 1_000), Entry("MHz", "frequency", 1_000_000),
        Entry("1/min", "frequency", 1, per: 60),
        Entry("V", "voltage"), Entry("mV", "voltage", 1, per: 1_000), Entry("kV", "voltage", 1_000),
        Entry("uV", "voltage", 1, per: 1_000_000),
        Entry("A", "current"), Entry("mA", "current", 1, per: 1_000), Entry("uA", "current", 1, per: 1_000_000),
        Entry("kA", "current", 1_000), Entry("A.h", "charge"), Entry("mA.h", "charge", 1, per: 1_000),
        Entry("Ohm", "resistance"), Entry("mOhm", "resistance", 1, per: 1_000), Entry("kOhm", "resistance", 1_000),
        Entry("MOhm", "resistance", 1_000_000), Entry("MOhm.cm", "resistivity"),
        Entry("W", "power"), Entry("mW", "power", 1, per: 1_000), Entry("kW", "power", 1_000),
        Entry("MW", "power", 1_000_000), Entry("GW", "power", 1_000_000_000),
        Entry("V.A", "apparent power"), Entry("kV.A", "apparent power", 1_000),
        Entry("MV.A", "apparent power", 1_000_000),
        Entry("V.A{reactive}", "reactive power"), Entry("kV.A{reactive}", "reactive power", 1_000),
        Entry("MV.A{reactive}", "reactive power", 1_000_000),
        Entry("W.h", "energy"), Entry("kW.h", "energy", 1_000), Entry("MW.h", "energy", 1_000_000),
        Entry("GW.h", "energy", 1_000_000_000), Entry("J", "energy", 1, per: 3_600),
        Entry("kJ", "energy", 1_000, per: 3_600), Entry("MJ", "energy", 1_000_000, per: 3_600),
        Entry("GJ", "energy", 1_000_000_000, per: 3_600), Entry("kcal_IT", "energy", 1_163, per: 1_000),
        Entry("Mcal_IT", "energy", 1_163), Entry("Gcal_IT", "energy", 1_163_000),
        Entry("V.A.h", "apparent energy"), Entry("kV.A.h", "apparent energy", 1_000),
        Entry("MV.A.h", "apparent energy", 1_000_000),
        Entry("V.A.h{reactive}", "reactive energy"), Entry("kV.A.h{reactive}", "reactive energy", 1_000),
        Entry("MV.A.h{reactive}", "reactive energy", 1_000_000),
        Entry("Pa", "pressure"), Entry("hPa", "pressure", 100), Entry("kPa", "pressure", 1_000),
        Entry("MPa", "pressure", 1_000_000), Entry("mbar", "pressure", 100), Entry("bar", "pressure", 100_000),
        Entry("mm[Hg]", "pressure", 66_661, per: 500), Entry("m[H2O]", "pressure", 196_133, per: 20),
        Entry("cm[H2O]", "pressure", 196_133, per: 2_000), Entry("mm[H2O]", "pressure", 196_133, per: 20_000),
        Entry("[in_i'H2O]", "pressure", 24_908_891, per: 100_000),
        Entry("[in_i'Hg]", "pressure", 8_465_947, per: 2_500), Entry("kgf/cm2", "pressure", 196_133, per: 2),
        Entry("atm", "pressure", 101_325),
        Entry("[psi]", "pressure", 8_896_443_230_521, per: 1_290_320_000),
        Entry("N", "force"), Entry("kN", "force", 1_000),
        Entry("W/m2", "irradiance"), Entry("kW/m2", "irradiance", 1_000), Entry("W.h/m2", "irradiation"),
        Entry("kW.h/m2", "irradiation", 1_000), Entry("MJ/m2", "irradiation", 2_500, per: 9),
        Entry("umol/m2/s", "photon flux"), Entry("lx", "illuminance"), Entry("klx", "illuminance", 1_000),
        Entry("uSv/h", "dose rate"), Entry("Bq/m3", "activity concentration"),
        Entry("deg", "angle"), Entry("dB", "level"), Entry("dB{mW}", "power level"), Entry("dB[SPL]", "sound level"),
        Entry("dB[SPL]{A}", "sound level, A-weighted"),
    ]
}
