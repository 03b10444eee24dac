public import Domain

/// The order in which a device sends the bytes of a value: of four whose big-endian form is ABCD, or of eight whose
/// form is ABCDEFGH.
public enum WordOrder: String, Sendable, CaseIterable {
    /// As the Modbus specification writes numbers; of eight bytes ABCDEFGH.
    case abcd = "ABCD"
    /// Words reversed and the bytes in each swapped; of eight bytes HGFEDCBA.
    case dcba = "DCBA"
    /// The bytes in each word swapped; of eight bytes BADCFEHG.
    case badc = "BADC"
    /// Words reversed; of eight bytes GHEFCDAB.
    case cdab = "CDAB"
    /// Eight bytes, with the words of each half swapped.
    case cdabghef = "CDABGHEF"
    /// Eight bytes, with each half reversed.
    case dcbahgfe = "DCBAHGFE"
    /// Eight bytes, with the halves swapped.
    case efghabcd = "EFGHABCD"
    /// Eight bytes, with the halves swapped, and the bytes in each word.
    case fehgbadc = "FEHGBADC"

    /// The orders of four bytes; of one device's values they are valid for those of eight bytes too.
    public static let general: [String: WordOrder] = [
        "ABCD": .abcd, "DCBA": .dcba, "BADC": .badc, "CDAB": .cdab,
    ]

    /// All orders that a value of eight bytes may have, by the words that people write.
    public static let ofEightBytes: [String: WordOrder] = general.merging([
        "ABCDEFGH": .abcd, "HGFEDCBA": .dcba, "BADCFEHG": .badc, "GHEFCDAB": .cdab, "CDABGHEF": .cdabghef,
        "DCBAHGFE": .dcbahgfe, "EFGHABCD": .efghabcd, "FEHGBADC": .fehgbadc,
    ]) { $1 }

    /// The order in which technicians try them: the standard's, then with the words reversed, then with bytes swapped.
    public static let asTried: [WordOrder] = [.abcd, .cdab, .badc, .dcba]

    /// As `asTried`, for eight bytes.
    static let asTriedForEight: [WordOrder] = asTried + [.cdabghef, .efghabcd, .dcbahgfe, .fehgbadc]

    /// The orders to try for a value of so many registers.
    public static func asTried(registers: Int) -> [WordOrder] { registers == 4 ? asTriedForEight : asTried }

    public var swapsBytes: Bool { self == .badc || self == .dcba || self == .dcbahgfe || self == .fehgbadc }
    /// Whether the two words of each half of a value are swapped, or the two words that it has.
    public var reversesWords: Bool { self == .cdab || self == .dcba || self == .cdabghef || self == .dcbahgfe }
    /// Whether the halves of eight bytes are swapped.
    public var reversesHalves: Bool { self == .cdab || self == .dcba || self == .efghabcd || self == .fehgbadc }
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

    public var isSigned: Bool { self == .int16 || self == .int32 || self == .int64 }

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
