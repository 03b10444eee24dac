/// A unit of measure by its UCUM code, from the one table that the gateway knows.
public struct Unit: Hashable, Sendable {
    /// The UCUM code, case sensitive: `m3/h`, `Cel`, `{vehicles}`.
    public let code: String
    private let index: Int

    /// Nil for a code that is not in the table.
    public init?(_ code: String) {
        guard let index = Self.table.firstIndex(where: { $0.code == code }) else { return nil }
        self.code = code
        self.index = index
    }

    /// Every code of the table, for messages that suggest one.
    public static var allCodes: [String] { table.map(\.code) }

    public func isConvertible(to other: Unit) -> Bool { entry.quantity == other.entry.quantity }

    /// The value in the other unit, computed in double; `offsetFree` for differences, where 1 Cel is 1 K.
    ///
    /// - Precondition: the units are convertible; configurations are checked for it.
    public func convert(_ value: Double, to other: Unit, difference: Bool = false) -> Double {
        precondition(isConvertible(to: other), "\(code) cannot become \(other.code)")
        let from = entry
        let to = other.entry
        // The factors are kept as whole numbers over whole numbers so that m3/h to L/s is one product and one division.
        let numerator = from.numerator * to.denominator
        let denominator = from.denominator * to.numerator
        let common = Self.greatestCommonDivisor(numerator, denominator)
        let shifted = difference ? value : value + from.zero
        let scaled = shifted * (numerator / common) / (denominator / common)
        return difference ? scaled : scaled - to.zero
    }

    private var entry: Entry { Self.table[index] }

    private static func greatestCommonDivisor(_ a: Double, _ b: Double) -> Double {
        var (a, b) = (a, b)
        while b >= 1 { (a, b) = (b, a.truncatingRemainder(dividingBy: b)) }
        return a
    }
}

extension Unit: CustomStringConvertible {
    public var description: String { code }
}

extension Unit {
    /// A quantity's base unit has the factor 1; `zero` is added before the factor is applied (temperatures).
    private struct Entry {
        var code: String
        var quantity: String
        var numerator: Double
        var denominator: Double
        var zero: Double

        init(_ code: String, _ quantity: String, _ numerator: Double = 1, per denominator: Double = 1, zero: Double = 0)
        {
            self.code = code
            self.quantity = quantity
            self.numerator = numerator
            self.denominator = denominator
            self.zero = zero
        }
    }

    /// UCUM codes (ucum.org, version 2.2). Annotations in braces are units of their own here: vehicles are not persons.
    private static let table: [Entry] = [
        Entry("kg", "mass"), Entry("g", "mass", 1, per: 1_000), Entry("mg", "mass", 1, per: 1_000_000),
        Entry("t", "mass", 1_000),
        Entry("m3", "volume"), Entry("L", "volume", 1, per: 1_000), Entry("mL", "volume", 1, per: 1_000_000),
        Entry("m3/s", "volume flow"), Entry("m3/min", "volume flow", 1, per: 60),
        Entry("m3/h", "volume flow", 1, per: 3_600), Entry("m3/d", "volume flow", 1, per: 86_400),
        Entry("L/s", "volume flow", 1, per: 1_000), Entry("L/min", "volume flow", 1, per: 60_000),
        Entry("L/h", "volume flow", 1, per: 3_600_000),
        Entry("m", "length"), Entry("cm", "length", 1, per: 100), Entry("mm", "length", 1, per: 1_000),
        Entry("km", "length", 1_000),
        Entry("m/s", "velocity"), Entry("km/h", "velocity", 5, per: 18), Entry("mm/s", "velocity", 1, per: 1_000),
        Entry("uS/cm", "conductivity"), Entry("mS/cm", "conductivity", 1_000), Entry("S/m", "conductivity", 10_000),
        Entry("mg/L", "mass concentration"), Entry("ug/L", "mass concentration", 1, per: 1_000),
        Entry("g/L", "mass concentration", 1_000),
        Entry("1", "ratio"), Entry("%", "ratio", 1, per: 100),
        Entry("K", "temperature"), Entry("Cel", "temperature", zero: 273.15),
        Entry("[degF]", "temperature", 5, per: 9, zero: 459.67),
        Entry("[pH]", "acidity"), Entry("[NTU]", "turbidity"),
        Entry("{vehicles}", "vehicles"),
        Entry("{vehicles}/h", "vehicle flow"), Entry("{vehicles}/min", "vehicle flow", 60),
        Entry("{vehicles}/s", "vehicle flow", 3_600),
        Entry("{smp}", "passenger car units"), Entry("{smp}/h", "passenger car flow"),
        Entry("{persons}", "persons"), Entry("{deposits}", "deposits"), Entry("{count}", "count"),
        Entry("s", "time"), Entry("ms", "time", 1, per: 1_000), Entry("min", "time", 60), Entry("h", "time", 3_600),
        Entry("d", "time", 86_400),
        Entry("Hz", "frequency"), Entry("kHz", "frequency", 1_000),
        Entry("V", "voltage"), Entry("mV", "voltage", 1, per: 1_000),
        Entry("A", "current"), Entry("mA", "current", 1, per: 1_000),
        Entry("W", "power"), Entry("kW", "power", 1_000),
        Entry("W.h", "energy"), Entry("kW.h", "energy", 1_000),
        Entry("Pa", "pressure"), Entry("kPa", "pressure", 1_000), Entry("mbar", "pressure", 100),
        Entry("bar", "pressure", 100_000),
        Entry("deg", "angle"), Entry("dB", "level"), Entry("dB[mW]", "power level"),
    ]
}
