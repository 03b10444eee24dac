/// A serial slave's address, or the unit id of a TCP device: 1...247 on a line, 0...255 over TCP.
public struct UnitID: Hashable, Sendable, CustomStringConvertible {
    public let number: UInt8

    public init(_ number: UInt8) { self.number = number }

    public var description: String { String(number) }
}

/// The four address spaces of Modbus.
public enum RegisterTable: String, Hashable, Sendable, CaseIterable {
    case coil
    case discrete
    case holding
    case input

    /// The function code that reads it: 1 to 4. The gateway knows no other that touches registers.
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

/// Consecutive addresses of one table: `start` is the 0-based PDU address.
public struct RegisterRange: Hashable, Sendable, CustomStringConvertible {
    public var table: RegisterTable
    public var start: Int
    public var count: Int

    public init(_ table: RegisterTable, start: Int, count: Int) {
        self.table = table
        self.start = start
        self.count = count
    }

    public var end: Int { start + count }

    /// Bytes of data in the reply: what the byte count must say.
    public var dataBytes: Int { table.holdsBits ? (count + 7) / 8 : count * 2 }

    public var description: String {
        count == 1 ? "\(table.rawValue) \(start)" : "\(table.rawValue) \(start)-\(end - 1)"
    }
}

/// What one request brought: a word for each address (0 or 1 for a bit), stamped when the reply's frame was complete.
public struct RegisterBlock: Sendable {
    public var range: RegisterRange
    public var words: [UInt16]
    public var arrived: Uptime

    public init(range: RegisterRange, words: [UInt16], arrived: Uptime) {
        precondition(words.count == range.count, "a word for each address")
        self.range = range
        self.words = words
        self.arrived = arrived
    }
}

/// How a serial line speaks.
public struct SerialSettings: Hashable, Sendable, CustomStringConvertible {
    public enum Parity: String, Hashable, Sendable, CaseIterable {
        case none
        case even
        case odd
    }

    public var baud: Int
    public var parity: Parity
    public var dataBits: Int
    public var stopBits: Int

    public init(baud: Int = 9_600, parity: Parity = .none, dataBits: Int = 8, stopBits: Int = 1) {
        self.baud = baud
        self.parity = parity
        self.dataBits = dataBits
        self.stopBits = stopBits
    }

    /// Start bit, data, parity and stop bits of one character.
    public var bitsPerCharacter: Int { 1 + dataBits + (parity == .none ? 0 : 1) + stopBits }

    public func time(characters: Double) -> Duration {
        .nanoseconds(Int64(characters * Double(bitsPerCharacter) * 1e9 / Double(baud)))
    }

    /// The silence between two frames: 3.5 characters (Modbus over serial line 1.02, section 2.5.1.1).
    public var silence: Duration { time(characters: 3.5) }

    /// As technicians write it: `9600 8N1`.
    public var description: String { "\(baud) \(dataBits)\(parity.rawValue.prefix(1).uppercased())\(stopBits)" }

    /// The baud rates that Linux names; others are refused.
    public static let knownBaudRates = [
        300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
    ]
}

/// Where a Modbus bus is.
public enum ModbusEndpoint: Hashable, Sendable, CustomStringConvertible {
    case serial(path: String, settings: SerialSettings)
    case tcp(host: String, port: Int)

    public var description: String {
        switch self {
        case .serial(let path, let settings): "\(path) (\(settings))"
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}
