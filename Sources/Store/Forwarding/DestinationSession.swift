public import Contract
public import MQTT

/// A destination's format, for its session with a broker. The forwarder decides what goes out next, and keeps what is
/// owed; the format defines the messages, and what proves that they have arrived.
///
/// One object serves one destination for as long as its forwarder lives. All methods are called on the session's
/// thread, one at a time, and must return quickly.
public protocol DestinationSession: AnyObject, Sendable {
    /// The session's subscriptions, from each CONNACK on.
    var subscriptions: [String] { get }

    /// Those of the subscriptions that the session does without where the broker does not allow them.
    var refusable: Set<String> { get }

    /// What makes an entry count as delivered.
    var proof: DeliveryProof { get }

    /// Returns the will of the connection that is about to be made; nil for none.
    func will() -> MQTTMessage?

    /// Returns the first messages on a connection that the broker has just accepted, in this order: before any state,
    /// figure or entry. The forwarder sets their tokens.
    func opening() -> [MQTTMessage]

    /// Returns an entry as a message, made at the moment of sending. Nil where the format does not know such an entry,
    /// which is then no longer owed.
    func message(of entry: JournalEntry, lane: Lane) -> MQTTMessage?

    /// Returns entries of one gateway as one message; nil where it would be larger than the format allows. Only formats
    /// with packs are asked.
    func message(ofPack entries: [JournalEntry], lane: Lane) -> MQTTMessage?

    /// Returns the newest state of a retained topic of the contract, empty to clear it; nil where the format has no
    /// such topic.
    func message(ofState topic: String, payload: [UInt8]) -> MQTTMessage?

    /// Returns a message of the contract that is sent once, such as a closed window; nil where the format has no such
    /// message, which then counts as acknowledged.
    func message(ofPost topic: String, payload: [UInt8]) -> MQTTMessage?

    /// Takes a message that has arrived at a subscription.
    ///
    /// - Returns: what the forwarder must do.
    func received(_ message: MQTTReceived) -> DestinationDemand
}

/// What proves to a forwarder that entries have arrived.
public enum DeliveryProof: Hashable, Sendable {
    /// The answer to each entry's own message, sent with QoS 1.
    case answer
    /// The answer to a later packet of the same connection, for messages of QoS 0. One goes out after `every` entries,
    /// and whenever there is nothing else to send. It needs a subscription.
    case fence(every: Int)
}

/// What a message that arrived requires of the forwarder.
public enum DestinationDemand: Hashable, Sendable {
    case nothing
    /// Send the opening again before anything else.
    case openAgain
    /// Send these entries again.
    case sendAgain(ResendRequest)
    /// Report a request that gets no answer.
    case refuse(RequestRefusal)
}

extension DestinationSession {
    public var refusable: Set<String> { [] }

    public func message(ofPack entries: [JournalEntry], lane: Lane) -> MQTTMessage? { nil }
}
