package import Domain
package import Profiles

/// A device to probe: one of the configuration, or one that is in none yet.
package struct ProbeTarget: Sendable {
    /// Its id in the configuration; nil of a device that is in none.
    package var device: String?
    package var profile: Profile
    /// The bus' id in the configuration, or its address.
    package var bus: String
    /// Of a Modbus device.
    package var unit: UnitID
    /// Of an MQTT device.
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

    /// What stands at a line's head.
    package var name: String { device ?? profile.id }

    /// The public points, as payloads show them.
    package var faces: [PointFace] {
        profile.publicPoints.map { index in
            let point = profile.points[index]
            return PointFace(name: point.name, unit: point.publishedUnit, fields: point.fields)
        }
    }
}
