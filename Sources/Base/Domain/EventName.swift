/// The kind of an event. The contract lists the gateway's own kinds; profiles name those of devices.
public struct EventName: RawRepresentable, Hashable, Sendable {
    /// The word in payloads: `start`, `device_down`, `weighing`.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
}
