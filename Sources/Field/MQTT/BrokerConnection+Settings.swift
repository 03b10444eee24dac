import CMosquitto
import Glibc
import Platform

extension BrokerConnection {
    /// Passes the settings that a new handle needs before it connects.
    func apply(_ settings: MQTTSettings, will: MQTTMessage?) throws(MQTTError) {
        let library = handle.pointer
        try option(MOSQ_OPT_PROTOCOL_VERSION, settings.version == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311)
        // The loop keeps the window; with the same limit the library never queues.
        try option(MOSQ_OPT_SEND_MAXIMUM, Int32(clamping: settings.maximumWindow))
        if settings.version == .v5 {
            // A correct broker keeps larger messages back; the gate closes the connection of any other.
            // MQTT's own limit stands for no limit.
            let size = UInt32(min(settings.largestPacket + 5, MQTTSettings.greatestPacket))
            let kept = UInt32(clamping: settings.keptSession?.components.seconds ?? 0)
            try accept(cmosquitto_set_connect_properties(library, size, kept), "maximum packet size \(size)")
        }
        if let window = settings.receiveMaximum {
            try option(MOSQ_OPT_RECEIVE_MAXIMUM, Int32(clamping: window))
        }
        // TCP_NODELAY stays off: the library makes one write of each message, and the kernel gathers them while the
        // broker's answers are on their way (measured on loopback, unoptimised: 46k messages a second against 32k).
        if let username = settings.username {
            let password: String?
            do { password = try settings.password() } catch {
                if DescriptorRoom.isExhausted { throw MQTTError(.tooManyDescriptors, at: address, detail: "\(error)") }
                throw MQTTError(.password, at: address, detail: "\(error)")
            }
            try accept(mosquitto_username_pw_set(library, username, password), "username")
        }
        if let will {
            let size = Int32(clamping: will.payload.count)
            let result = mosquitto_will_set_v5(
                library,
                will.topic,
                size,
                will.payload,
                Int32(will.qos.rawValue),
                will.retained,
                nil
            )
            try accept(result, "the will's topic \(will.topic)")
        }
        if address.tls { try useTLS(settings) }
    }

    private func useTLS(_ settings: MQTTSettings) throws(MQTTError) {
        let result = mosquitto_tls_set(
            handle.pointer,
            settings.caFile,
            settings.caFile == nil ? "/etc/ssl/certs" : nil,
            settings.certificateFile,
            settings.keyFile,
            // The library would ask for an encrypted key's password on the terminal; there is none, so the password is
            // empty.
            { _, _, _, _ in 0 }
        )
        let files = [settings.caFile, settings.certificateFile, settings.keyFile].compactMap { $0 }
        try accept(result, "check that these can be read: " + files.joined(separator: ", "))
        try accept(mosquitto_tls_opts_set(handle.pointer, 1, nil, nil), "TLS")  // 1 is SSL_VERIFY_PEER
    }

    private func option(_ option: mosq_opt_t, _ value: Int32) throws(MQTTError) {
        try accept(mosquitto_int_option(handle.pointer, option, value), "option \(option.rawValue) \(value)")
    }

    private func accept(_ result: Int32, _ subject: String) throws(MQTTError) {
        if result == MOSQ_ERR_SUCCESS.rawValue { return }
        if DescriptorRoom.isExhausted { throw MQTTError(.tooManyDescriptors, at: address, detail: subject) }
        throw MQTTError(.settings, at: address, detail: "\(subject): \(String(cString: mosquitto_strerror(result)))")
    }
}
