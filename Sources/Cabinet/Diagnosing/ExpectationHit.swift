package import Domain
package import Profiles

/// One way to read the expected value out of registers.
package struct ExpectationHit: Hashable, Sendable {
    /// How close the reading is to what the display shows.
    package enum Exactness: Int, Sendable, Comparable {
        /// Rounded to the display's digits it is the same.
        case rounded
        /// Cut off at the display's digits it is the same.
        case truncated
        /// Within the tolerance.
        case near

        package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    package var range: RegisterRange
    package var type: RegisterType
    package var order: WordOrder
    /// Value in the device's unit = raw x 10^`power`, -4...4.
    package var power: Int
    /// Set when the display shows another unit than the registers hold.
    package var conversion: UnitConversion?
    /// The reading, in the display's unit.
    package var value: Double
    package var exactness: Exactness
    /// Other types that read the same here, such as int16 for a small uint16.
    package var sameAs: [RegisterType] = []
    /// Less is likelier; `ExpectationSearch` says how it is computed.
    package var cost: Int

    /// Whether it is the same reading of the same registers, whatever they held at each time.
    package func isSameReading(as other: ExpectationHit) -> Bool {
        range == other.range && type == other.type && order == other.order && power == other.power
            && conversion == other.conversion
    }

    /// The factor as a profile writes it; nil for 1.
    package var scale: DecimalNumber? { power == 0 ? nil : DecimalNumber(1).shifted(by: power) }
}

/// A unit that the registers hold, and the unit that the display shows.
package struct UnitConversion: Hashable, Sendable {
    package let from: Unit
    package let to: Unit
    /// Whether it is a power of ten, so that a scale does the same.
    let isDecimal: Bool

    /// Both units are of one quantity.
    init(from: Unit, to: Unit) {
        self.from = from
        self.to = to
        let factor = DecimalNumber(from.convert(1, to: to), significantDigits: 12)
        isDecimal = from.convert(0, to: to) == 0 && factor?.magnitude == 1
    }

    func callAsFunction(_ value: Double) -> Double { from.convert(value, to: to) }

    /// The conversions that displays commonly make, except powers of ten (m and mm, kg and g, bar and kPa): there a
    /// scale says the same.
    static let common: [UnitConversion] = [
        ("m3/h", "L/s"), ("L/s", "m3/h"), ("m3/h", "L/min"), ("L/min", "m3/h"), ("L/s", "L/min"), ("L/min", "L/s"),
        ("m3/s", "m3/h"), ("m3/s", "L/min"), ("Cel", "[degF]"), ("[degF]", "Cel"), ("K", "Cel"),
    ]
    .compactMap { from, to in Unit(from).flatMap { from in Unit(to).map { UnitConversion(from: from, to: $0) } } }

    /// Every unit of the table that can be converted to this one.
    static func into(_ unit: Unit) -> [UnitConversion] {
        Unit.allCodes.compactMap { Unit($0) }.filter { $0 != unit && $0.isConvertible(to: unit) }
            .map { UnitConversion(from: $0, to: unit) }
    }
}
