public import Domain
public import Installation
import Platform
import Profiles
import Synchronization

/// Simulates the field of a configuration: every Modbus device over TCP or a pty, every MQTT device at its broker.
public final class Simulation: Sendable {
    private let configuration: Configuration
    private let settings: SimulationSettings
    private let time: any TimeSource
    private let report: @Sendable (String) -> Void
    private let running = Mutex<[(bus: String, server: Server)]>([])

    private enum Server: Sendable {
        case modbus(BusServer)
        case mqtt(MQTTServer)
        case stream(StreamServer)

        var counts: BusCounts {
            switch self {
            case .modbus(let server): server.counts
            case .mqtt(let server): server.field.counts
            case .stream(let server): server.counts
            }
        }

        func stop() {
            switch self {
            case .modbus(let server): server.stop()
            case .mqtt(let server): server.stop()
            case .stream(let server): server.stop()
            }
        }
    }

    /// - Parameter report: receives lines of text for a person: which bus is served where.
    public init(
        configuration: Configuration,
        settings: SimulationSettings,
        time: any TimeSource,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.configuration = configuration
        self.settings = settings
        self.time = time
        self.report = report
    }

    /// Serves every bus; a second call before `stop()` does nothing.
    ///
    /// - Throws: `SimulationError`; then nothing is served.
    public func start() throws {
        guard running.withLock({ $0.isEmpty }) else { return }
        do {
            let clock = ModelClock(time: time, pace: settings.pace)
            for bus in configuration.buses { try start(bus, clock: clock) }
        } catch {
            stop()
            throw error
        }
    }

    /// Ends every thread, closes every descriptor and removes the symlinks; returns when all is done.
    public func stop() {
        let servers = running.withLock { running in
            defer { running = [] }
            return running
        }
        for (_, server) in servers { server.stop() }
    }

    /// Counts by bus, since its start; empty when stopped.
    public var statistics: [String: BusStatistics] {
        running.withLock { running in
            Dictionary(running.map { ($0.bus, $0.server.counts.statistics) }) { first, _ in first }
        }
    }

    private func start(_ bus: Configuration.Bus, clock: ModelClock) throws(SimulationError) {
        let devices = configuration.devices.filter { $0.bus == bus.id }
        guard !devices.isEmpty else { return }
        let server: Server
        let place: String
        switch bus.kind {
        case .modbus(let endpoint):
            (server, place) = try modbus(bus.id, endpoint, devices, clock)
        case .stream(let endpoint):
            let stream = try self.stream(bus.id, endpoint, devices, clock)
            server = .stream(stream)
            place = endpoint.description + (stream.device.map { " as \($0)" } ?? "")
        case .mqtt(let broker):
            server = .mqtt(try mqtt(bus.id, broker, devices, clock))
            place = broker.addresses.map(\.description).joined(separator: ", ")
        }
        running.withLock { $0.append((bus.id, server)) }
        let names = devices.map { $0.profile.modbus == nil ? $0.id : "\($0.id) (unit \($0.unit))" }
        report("bus \(bus.id) at \(place): \(names.joined(separator: ", "))")
    }

    private func modbus(
        _ bus: String,
        _ endpoint: ModbusEndpoint,
        _ devices: [Device],
        _ clock: ModelClock
    ) throws(SimulationError) -> (Server, String) {
        let slaves = SlaveBus(
            framing: endpoint.framing,
            devices: devices.compactMap { device in
                device.profile.modbus.map {
                    ModbusDevice(id: device.id, unit: device.unit.number, model: model(device, clock), access: $0)
                }
            },
            faults: settings.faults,
            chance: chance.child(bus),
            bus: bus,
            cables: settings.cables
        )
        let line = try BusServer.Line(bus: bus, at: endpoint, isPaced: settings.paced)
        let place = endpoint.description + (line.device.map { " as \($0)" } ?? "")
        do throws(SystemError) {
            return (.modbus(try BusServer(name: "sim " + bus, line: line, slaves: slaves, clock: clock)), place)
        } catch {
            throw SimulationError(bus: bus, reason: error.description)
        }
    }

    private func stream(
        _ bus: String,
        _ endpoint: StreamEndpoint,
        _ devices: [Device],
        _ clock: ModelClock
    ) throws(SimulationError) -> StreamServer {
        guard let device = devices.first, let access = device.profile.stream,
            let writer = FrameWriter(device.profile)
        else { throw SimulationError(bus: bus, reason: "its profile has no frame with values that could be played") }
        let played = StreamDevice(
            id: device.id,
            bus: bus,
            writer: writer,
            model: model(device, clock),
            access: access,
            faults: settings.faults,
            cables: settings.cables,
            chance: chance.child(bus)
        )
        let entrance = try StreamServer.Entrance(bus: bus, at: endpoint)
        do throws(SystemError) {
            return try StreamServer(name: "sim " + bus, entrance: entrance, player: played.player, clock: clock)
        } catch {
            throw SimulationError(bus: bus, reason: error.description)
        }
    }

    private func mqtt(
        _ bus: String,
        _ broker: Broker,
        _ devices: [Device],
        _ clock: ModelClock
    ) throws(SimulationError) -> MQTTServer {
        let players = devices.compactMap { device in
            device.profile.mqtt.map {
                MQTTDevice(
                    id: device.id,
                    node: device.node,
                    interval: device.interval,
                    model: model(device, clock),
                    access: $0,
                    chance: chance.child(device.id)
                )
            }
        }
        let field = MQTTField(
            bus: bus,
            devices: players,
            faults: settings.faults,
            cables: settings.cables,
            chance: chance.child(bus),
            clock: clock,
            report: report
        )
        return try MQTTServer(bus: bus, gateway: configuration.gateway, broker: broker, field: field, time: time)
    }

    private var chance: Chance { Chance(seed: settings.seed) }

    private func model(_ device: Device, _ clock: ModelClock) -> DeviceModel {
        let offset = LocalTime.offset(at: clock.time.stamp().time)
        let day = FieldDay(start: clock.startSeconds, speed: settings.speed, localOffset: Double(offset))
        return DeviceModel(profile: device.profile, chance: chance.child(device.id), day: day)
    }
}
