package import Diagnosing
package import Installation

extension ProbeTarget {
    /// A device of the configuration.
    package init(_ device: Device) {
        self.init(
            device: device.id,
            profile: device.profile,
            bus: device.bus,
            unit: device.unit,
            node: device.node,
            interval: device.interval
        )
    }
}
