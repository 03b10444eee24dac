extension MQTTMessage {
    /// Bytes of the PUBLISH packet with its topic written out (MQTT 5, section 3.3).
    public func packetSize(version: MQTTVersion) -> Int64 { packetSize(version: version, as: .plain) }

    func packetSize(version: MQTTVersion, as form: TopicAliases.Form) -> Int64 {
        var body = 2 + (form.hidesTopic ? 0 : topic.utf8.count) + payload.count
        if qos == .atLeastOnce { body += 2 }
        if version == .v5 { body += form.alias == nil ? 1 : 4 }
        return Int64(body + 1 + Self.lengthBytes(of: body))
    }

    /// Bytes that the length of a packet's body takes.
    private static func lengthBytes(of body: Int) -> Int {
        body < 128 ? 1 : body < 16_384 ? 2 : body < 2_097_152 ? 3 : 4
    }
}
