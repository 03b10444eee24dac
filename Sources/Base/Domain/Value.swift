/// The value of a point: exact where the device was exact.
public enum Value: Hashable, Sendable {
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    /// Finite; NaN and infinities are not values.
    case float32(Float)
    /// Finite.
    case float64(Double)
    /// The result of decimal arithmetic or of a unit conversion.
    case decimal(DecimalNumber)
    case string(String)
}

extension Value: CustomStringConvertible {
    /// The text that stands in JSON (without quotes for a string): shortest round-trip for floating point.
    public var description: String {
        switch self {
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .float32(let value): value.description
        case .float64(let value): value.description
        case .decimal(let value): value.description
        case .string(let value): value
        }
    }
}

extension Value {
    /// The number in decimal. It is exact except for floating point, which gives its shortest round-trip digits.
    public var decimal: DecimalNumber? {
        switch self {
        case .bool(let value): DecimalNumber(value ? 1 : 0)
        case .integer(let value): DecimalNumber(value)
        case .unsigned(let value): DecimalNumber(negative: false, magnitude: value, exponent: 0)
        case .float32(let value): DecimalNumber(value.description)
        case .float64(let value): DecimalNumber(value.description)
        case .decimal(let value): value
        case .string: nil
        }
    }

    /// The nearest double.
    public var double: Double? {
        switch self {
        case .bool(let value): value ? 1 : 0
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .float32(let value): Double(value)
        case .float64(let value): value
        case .decimal(let value): value.double
        case .string: nil
        }
    }

    /// The bit pattern of a whole number, for the fields of a status word.
    public var word: UInt64? {
        switch self {
        case .bool(let value): value ? 1 : 0
        case .integer(let value): UInt64(bitPattern: value)
        case .unsigned(let value): value
        default: nil
        }
    }
}
