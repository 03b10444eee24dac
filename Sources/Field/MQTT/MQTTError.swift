/// Why there is no connection: what happened, at which address, and in the description what to do about it.
public struct MQTTError: Error, Hashable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// No TCP connection: refused, no route, reset before the CONNACK.
        case unreachable
        case nameNotResolved
        /// No CONNACK within `connectTimeout`.
        case connectTimeout
        /// CONNACK 0x86 (3.1.1: 4).
        case badCredentials
        /// CONNACK or DISCONNECT 0x87 (3.1.1: 5).
        case notAuthorised
        /// CONNACK 0x88 or 0x89 (3.1.1: 3), or DISCONNECT 0x8B.
        case brokerUnavailable
        /// CONNACK 0x85 (3.1.1: 2).
        case clientIDRefused
        /// CONNACK 0x84 (3.1.1: 1).
        case versionRefused
        /// Another CONNACK of 0x80 or above.
        case refused(code: UInt8)
        /// DISCONNECT 0x8E: another client came with the same id. mosquitto 2.0.11 sends none and only closes the
        /// connection, which is `connectionLost`.
        case takenOver
        /// Another DISCONNECT from the broker.
        case closedByBroker(code: UInt8)
        case connectionLost
        /// No answer to a PINGREQ.
        case keepAlive
        /// The oldest message in flight waited longer than `stallTimeout`.
        case stalled
        /// The broker's certificate does not lead to a trusted one, or is out of date.
        case certificateNotTrusted
        /// The broker's certificate is issued for another name.
        case certificateName
        /// Another TLS failure.
        case tls
        /// `MQTTSettings.password` threw.
        case password
        /// SUBACK 0x80 or above.
        case subscriptionRefused(code: UInt8)
        /// The broker, or what answers in its place, violates MQTT.
        case protocolViolation
        /// A packet above `MQTTSettings.largestPayload`; the topic where it is a message.
        case packetTooLarge(topic: String?)
        /// A setting that the library cannot work with, or an unreadable certificate file.
        case settings
        /// The session was stopped while connected.
        case stopped
        /// The process or the machine has no descriptor left.
        case tooManyDescriptors
        /// The service or the machine has no room for the session's thread.
        case noThread
        /// The library ran out of memory or failed in a way it does not explain.
        case library
    }

    public let kind: Kind
    public let address: MQTTAddress
    /// The message of the library, the kernel or OpenSSL, a file's name or a topic filter; may be empty.
    public let detail: String

    public init(_ kind: Kind, at address: MQTTAddress, detail: String = "") {
        self.kind = kind
        self.address = address
        self.detail = detail
    }

    public var description: String {
        let broker = "the broker at \(address)"
        let said = detail.isEmpty ? "" : " (\(detail))"
        switch kind {
        case .unreachable:
            return "\(broker) cannot be reached\(said): check address, port, cable and firewall, and that it runs"
        case .nameNotResolved:
            return "the name \(address.host) cannot be resolved\(said): check its spelling and the DNS server"
        case .connectTimeout:
            return "\(broker) did not answer in time\(said): check address and firewall, and whether it hangs"
        case .badCredentials:
            return "\(broker) refused the user name or password: check username and password_file"
        case .notAuthorised:
            return "\(broker) does not authorise this client: check user name, password and the broker's access list"
        case .brokerUnavailable:
            return "\(broker) is not available at present\(said): it is asked again"
        case .clientIDRefused:
            return "\(broker) refused the client id: check that the gateway's name is allowed there"
        case .versionRefused:
            return "\(broker) does not speak this version of MQTT: configure version 3.1.1"
        case .refused(let code):
            return "\(broker) refused the connection with code \(hexadecimal(code))\(said): look into the broker's log"
        case .takenOver:
            return "another client with the same id took over the connection to \(address): is there a cloned gateway?"
        case .closedByBroker(let code):
            return "\(broker) closed the connection with code \(hexadecimal(code))\(said): look into the broker's log"
        case .connectionLost:
            return "the connection to \(broker) was lost\(said)"
        case .keepAlive:
            return "\(broker) no longer answers pings: check the line and whether it hangs"
        case .stalled:
            return "\(broker) left a message unanswered for too long\(said): connecting anew; check whether it hangs"
        case .certificateNotTrusted:
            return "the certificate of \(broker) is not trusted\(said): check ca_file, its dates and this box's clock"
        case .certificateName:
            return "the certificate of \(broker) is made out to another name than \(address.host): check the address"
        case .tls:
            return "TLS with \(broker) failed\(said): check that the port speaks TLS and which certificates it wants"
        case .password:
            return "the password for \(broker) cannot be read\(said): check password_file"
        case .subscriptionRefused(let code):
            return "\(broker) refused the subscription\(said) with code \(hexadecimal(code)): check its access list"
        case .protocolViolation:
            return "\(broker) does not keep to MQTT\(said): check that an MQTT broker listens there"
        case .packetTooLarge(let topic):
            let what = topic.map { "a message on \($0.prefix(100))" } ?? "a packet"
            return "\(broker) sent \(what) that is too large\(said): check its publisher, or raise max_payload"
        case .settings:
            return "the settings for \(broker) cannot be used\(said)"
        case .stopped:
            return "the session with \(broker) was stopped"
        case .tooManyDescriptors:
            return "no descriptor left to connect to \(broker)\(said): raise LimitNOFILE of the service; "
                + "`gateway check` says how many are needed"
        case .noThread:
            return "no thread left to connect to \(broker)\(said): raise TasksMax of the service; "
                + "`gateway check` says how many are needed"
        case .library:
            return "libmosquitto failed with \(broker)\(said)"
        }
    }

    private func hexadecimal(_ code: UInt8) -> String {
        "0x" + (code < 16 ? "0" : "") + String(code, radix: 16, uppercase: true)
    }
}
