public import Domain

/// How a message is delivered (MQTT 5, section 4.3). The third way, exactly once, is not used.
public enum MQTTQoS: UInt8, Sendable {
    /// Nobody answers: what is lost on the way is lost.
    case atMostOnce = 0
    /// The broker answers with a PUBACK.
    case atLeastOnce = 1
}

/// A message to publish.
public struct MQTTMessage: Hashable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    public var qos: MQTTQoS
    public var retained: Bool
    /// The owner's own name for it, given back with the PUBACK or, without one, at the disconnection.
    public var token: MQTTToken

    public init(
        topic: String,
        payload: [UInt8],
        qos: MQTTQoS = .atLeastOnce,
        retained: Bool = false,
        token: MQTTToken = 0
    ) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retained = retained
        self.token = token
    }
}

/// A message that the broker brought.
public struct MQTTReceived: Sendable {
    public let topic: String
    public let payload: [UInt8]
    /// The broker kept it from before the subscription: it may be of any age.
    public let retained: Bool
    public let arrived: Uptime
}

/// The owner's answer to "what next?".
public enum MQTTNext: Sendable {
    case message(MQTTMessage)
    /// Subscribe to the first filter once more: the SUBACK, which is the token's answer, proves that the broker has got
    /// all that was sent before. Only for a session that subscribes to anything.
    case fence(MQTTToken)
    /// Nothing now: ask again at that time, or at the next `wake()` (or earlier: asking costs nothing).
    case idle(until: Uptime?)
}

/// A connection that stands.
public struct MQTTConnection: Hashable, Sendable {
    public let address: MQTTAddress
    public let version: MQTTVersion
    /// The broker's Receive Maximum (MQTT 5, section 3.2.2.3.3); 65535 where it names none, and with 3.1.1.
    public let receiveMaximum: Int
    /// Most messages that will be in flight: `min(maximumWindow, receiveMaximum)`.
    public let window: Int
}

/// How a session stands and what it has done since it was made.
public struct MQTTSnapshot: Sendable {
    public internal(set) var connected = false
    /// The address connected to, or tried last.
    public internal(set) var address: MQTTAddress?
    /// When `connected` last changed; the time of making before that.
    public internal(set) var since: Uptime
    /// The last failure in words, kept after a reconnection; nil before the first.
    public internal(set) var lastError: String?
    /// Handed to the library, answered or not.
    public internal(set) var published: UInt64 = 0
    /// Answered with a code below 0x80.
    public internal(set) var acknowledged: UInt64 = 0
    /// Answered with a code of 0x80 or above, or not acceptable to the library.
    public internal(set) var refused: UInt64 = 0
    public internal(set) var received: UInt64 = 0
    public internal(set) var inFlight = 0
    /// Connections that were made, the present one included.
    public internal(set) var connects: UInt64 = 0
}
