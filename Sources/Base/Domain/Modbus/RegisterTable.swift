/// The four address spaces of Modbus.
public enum RegisterTable: String, Hashable, Sendable, CaseIterable {
    case coil
    case discrete
    case holding
    case input

    /// The function code that reads the table: 1 to 4. The gateway knows no other that touches registers.
    public var functionCode: UInt8 {
        switch self {
        case .coil: 1
        case .discrete: 2
        case .holding: 3
        case .input: 4
        }
    }

    /// Whether an address holds one bit rather than a 16-bit register.
    public var holdsBits: Bool { self == .coil || self == .discrete }

    /// How many addresses one request may ask for (Modbus application protocol 1.1b3, sections 6.1 and 6.3).
    public var maximumPerRequest: Int { holdsBits ? 2_000 : 125 }
}
