/// A serial slave's address, or the unit id of a TCP device: 1...255 on a line, 0...255 over TCP.
public struct UnitID: Hashable, Sendable, CustomStringConvertible {
    public let number: UInt8

    public init(_ number: UInt8) { self.number = number }

    /// Whether the specification reserves the id on a serial line: some devices have it as their own, others answer
    /// there whatever their id is.
    public var isReservedOnLine: Bool { number > 247 }

    /// Whether a device on a serial line may answer at the id although it calls itself otherwise: a reserved id, or 0,
    /// which addresses all.
    public var isGeneralOnLine: Bool { number == 0 || isReservedOnLine }

    public var description: String { String(number) }
}
