import CMosquitto
import Domain
import Glibc

/// A handle of libmosquitto, destroyed with its owner.
struct MosquittoHandle: ~Copyable {
    let pointer: OpaquePointer

    /// - Parameter isClean: the owner offers again what was in flight; neither the library nor the broker resends it.
    init(clientID: String, address: MQTTAddress, isClean: Bool) throws(MQTTError) {
        _ = Self.library
        guard let pointer = mosquitto_new(clientID, isClean, nil) else {
            if meansTooMany(errno) { throw MQTTError(.tooManyDescriptors, at: address, detail: systemWords(errno)) }
            throw MQTTError(.settings, at: address, detail: "client id \(clientID): \(systemWords(errno))")
        }
        self.pointer = pointer
    }

    deinit {
        mosquitto_user_data_set(pointer, nil)  // no callback may reach an object that is going
        mosquitto_destroy(pointer)
    }

    /// mosquitto_lib_init must come first and is not thread-safe; a static property is made once.
    private static let library: Int32 = mosquitto_lib_init()
}

/// One attempt to connect and the resulting connection, over one handle that is never used again.
///
/// Confined to the session's thread. The library's callbacks run inside `read`, `write`, `keepAlive` and `disconnect`;
/// they copy their arguments into the properties here, and the loop reads those afterwards.
///
/// What blocks in libmosquitto 2.0.11: only the name's resolution inside `connect` (getaddrinfo; the resolver's own
/// time limits). The TCP connect begins without blocking, and the TLS handshake runs inside the first reads and writes
/// of a non-blocking socket. Reading the certificate files is disk work.
final class BrokerConnection {
    let address: MQTTAddress
    let time: any TimeSource
    let handle: MosquittoHandle
    let gate: InboundGate

    // The callbacks set these.
    var connack: Connack?
    var disconnected: Int32?
    var acknowledgements: [(packet: Int32, code: UInt8)] = []
    var messages: [MQTTReceived] = []
    var subscribed: [Int32: String] = [:]
    /// Subscriptions whose SUBACK serves as a fence's answer.
    var fences: Set<Int32> = []
    var refusedSubscription: (filter: String, code: UInt8)?
    /// Refused ones that the session does without.
    var missedSubscriptions: [(filter: String, code: UInt8)] = []
    /// The library's own error messages; only they say why TLS failed.
    var said: [String] = []
    /// For this connection alone; none before the CONNACK.
    var aliases = TopicAliases(maximum: 0)

    private let version: MQTTVersion
    private let refusable: Set<String>
    private var socketTraffic: SocketTraffic?
    /// The messages by kind; and what the library was given, for a kernel that does not count.
    private var published = Traffic()
    private var told = Traffic()

    init(
        _ settings: MQTTSettings,
        address: MQTTAddress,
        will: MQTTMessage?,
        time: any TimeSource
    ) throws(MQTTError) {
        handle = try MosquittoHandle(
            clientID: settings.clientID,
            address: address,
            isClean: settings.keptSession == nil
        )
        gate = InboundGate(version: settings.version, largestPacket: settings.largestPacket)
        self.address = address
        self.time = time
        version = settings.version
        refusable = settings.refusable
        // Unretained: the handle lives no longer than this object and drops the pointer before the object goes.
        mosquitto_user_data_set(handle.pointer, Unmanaged.passUnretained(self).toOpaque())
        setCallbacks()
        try apply(settings, will: will)
    }

    /// Begins to connect. The CONNACK, or the failure, comes out of `read` and `write`.
    ///
    /// - Parameter local: the local address to bind to. It decides the address family of a name that has both; the
    ///   library would only ever try the first (a non-blocking connect never fails at once).
    func connect(keepalive: Duration, binding local: String?) throws(MQTTError) {
        let seconds = Int32(clamping: max(5, min(65_535, keepalive.components.seconds)))
        let result = mosquitto_connect_bind_async(
            handle.pointer,
            address.host,
            Int32(clamping: address.port),
            seconds,
            local
        )
        let code = errno
        socketTraffic = SocketTraffic(of: socket)
        try check(result, code)
    }

    /// What the connection carried since this was asked last.
    func carried() -> Traffic {
        var now = published
        now.received = gate.received
        if let counted = socketTraffic?.read() { (now.sent, now.received) = counted }
        defer { told = now }
        return now - told
    }

    /// Lets go of the socket, which the library has closed or is about to close.
    func release() { socketTraffic = nil }

    /// The socket; -1 once the library has closed it.
    var socket: Int32 { mosquitto_socket(handle.pointer) }
    var wantsWrite: Bool { mosquitto_want_write(handle.pointer) }

    /// Reads what has arrived, as much as one turn takes.
    func read() throws(MQTTError) {
        gate.beginTurn()
        repeat {
            // The library stops at a stale EAGAIN that its own writes leave behind.
            errno = 0
            let result = gate.read(for: handle.pointer, socket: address.tls ? -1 : socket)
            try check(result, errno)
        } while gate.hasWork
    }

    /// Whether `read` should be called again at once, after other members had their turn.
    var hasMore: Bool { gate.isTurnOver }

