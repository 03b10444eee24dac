public import Installation

/// The sources for each kind of bus: a new protocol adds its file, and its entry here.
public enum FieldSources {
    /// Returns the source of a bus; it does nothing before its `start`.
    public static func source(
        of bus: Configuration.Bus,
        devices: [Device],
        in context: FieldContext
    ) -> any FieldSource {
        switch bus.kind {
        case .modbus(let endpoint): ModbusSource(bus: bus, endpoint: endpoint, devices: devices, in: context)
        case .stream(let endpoint): StreamSource(bus: bus, endpoint: endpoint, devices: devices, in: context)
        case .mqtt(let broker): MQTTSource(bus: bus, broker: broker, devices: devices, in: context)
        }
    }
}
