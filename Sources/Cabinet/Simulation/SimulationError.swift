/// Why the field cannot be simulated, and what to do about it.
public struct SimulationError: Error, Hashable, CustomStringConvertible {
    public let bus: String
    public let reason: String

    public var description: String { "bus \"\(bus)\": \(reason)" }
}
