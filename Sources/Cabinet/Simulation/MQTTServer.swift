import Domain
import Installation
import MQTT
import Platform

/// Plays the devices of one MQTT bus, from `init` to `stop()`.
final class MQTTServer: Sendable {
    let field: MQTTField
    private let session: MQTTSession

    init(bus: String, gateway: String, broker: Broker, field: MQTTField, time: any TimeSource) throws(SimulationError) {
        for address in broker.addresses where !address.isLoopback {
            throw SimulationError(
                bus: bus,
                reason: "\(address) is not this machine: invented values are published to a loopback broker only"
            )
        }
        self.field = field
        let settings = MQTTSettings(
            addresses: broker.addresses.map { MQTTAddress(host: $0.host, port: $0.port, tls: $0.tls) },
            clientID: "simulation-\(gateway)-\(bus)",
            username: broker.username,
            password: { try broker.passwordFile.map { try SecretFile.read($0) } },
            version: broker.version == .v5 ? .v5 : .v311,
            caFile: broker.caFile,
            certificateFile: broker.certificateFile,
            keyFile: broker.keyFile
        )
        session = MQTTSession(settings: settings, owner: field, time: time, name: "sim " + bus)
        session.start()
    }

    /// Publishes that every device is offline, then ends the session; needs at most three seconds.
    func stop() {
        field.beginStopping()
        session.wake()
        session.stop(within: .seconds(3))
    }
}
