public import MQTT
import Platform

extension MQTTSettings {
    /// Makes the settings of a session with a configured broker.
    public init(_ broker: Broker, clientID: String) {
        self.init(
            addresses: broker.addresses.map { MQTTAddress(host: $0.host, port: $0.port, tls: $0.tls) },
            clientID: clientID,
            username: broker.username,
            password: { try broker.passwordFile.map { try SecretFile.read($0) } },
            version: broker.version == .v5 ? .v5 : .v311,
            caFile: broker.caFile,
            certificateFile: broker.certificateFile,
            keyFile: broker.keyFile,
            largestPayload: broker.largestPayload
        )
    }
}
