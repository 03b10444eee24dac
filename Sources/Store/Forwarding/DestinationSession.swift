public import Contract
public import MQTT

/// What a destination's format makes of a session with its broker. The forwarder decides what goes out next, and keeps
/// what is owed; the format says how it looks there, and what proves that it has arrived.
///
/// One object serves one destination for as long as its forwarder lives. All methods are called on the session's thread,
/// one at a time, and must return quickly.
public protocol DestinationSession: AnyObject, Sendable {
    /// What the session subscribes to, from each CONNACK on.
    var subscriptions: [String] { get }

    /// When an entry counts as delivered.
    var proof: DeliveryProof { get }

    /// The will of the connection that is about to be made; nil for none.
    func will() -> MQTTMessage?

    /// What must be said first on a connection that the broker has just accepted, in this order: before any state,
    /// figure or entry. Their tokens are the forwarder's.
    func opening() -> [MQTTMessage]

    /// An entry as a message, made at the moment of writing. Nil where the format does not know such an entry, which is
    /// owed no more then.
    func message(of entry: JournalEntry, lane: Lane) -> MQTTMessage?

    /// The newest state of a retained topic of the contract, empty to clear it; nil where the format has no such topic.
    func message(ofState topic: String, payload: [UInt8]) -> MQTTMessage?

    /// A message of the contract that is sent once, such as a closed window; nil where the format has no such message,
    /// which then counts as taken.
    func message(ofPost topic: String, payload: [UInt8]) -> MQTTMessage?

    /// Takes what has arrived at a subscription.
    ///
    /// - Returns: what the forwarder must do.
    func received(_ message: MQTTReceived) -> DestinationDemand
}

/// What proves to a forwarder that entries have arrived.
public enum DeliveryProof: Hashable, Sendable {
    /// The answer to each entry's own message, sent with QoS 1.
    case answer
    /// The answer to a later packet of the same connection, for messages of QoS 0: one goes out after so many entries,
    /// and whenever there is nothing else to send. It needs a subscription.
    case fence(every: Int)
}

/// What a message that arrived asks of the forwarder.
public enum DestinationDemand: Hashable, Sendable {
    case nothing
    /// Say the opening again before anything else.
    case openAgain
}
