public import Domain

/// The owner of a session. Every method is called on the session's own thread and must return quickly: while it runs,
/// the session neither reads nor writes. None may call `MQTTSession.stop(within:)`.
public protocol MQTTSessionOwner: AnyObject, Sendable {
    /// Returns what the broker publishes when the next connection ends without a DISCONNECT; nil for nothing. Called
    /// for each connection.
    func will() -> MQTTMessage?

    /// The broker accepted the connection; calls of `nextMessage()` follow.
    func sessionConnected(_ connection: MQTTConnection)

    /// A connection, or an attempt to make one, is over.
    ///
    /// - Parameter unacknowledged: the tokens that were in flight, in the order of publishing. The broker may or may
    ///   not have received them; the session has forgotten them and accepts them again from `nextMessage()`.
    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken])

    /// Returns what to publish next; called only while connected and while the window has room. A message of QoS 1, or
    /// a fence, is in flight from here to its `acknowledged` or to `sessionDisconnected`; a message of QoS 0 is never
    /// answered.
    func nextMessage() -> MQTTNext

    /// The broker answered a message.
    ///
    /// - Parameter code: the PUBACK's reason code (MQTT 5, section 3.4.2.1): 0 accepted, 0x10 accepted without any
    ///   subscriber, 0x80 and above refused. With 3.1.1 always 0. A message that the library itself refuses comes back
    ///   the same way: 0x90 topic not valid, 0x95 larger than the broker accepts, 0x9A retaining not supported.
    func acknowledged(token: MQTTToken, code: UInt8)

    /// The session's sockets carried this since the last call: called each few seconds while there is something, and at
    /// the end of each connection, one that failed in its handshake included.
    func sessionCarried(_ traffic: Traffic)

    /// A message came for one of the subscriptions. The library has already answered it.
    func received(_ message: MQTTReceived)

    /// The broker does not allow one of the `refusable` subscriptions; the session goes on without it.
    ///
    /// - Parameter code: the SUBACK's reason code (MQTT 5, section 3.9.3); with 3.1.1 always 0x80.
    func subscriptionRefused(_ filter: String, code: UInt8)
}

extension MQTTSessionOwner {
    public func will() -> MQTTMessage? { nil }

    public func sessionCarried(_ traffic: Traffic) {}

    public func subscriptionRefused(_ filter: String, code: UInt8) {}
}
