public import Domain

/// How a message is delivered (MQTT 5, section 4.3). The third way, exactly once, is not used.
public enum MQTTQoS: UInt8, Sendable {
    /// No answer comes: what is lost on the way is lost.
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
    /// The owner's own name for it, returned with the PUBACK or, without one, at the disconnection.
    public var token: MQTTToken
    /// Its bytes are counted there.
    public var kind: TrafficKind

    public init(
        topic: String,
        payload: [UInt8],
        qos: MQTTQoS = .atLeastOnce,
        retained: Bool = false,
        token: MQTTToken = 0,
        kind: TrafficKind = .rest
    ) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retained = retained
        self.token = token
        self.kind = kind
    }
}

/// A message that the broker delivered.
public struct MQTTReceived: Sendable {
    public let topic: String
    public let payload: [UInt8]
    /// The broker kept it from before the subscription: its age is unknown.
    public let retained: Bool
    public let arrived: Uptime
}

/// The owner's answer to "what next?".
public enum MQTTNext: Sendable {
    case message(MQTTMessage)
    /// Subscribe to the first filter again: the SUBACK, which is the token's answer, proves that the broker has
    /// received everything that was sent before. Only for a session with subscriptions.
    case fence(MQTTToken)
    /// There is nothing now: ask again at that time, or at the next `wake()` (or earlier: asking costs nothing).
    case idle(until: Uptime?)
}

/// An established connection.
public struct MQTTConnection: Hashable, Sendable {
    public let address: MQTTAddress
    public let version: MQTTVersion
    /// The broker's Receive Maximum (MQTT 5, section 3.2.2.3.3); 65535 where it names none, and with 3.1.1.
    public let receiveMaximum: Int
    /// The most messages in flight: `min(maximumWindow, receiveMaximum)`.
    public let window: Int
    /// The broker's Maximum Packet Size in bytes (MQTT 5, section 3.2.2.3.6); nil where it names none, and with 3.1.1.
    public let largestPacket: Int?
}

/// The state of a session and what it has done since it was made.
public struct MQTTSnapshot: Sendable {
    public internal(set) var connected = false
    /// The address connected to, or tried last.
    public internal(set) var address: MQTTAddress?
    /// When `connected` last changed; before that, when the session was made.
    public internal(set) var since: Uptime
    /// `lastFailure` in words, kept after a reconnection; nil before the first failure.
    public var lastError: String? { lastFailure?.description }
    /// The last failure, kept after a reconnection; nil before the first failure.
    public internal(set) var lastFailure: MQTTError?
    /// Passed to the library, answered or not.
    public internal(set) var published: UInt64 = 0
    /// Answered with a code below 0x80.
    public internal(set) var acknowledged: UInt64 = 0
    /// Answered with a code of 0x80 or above, or not acceptable to the library.
    public internal(set) var refused: UInt64 = 0
    public internal(set) var received: UInt64 = 0
    public internal(set) var inFlight = 0
    /// Connections made, including the present one.
    public internal(set) var connects: UInt64 = 0
}
