public import Domain
public import Installation

/// Takes everything that buses and brokers of the field deliver.
///
/// The thread that serves the device calls it, so each method must return quickly.
public protocol FieldSink: AnyObject, Sendable {
    /// - Parameters:
    ///   - remembering: state that belongs to the reading and is committed with it, such as counter baselines.
    ///   - since: when the reading became live, where that is not its arrival.
    func accept(_ reading: Reading, remembering: (key: String, value: [UInt8])?, since: Uptime?)

    /// A device reported something that happened.
    func accept(_ event: DeviceEvent)

    /// A device went down, or is up again.
    func accept(_ change: DeviceHealth.Change, of device: Device, stamp: Stamp)

    /// Whether the device was last reported as down; a reload must not forget it.
    func isDown(_ device: String) -> Bool

    /// Returns what an earlier reading stored under that key.
    func recall(_ key: String) -> [UInt8]?
}

/// Something that a device reports once, such as a passage or a weighing.
public struct DeviceEvent: Sendable {
    public var device: Device
    /// The word of the profile's event rule.
    public var name: String
    /// Identifies the event, however often the device sends it.
    public var id: String
    public var data: [(key: String, value: DataValue)]
    /// The keys of `data` that are null because the device sent more than its profile's `max_length`.
    public var tooLong: [String]
    public var stamp: Stamp
    /// The device's own time, where its profile names it.
    public var sourceTime: Instant?
}
