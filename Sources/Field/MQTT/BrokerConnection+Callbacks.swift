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
            var limit: UInt16 = 0
            let named = mosquitto_property_read_int16(
                properties,
                Int32(MQTT_PROP_RECEIVE_MAXIMUM.rawValue),
                &limit,
                false
            )
            var largest: UInt32 = 0
            let sized = mosquitto_property_read_int32(
                properties,
                Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue),
                &largest,
                false
            )
            connection(object)?.connack = (
                code,
                receiveMaximum: named == nil || limit == 0 ? nil : limit,
                largestPacket: sized == nil || largest == 0 ? nil : largest
            )
            var keepalive: UInt16 = 0
            let asked = Int32(MQTT_PROP_SERVER_KEEP_ALIVE.rawValue)
            if mosquitto_property_read_int16(properties, asked, &keepalive, false) != nil, keepalive > 0 {
                connection(object)?.keepalive = .seconds(Int(keepalive))
            }
            var aliases: UInt16 = 0
            let aliasing = Int32(MQTT_PROP_TOPIC_ALIAS_MAXIMUM.rawValue)
            if mosquitto_property_read_int16(properties, aliasing, &aliases, false) != nil {
                connection(object)?.aliases = TopicAliases(maximum: aliases)
            }
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
                connection.refusedSubscription = (filter ?? "", UInt8(truncatingIfNeeded: granted[0]))
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
