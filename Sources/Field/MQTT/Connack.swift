import CMosquitto
import Domain

/// A broker's answer to a CONNECT, with what MQTT 5 lets it say there (section 3.2.2.3). What it does not say, or says
/// as 0, is nil.
struct Connack {
    let code: Int32
    /// Messages at QoS 1 that may be unanswered.
    let receiveMaximum: UInt16?
    /// Bytes of the largest packet that it takes.
    let largestPacket: UInt32?
    /// The keepalive that it asked for in place of ours.
    let keepalive: Duration?
    /// How many topic aliases it takes.
    let topicAliases: UInt16?

    /// - Parameter properties: those of the CONNACK; nil with MQTT 3.1.1.
    init(code: Int32, properties: OpaquePointer?) {
        func number<Number: FixedWidthInteger>(
            _ name: mqtt5_property,
            _ read: (OpaquePointer?, Int32, UnsafeMutablePointer<Number>?, Bool) ->
                OpaquePointer?
        ) -> Number? {
            var value = Number.zero
            let isThere = read(properties, Int32(name.rawValue), &value, false) != nil
            return isThere && value > 0 ? value : nil
        }
        self.code = code
        receiveMaximum = number(MQTT_PROP_RECEIVE_MAXIMUM, mosquitto_property_read_int16)
        largestPacket = number(MQTT_PROP_MAXIMUM_PACKET_SIZE, mosquitto_property_read_int32)
        topicAliases = number(MQTT_PROP_TOPIC_ALIAS_MAXIMUM, mosquitto_property_read_int16)
        let seconds: UInt16? = number(MQTT_PROP_SERVER_KEEP_ALIVE, mosquitto_property_read_int16)
        keepalive = seconds.map { .seconds(Int($0)) }
    }
}
