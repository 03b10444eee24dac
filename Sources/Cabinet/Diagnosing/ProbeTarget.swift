public import Domain
public import Installation
public import Profiles

/// A device to probe: one of the configuration, or one that is in none yet.
public struct ProbeTarget: Sendable {
    /// Its id in the configuration; nil of a device that is in none.
    public var device: String?
    public var profile: Profile
    /// The bus' id in the configuration, or its address.
    public var bus: String
    /// Of a Modbus device.
    public var unit: UnitID
    /// Of an MQTT device.
    public var node: String
    /// How often it is polled, or should report.
    public var interval: Duration

    public init(_ device: Device) {
        self.init(
            device: device.id,
            profile: device.profile,
            bus: device.bus,
            unit: device.unit,
            node: device.node,
            interval: device.interval
        )
    }

    public init(
        device: String? = nil,
        profile: Profile,
        bus: String,
        unit: UnitID,
        node: String = "",
        interval: Duration = .seconds(10)
    ) {
        self.device = device
        self.profile = profile
        self.bus = bus
        self.unit = unit
        self.node = node
        self.interval = interval
    }

    /// What stands at a line's head.
    public var name: String { device ?? profile.id }

    /// The public points, as payloads show them.
    public var faces: [PointFace] {
        profile.publicPoints.map { index in
            let point = profile.points[index]
            return PointFace(name: point.name, unit: point.publishedUnit, fields: point.fields)
        }
    }
}
