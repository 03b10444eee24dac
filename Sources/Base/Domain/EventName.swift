/// What kind of event it is. The gateway's own kinds stand in the contract; profiles name those of devices.
public struct EventName: RawRepresentable, Hashable, Sendable {
    /// The word in payloads: `start`, `device_down`, `weighing`.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
}
