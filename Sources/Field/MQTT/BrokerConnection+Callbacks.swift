import CMosquitto
import Domain
import Glibc

/// The connection behind a callback's user data.
///
/// Unretained: callbacks run only inside calls that a connection makes on its own handle, so the connection is alive.
private func connection(_ object: UnsafeMutableRawPointer?) -> BrokerConnection? {
    object.map { Unmanaged<BrokerConnection>.fromOpaque($0).takeUnretainedValue() }
}

extension BrokerConnection {
    /// C callbacks capture nothing; they find the connection in the user data.
    func setCallbacks() {
        let library = handle.pointer
        mosquitto_connect_v5_callback_set(library) { library, object, code, _, properties in
            let connack = Connack(code: code, properties: properties)
            connection(object)?.connack = connack
            connection(object)?.aliases = TopicAliases(maximum: connack.topicAliases ?? 0)
            // From here on the library would format two debug lines for each message, and no code reads them.
            if code == 0 { mosquitto_log_callback_set(library, nil) }
        }
        mosquitto_disconnect_v5_callback_set(library) { _, object, code, _ in
            guard let connection = connection(object) else { return }
            // The library reports the broker's DISCONNECT twice, the second time as success.
            if connection.disconnected ?? 0 == 0 { connection.disconnected = code }
        }
        mosquitto_publish_v5_callback_set(library) { _, object, packet, code, _ in
            guard let connection = connection(object) else { return }
            connection.acknowledgements.append((packet, UInt8(truncatingIfNeeded: code)))
            connection.aliases.answered(packet: packet, isTaken: code < 0x80)
        }
        mosquitto_subscribe_v5_callback_set(library) { _, object, packet, count, granted, _ in
            guard let connection = connection(object), let granted, count > 0 else { return }
            let filter = connection.subscribed.removeValue(forKey: packet)
            if granted[0] >= 0x80 {
                connection.refused(filter ?? "", code: UInt8(truncatingIfNeeded: granted[0]))
            }
            if connection.fences.remove(packet) != nil {
                connection.acknowledgements.append((packet, UInt8(truncatingIfNeeded: granted[0])))
            }
        }
        mosquitto_message_v5_callback_set(library) { _, object, message, _ in
            guard let connection = connection(object), let message = message?.pointee else { return }
            let bytes = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            connection.messages.append(
                MQTTReceived(
                    topic: String(cString: message.topic),
                    payload: [UInt8](bytes),
                    retained: message.retain,
                    arrived: connection.time.uptime()
                )
            )
        }
        mosquitto_log_callback_set(library) { _, object, level, text in
            guard level == MOSQ_LOG_ERR, let text else { return }
            connection(object)?.said.append(String(cString: text))
        }
    }
}
