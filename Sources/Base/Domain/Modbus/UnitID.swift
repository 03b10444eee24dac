/// A serial slave's address, or the unit id of a TCP device: 1...247 on a line, 0...255 over TCP.
public struct UnitID: Hashable, Sendable, CustomStringConvertible {
    public let number: UInt8

    public init(_ number: UInt8) { self.number = number }

    public var description: String { String(number) }
}
