package import Domain
package import Profiles

/// A device to probe: one of the configuration, or one that is in no configuration yet.
package struct ProbeTarget: Sendable {
    /// Its id in the configuration; nil for a device that is in none.
    package var device: String?
    package var profile: Profile
    /// The bus' id in the configuration, or its address.
    package var bus: String
    /// The unit id of a Modbus device.
    package var unit: UnitID
    /// The node of an MQTT device.
    package var node: String
    /// How often it is polled, or should report.
    package var interval: Duration

    package init(
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

    /// The name at the head of a line of text.
    package var name: String { device ?? profile.id }

    /// The public points, as payloads show them.
    package var faces: [PointFace] {
        profile.publicPoints.map { profile.points[$0].face }
    }
}
