/// The settings of a serial line.
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

    /// In the notation of technicians: `9600 8N1`.
    public var description: String { "\(baud) \(dataBits)\(parity.rawValue.prefix(1).uppercased())\(stopBits)" }

    /// The baud rates that Linux names; others are refused.
    public static let knownBaudRates = [
        300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
    ]
}
