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
    /// cm, `m[Hg]` 133.322 kPa, `m[H2O]` 9.80665 kPa, `[psi]` 0.45359237 kg x 9.80665 m/s2 on a square inch. Here,
    /// annotations in braces make separate units: vehicles are not persons, and reactive power is not apparent power.
    private static let table: [Entry] = [
        Entry("kg", "mass"), Entry("g", "mass", 1, per: 1_000), Entry("mg", "mass", 1, per: 1_000_000),
        Entry("t", "mass", 1_000), Entry("[lb_av]", "mass", 45_359_237, per: 100_000_000),
        Entry("m3", "volume"), Entry("L", "volume", 1, per: 1_000), Entry("mL", "volume", 1, per: 1_000_000),
        Entry("[gal_us]", "volume", 473_176_473, per: 125_000_000_000),
        Entry("m3/s", "volume flow"), Entry("m3/min", "volume flow", 1, per: 60),
        Entry("m3/h", "volume flow", 1, per: 3_600), Entry("m3/d", "volume flow", 1, per: 86_400),
        Entry("L/s", "volume flow", 1, per: 1_000), Entry("L/min", "volume flow", 1, per: 60_000),
        Entry("L/h", "volume flow", 1, per: 3_600_000),
        Entry("[gal_us]/min", "volume flow", 473_176_473, per: 7_500_000_000_000),
        Entry("m", "length"), Entry("cm", "length", 1, per: 100), Entry("mm", "length", 1, per: 1_000),
        Entry("km", "length", 1_000),
        Entry("m/s", "velocity"), Entry("km/h", "velocity", 5, per: 18), Entry("mm/s", "velocity", 1, per: 1_000),
        Entry("mm/h", "velocity", 1, per: 3_600_000), Entry("mm/d", "velocity", 1, per: 86_400_000),
        Entry("uS/cm", "conductivity"), Entry("mS/cm", "conductivity", 1_000), Entry("mS/m", "conductivity", 10),
        Entry("S/m", "conductivity", 10_000),
        Entry("mg/L", "mass concentration"), Entry("ug/L", "mass concentration", 1, per: 1_000),
        Entry("g/L", "mass concentration", 1_000), Entry("mg/m3", "mass concentration", 1, per: 1_000),
        Entry("ug/m3", "mass concentration", 1, per: 1_000_000),
        Entry("mmol/L", "amount concentration"),
        Entry("1", "ratio"), Entry("%", "ratio", 1, per: 100), Entry("[ppm]", "ratio", 1, per: 1_000_000),
        Entry("[ppb]", "ratio", 1, per: 1_000_000_000),
        Entry("K", "temperature"), Entry("Cel", "temperature", zero: 273.15),
        Entry("[degF]", "temperature", 5, per: 9, zero: 459.67),
        Entry("[pH]", "acidity"), Entry("[NTU]", "turbidity"), Entry("[FNU]", "turbidity by near infrared"),
        Entry("{vehicles}", "vehicles"),
        Entry("{vehicles}/h", "vehicle flow"), Entry("{vehicles}/min", "vehicle flow", 60),
        Entry("{vehicles}/s", "vehicle flow", 3_600),
        Entry("{smp}", "passenger car units"), Entry("{smp}/h", "passenger car flow"),
        Entry("{persons}", "persons"), Entry("{deposits}", "deposits"), Entry("{count}", "count"),
        Entry("s", "time"), Entry("ms", "time", 1, per: 1_000), Entry("min", "time", 60), Entry("h", "time", 3_600),
        Entry("d", "time", 86_400),
        Entry("Hz", "frequency"), Entry("kHz", "frequency", 1_000), Entry("1/min", "frequency", 1, per: 60),
        Entry("V", "voltage"), Entry("mV", "voltage", 1, per: 1_000), Entry("kV", "voltage", 1_000),
        Entry("A", "current"), Entry("mA", "current", 1, per: 1_000),
        Entry("Ohm", "resistance"), Entry("kOhm", "resistance", 1_000),
        Entry("W", "power"), Entry("kW", "power", 1_000),
        Entry("V.A", "apparent power"), Entry("kV.A", "apparent power", 1_000),
        Entry("V.A{reactive}", "reactive power"), Entry("kV.A{reactive}", "reactive power", 1_000),
        Entry("W.h", "energy"), Entry("kW.h", "energy", 1_000), Entry("J", "energy", 1, per: 3_600),
        Entry("kJ", "energy", 1_000, per: 3_600), Entry("MJ", "energy", 1_000_000, per: 3_600),
        Entry("V.A.h", "apparent energy"), Entry("kV.A.h", "apparent energy", 1_000),
        Entry("V.A.h{reactive}", "reactive energy"), Entry("kV.A.h{reactive}", "reactive energy", 1_000),
        Entry("Pa", "pressure"), Entry("hPa", "pressure", 100), Entry("kPa", "pressure", 1_000),
        Entry("MPa", "pressure", 1_000_000), Entry("mbar", "pressure", 100), Entry("bar", "pressure", 100_000),
        Entry("mm[Hg]", "pressure", 66_661, per: 500), Entry("m[H2O]", "pressure", 196_133, per: 20),
        Entry("[psi]", "pressure", 8_896_443_230_521, per: 1_290_320_000),
        Entry("W/m2", "irradiance"), Entry("lx", "illuminance"),
        Entry("deg", "angle"), Entry("dB", "level"), Entry("dB{mW}", "power level"),
    ]
}
