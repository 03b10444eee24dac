import CMosquitto
import Glibc
import Platform

/// The C library's text for an errno.
func systemWords(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Whether that errno means that no descriptor is left.
func meansTooMany(_ code: Int32) -> Bool { code == EMFILE || code == ENFILE }

extension BrokerConnection {
    /// The only place that turns the library's results into a typed error.
    ///
    /// - Parameter code: errno when the library returned.
    func check(_ result: Int32, _ code: Int32) throws(MQTTError) {
        if let connack, connack.code != 0 { throw refusal(connack.code) }
        if let refusedSubscription {
            let (filter, code) = refusedSubscription
            throw MQTTError(.subscriptionRefused(code: code), at: address, detail: filter)
        }
        if let flaw = gate.flaw { throw violation(flaw) }
        if result != MOSQ_ERR_SUCCESS.rawValue { throw failure(result, code) }
        // For the broker's DISCONNECT the library closes the socket and returns success.
        if socket < 0 { throw failure(MOSQ_ERR_CONN_LOST.rawValue, 0) }
    }

    func failure(_ result: Int32, _ code: Int32) -> MQTTError {
        // The library's own results end below 0x80, where MQTT's failures begin.
        if let reason = [result, disconnected ?? 0].first(where: { $0 >= 0x80 }) { return closing(reason) }
        // The library reports this in several ways, and so do the resolver and OpenSSL.
        if connack == nil, DescriptorRoom.isExhausted {
            return MQTTError(.tooManyDescriptors, at: address, detail: systemWords(EMFILE))
        }
        if let tls = tlsFailure(result, code) { return tls }
        let words = String(cString: mosquitto_strerror(result))
        switch mosq_err_t(result) {
        case MOSQ_ERR_EAI:
            // The library leaves getaddrinfo's result in errno.
            return MQTTError(.nameNotResolved, at: address, detail: String(cString: gai_strerror(code)))
        case MOSQ_ERR_CONN_LOST, MOSQ_ERR_NO_CONN, MOSQ_ERR_CONN_REFUSED:
            return lost(detail: "")
        case MOSQ_ERR_ERRNO:
            return lost(detail: systemWords(code))
        case MOSQ_ERR_KEEPALIVE:
            return MQTTError(.keepAlive, at: address)
        case MOSQ_ERR_PROTOCOL, MOSQ_ERR_MALFORMED_PACKET, MOSQ_ERR_MALFORMED_UTF8, MOSQ_ERR_DUPLICATE_PROPERTY,
            MOSQ_ERR_TOPIC_ALIAS_INVALID, MOSQ_ERR_NOT_FOUND:
            return MQTTError(.protocolViolation, at: address, detail: words)
        case MOSQ_ERR_INVAL:
            return MQTTError(.settings, at: address, detail: words)
        default:
            return MQTTError(.library, at: address, detail: words)
        }
    }

    private func violation(_ flaw: InboundGate.Flaw) -> MQTTError {
        switch flaw {
        case .violation(let words): MQTTError(.protocolViolation, at: address, detail: words)
        case .tooLarge(let size, let topic):
            MQTTError(.packetTooLarge(topic: topic), at: address, detail: "\(size) bytes")
        }
    }

    private func lost(detail: String) -> MQTTError {
        MQTTError(connack == nil ? .unreachable : .connectionLost, at: address, detail: detail)
    }

    private func tlsFailure(_ result: Int32, _ code: Int32) -> MQTTError? {
        let failed = result == MOSQ_ERR_TLS.rawValue || result == MOSQ_ERR_TLS_HANDSHAKE.rawValue || code == EPROTO
        guard address.tls, failed || said.contains(where: { $0.hasPrefix("OpenSSL") }) else { return nil }
        let detail = said.joined(separator: "; ")
        if said.contains(where: { $0.contains("host name verification failed") }) {
            return MQTTError(.certificateName, at: address, detail: detail)
        }
        if said.contains(where: { $0.contains("certificate verify failed") }) {
            return MQTTError(.certificateNotTrusted, at: address, detail: detail)
        }
        if said.contains(where: { $0.contains("Unable to load") }) {
            return MQTTError(.settings, at: address, detail: detail)
        }
        return MQTTError(.tls, at: address, detail: detail)
    }

    /// CONNACK codes of MQTT 5 (section 3.2.2.2) and of 3.1.1 (1 to 5).
    private func refusal(_ code: Int32) -> MQTTError {
        let detail = String(cString: code < 0x80 ? mosquitto_connack_string(code) : mosquitto_reason_string(code))
        let kind: MQTTError.Kind =
            switch code {
            case 1, 0x84: .versionRefused
            case 2, 0x85: .clientIDRefused
            case 3, 0x88, 0x89: .brokerUnavailable
            case 4, 0x86: .badCredentials
            case 5, 0x87: .notAuthorised
            default: .refused(code: UInt8(truncatingIfNeeded: code))
            }
        return MQTTError(kind, at: address, detail: detail)
    }

    /// DISCONNECT codes (MQTT 5, section 3.14.2.1).
    private func closing(_ code: Int32) -> MQTTError {
        let detail = String(cString: mosquitto_reason_string(code))
        let kind: MQTTError.Kind =
            switch code {
            case 0x87: .notAuthorised
            case 0x8B: .brokerUnavailable
            case 0x8E: .takenOver
            default: .closedByBroker(code: UInt8(truncatingIfNeeded: code))
            }
        return MQTTError(kind, at: address, detail: detail)
    }
}