    func write() throws(MQTTError) {
        errno = 0
        try check(mosquitto_loop_write(handle.pointer, 1), errno)
    }

    /// Sends a PINGREQ when one is due, and fails when the last one got no answer.
    func keepAlive() throws(MQTTError) {
        errno = 0
        try check(mosquitto_loop_misc(handle.pointer), errno)
    }

    /// - Parameter retained: which retained messages the broker sends (MQTT 5, section 3.8.3.1).
    /// - Returns: the packet's identifier, which the SUBACK names.
    @discardableResult
    func subscribe(_ filter: String, retained: RetainedMessages = .always) throws(MQTTError) -> Int32 {
        var packet: Int32 = 0
        let result = mosquitto_subscribe_v5(handle.pointer, &packet, filter, 1, retained.rawValue, nil)
        if result == MOSQ_ERR_INVAL.rawValue || result == MOSQ_ERR_MALFORMED_UTF8.rawValue {
            throw MQTTError(.settings, at: address, detail: "topic filter \(filter)")
        }
        subscribed[packet] = filter
        gate.rules.didSubscribe(packet: UInt16(truncatingIfNeeded: packet))
        try check(result, errno)
        return packet
    }

    enum RetainedMessages: Int32 {
        case always = 0x00
        /// Only where the session did not have the subscription yet.
        case ifNew = 0x10
    }

    /// Keeps everything that the library would send, its PUBACKs included, until `write`. Nothing after the CONNACK is
    /// read before `gate.resume`.
    ///
    /// The library writes at once where it believes that the same thread calls its loop; otherwise it queues.
    func holdOutput() {
        _ = mosquitto_threaded_set(handle.pointer, true)
        gate.pauseAfterWelcome()
    }

    /// The broker does not allow a subscription.
    func refused(_ filter: String, code: UInt8) {
        if refusable.contains(filter) {
            missedSubscriptions.append((filter, code))
        } else {
            refusedSubscription = (filter, code)
        }
    }

    /// Subscribes again, so that the SUBACK answers everything that was sent before.
    func fence(_ filter: String) throws(MQTTError) -> Int32 {
        let packet = try subscribe(filter)
        fences.insert(packet)
        return packet
    }

    /// Sends a DISCONNECT, after which the broker forgets the will. It has left when `socket` is -1.
    func disconnect() {
        _ = mosquitto_disconnect_v5(handle.pointer, 0, nil)
    }

    enum Publishing {
        case inFlight(packet: Int32)
        /// QoS 0: no answer comes.
        case sent
        /// The library did not accept the message and never will.
        case refused(code: UInt8)
        /// The connection broke during the call. The library holds the message, and dies with the connection.
        case lost(packet: Int32, MQTTError)
    }

    /// Passes a message to the library, which sends it at once as far as the socket accepts it.
    func publish(_ message: MQTTMessage) -> Publishing {
        // C would cut the topic there and publish to another topic (MQTT 5, section 1.5.4).
        if message.topic.withCString(strlen) != message.topic.utf8.count { return .refused(code: 0x90) }
        let form: TopicAliases.Form = message.qos == .atLeastOnce ? aliases.form(of: message.topic) : .plain
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if let alias = form.alias {
            let result = mosquitto_property_add_int16(&properties, Int32(MQTT_PROP_TOPIC_ALIAS.rawValue), alias)
            // Without memory for four bytes the topic is written out.
            if result != MOSQ_ERR_SUCCESS.rawValue { return publish(message, as: .plain, nil) }
        }
        return publish(message, as: form, properties)
    }

    private func publish(
        _ message: MQTTMessage,
        as form: TopicAliases.Form,
        _ properties: OpaquePointer?
    ) -> Publishing {
        var packet: Int32 = 0
        let result = mosquitto_publish_v5(
            handle.pointer,
            &packet,
            form.hidesTopic ? nil : message.topic,
            Int32(clamping: message.payload.count),
            message.payload,
            Int32(message.qos.rawValue),
            message.retained,
            properties
        )
        let code = errno
        if message.qos == .atLeastOnce { gate.rules.didPublish(packet: UInt16(truncatingIfNeeded: packet)) }
        if result == MOSQ_ERR_SUCCESS.rawValue {
            aliases.sent(message.topic, as: form, packet: packet)
            let size = message.packetSize(version: version, as: form)
            published[message.kind] += size
            published.sent += size
        }
        switch mosq_err_t(result) {
        case MOSQ_ERR_SUCCESS: return message.qos == .atLeastOnce ? .inFlight(packet: packet) : .sent
        case MOSQ_ERR_INVAL, MOSQ_ERR_MALFORMED_UTF8: return .refused(code: 0x90)
        case MOSQ_ERR_PAYLOAD_SIZE, MOSQ_ERR_OVERSIZE_PACKET: return .refused(code: 0x95)
        case MOSQ_ERR_RETAIN_NOT_SUPPORTED: return .refused(code: 0x9A)
        case MOSQ_ERR_QOS_NOT_SUPPORTED: return .refused(code: 0x9B)
        default: return .lost(packet: packet, failure(result, code))
        }
    }

    /// The kernel's result for a connection being made; 0 while there is none.
    func socketError() -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size) == 0 ? code : 0
    }
}
