public import Collecting
public import Domain
public import Installation
import MQTT

/// The city's side as it is set up.
public struct CitySettings: Sendable {
    /// The city's id: the `city` of its own messages.
    public var city: String
    /// What the pages call the city; nil where nobody has named it.
    public var name: CityName?
    /// IANA name.
    public var timezone: String
    public var topicPrefix: String
    public var broker: Broker
    /// The MQTT client id; the broker keeps its session under this name.
    public var clientID: String
    /// The group of collectors that share the entries; nil for one that takes all.
    public var share: String?
    /// The ids whose topics are collected; empty for all.
    public var gateways: [String]
    public var database: Database
    /// What the gateways call the broker in their events.
    public var destination: String
    /// How long raw rows are kept.
    public var retention: Duration
    /// The catalogue of indicators, which says whose silence concerns which figure; nil for the shipped one.
    public var indicators: String?
    /// Where the read-only HTTP listens.
    public var listen: ListenAddress

    /// The database as libpq reaches it.
    public struct Database: Sendable {
        public var url: String
        /// A path or `credential:NAME`; nil where the URL, the socket or `.pgpass` is enough.
        public var passwordFile: String?
    }

    /// How long the broker keeps the collector's session while it is away.
    private static let keptSession = Duration.seconds(30 * 86_400)
    /// What comes before the first answer: a batch.
    private static let window = 8_000

    /// - Parameter zone: that of `timezone`.
    public func collector(in zone: Zone) -> CollectorSettings {
        var settings = MQTTSettings(broker, clientID: clientID)
        settings.keptSession = Self.keptSession
        settings.receiveMaximum = Self.window
        // A message that is none of the contract is set aside, however large it is: left at the broker it would come
        // again and again.
        settings.largestPayload = MQTTSettings.greatestPacket
        settings.subscriptions = CollectorSettings.subscriptions(
            prefix: topicPrefix,
            share: share,
            gateways: gateways
        )
        return CollectorSettings(
            broker: settings,
            topicPrefix: topicPrefix,
            destination: destination,
            zone: zone,
            retention: retention
        )
    }
}
