public import Domain

/// The order in which a device sends the four bytes of a 32-bit value whose big-endian form is ABCD.
public enum WordOrder: String, Sendable, CaseIterable {
    /// As the Modbus specification writes numbers.
    case abcd = "ABCD"
    /// Words reversed and the bytes in each swapped.
    case dcba = "DCBA"
    /// The bytes in each word swapped.
    case badc = "BADC"
    /// Words reversed.
    case cdab = "CDAB"

    /// The order in which technicians try them: the standard's, then with the words reversed, then with bytes swapped.
    public static let asTried: [WordOrder] = [.abcd, .cdab, .badc, .dcba]

    public var swapsBytes: Bool { self == .badc || self == .dcba }
    public var reversesWords: Bool { self == .cdab || self == .dcba }
}

/// The type of a register value.
public enum RegisterType: String, Sendable, CaseIterable {
    /// One coil or discrete input.
    case bool
    case uint16
    case int16
    case uint32
    case int32
    case uint64
    case int64
    case float32
    case float64
    /// Four decimal digits, one a nibble.
    case bcd16
    /// Eight decimal digits.
    case bcd32
    /// A status word of 16 bits, with named fields.
    case bits
    /// ASCII, two characters a register, padded with NUL or spaces.
    case string

    /// How many registers a number takes; a string's length is given separately.
    public var registers: Int {
        switch self {
        case .bool, .uint16, .int16, .bcd16, .bits, .string: 1
        case .uint32, .int32, .float32, .bcd32: 2
        case .uint64, .int64, .float64: 4
        }
    }

    public var isWhole: Bool {
        switch self {
        case .bool, .float32, .float64, .string: false
        default: true
        }
    }

    /// The raw count at which a counter of decimal digits shows 0 again, at any configured width.
    public var decimalWrap: DecimalNumber? {
        switch self {
        case .bcd16: DecimalNumber(10_000)
        case .bcd32: DecimalNumber(100_000_000)
        default: nil
        }
    }

    /// The width of a counter of this type; nil where the type cannot wrap in binary.
    public var bitWidth: Int? {
        switch self {
        case .uint16, .int16, .bits: 16
        case .uint32, .int32: 32
        case .uint64, .int64: 64
        default: nil
        }
    }
}
