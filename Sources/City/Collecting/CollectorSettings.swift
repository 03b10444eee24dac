public import Domain
public import MQTT

/// What a collector needs to know.
public struct CollectorSettings: Sendable {
    /// The broker, with the subscriptions.
    public var broker: MQTTSettings
    public var topicPrefix: String
    /// What the gateways call this broker in their events.
    public var destination: String
    public var zone: Zone
    /// How long raw rows are kept.
    public var retention: Duration
    /// Messages that one transaction stores at most.
    public var largestBatch = 8_000
    /// Bytes of payloads after which a transaction begins.
    public var largestBytes = 16 << 20
    /// How long the first message of a batch waits for others.
    public var longestWait = Duration.milliseconds(50)
    /// A batch ends after so long without any message, so that a broker with a small window goes on.
    public var quiet = Duration.milliseconds(5)

    public init(broker: MQTTSettings, topicPrefix: String, destination: String, zone: Zone, retention: Duration) {
        self.broker = broker
        self.topicPrefix = topicPrefix
        self.destination = destination
        self.zone = zone
        self.retention = retention
    }

    /// The topics of a city.
    ///
    /// - Parameters:
    ///   - share: the group of collectors that share the entries; nil for a collector that gets all.
    ///   - gateways: the ids whose topics are collected; empty for every gateway.
    public static func subscriptions(prefix: String, share: String?, gateways: [String]) -> [String] {
        let ids = gateways.isEmpty ? ["+"] : gateways
        let entries = ids.flatMap { id in
            ["readings/\(id)/#", "backfill/\(id)/#", "events/\(id)/#", "gateways/\(id)/events", "packs/\(id)"]
        }
        // Every collector has the states: a broker sends no retained message to a shared subscription.
        let states = ids.flatMap { id in ["gateways/\(id)/status", "meta/\(id)/#", "indicators/\(id)/#"] }
        return entries.map { (share.map { "$share/\($0)/" } ?? "") + prefix + "/" + $0 }
            + states.map { prefix + "/" + $0 }
    }
}
