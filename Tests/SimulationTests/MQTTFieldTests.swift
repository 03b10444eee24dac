import Installation
import Platform
@testable import Simulation
import TestSupport
import Testing

@Suite(.serialized)
struct MQTTFieldTests {
    private func text(port: Int) -> String {
        """
        buses: { sensors: { mqtt: mqtt://127.0.0.1:\(port) } }
        devices:
          scale: { profile: hanging, bus: sensors, node: bsu-07, site: pond, interval: 1s }
          camera: { profile: camera, bus: sensors, node: simpang, site: pond, interval: 1s }
        """
    }

    private func simulation(port: Int, faults: [Fault] = [], in folder: TemporaryFolder) throws -> Simulation {
        let configuration = try FieldProfiles.configuration(text(port: port), in: folder)
        let settings = SimulationSettings(faults: faults, pace: 60)
        return Simulation(configuration: configuration, settings: settings, time: SystemClock()) { _ in }
    }

    private func subscriber(port: Int) throws -> ChildProcess {
        try ChildProcess(
            "/usr/bin/mosquitto_sub",
            ["-p", "\(port)", "-V", "5", "-t", "#", "-q", "1", "-F", "%r %t %p"]
        )
    }

    @Test func devicesReportToTheirBrokerAndGoOfflineAtTheEnd() throws {
        let broker = try BrokerProcess()
        let folder = try TemporaryFolder()
        let simulation = try simulation(port: broker.port, in: folder)
        let listener = try subscriber(port: broker.port)
        defer { listener.stop() }
        _ = broker.line(with: "SUBSCRIBE from")
        try simulation.start()
        #expect(listener.line(with: "tele/bsu-07/LWT Online") != nil)
        #expect(listener.line(with: "tele/bsu-07/SENSOR {\"Time\":") != nil)
        #expect(listener.line(with: "frigate-simpang/events {") != nil)
        let statistics = simulation.statistics["sensors"]
        simulation.stop()
        #expect(listener.line(with: "tele/bsu-07/LWT Offline") != nil)
        #expect(listener.line(with: "frigate-simpang/available offline") != nil)
        #expect(try #require(statistics).published > 0)
        // A later subscriber gets it too, because it is retained.
        let late = try subscriber(port: broker.port)
        defer { late.stop() }
        #expect(late.line(with: "1 tele/bsu-07/LWT Offline") != nil)
    }

    @Test func faultsShowInTheMessages() throws {
        let broker = try BrokerProcess()
        let folder = try TemporaryFolder()
        let faults = [Fault(device: "scale", kind: .silence), Fault(device: "camera", kind: .corrupt)]
        let simulation = try simulation(port: broker.port, faults: faults, in: folder)
        let listener = try subscriber(port: broker.port)
        defer { listener.stop() }
        _ = broker.line(with: "SUBSCRIBE from")
        try simulation.start()
        defer { simulation.stop() }
        #expect(listener.line(with: "frigate-simpang/events") != nil)
        #expect(!listener.lines.contains { $0.contains("frigate-simpang/events {") })
        #expect(!listener.lines.contains { $0.contains("SENSOR") })
    }

    @Test func inventedValuesGoToNoOtherMachinesBroker() throws {
        let folder = try TemporaryFolder()
        let text = text(port: 1_883).replacing("127.0.0.1", with: "broker.example")
        let configuration = try FieldProfiles.configuration(text, in: folder)
        let simulation = Simulation(configuration: configuration, settings: SimulationSettings(), time: SystemClock()) {
            _ in
        }
        let error = #expect(throws: SimulationError.self) { try simulation.start() }
        #expect(try #require(error).description.contains("loopback"))
    }
}
