/// What is wrong, in one fixed word that `--json` promises.
package enum Diagnosis: String, Sendable, CaseIterable {
    case portMissing = "port_missing"
    case portBusy = "port_busy"
    case portForbidden = "port_forbidden"
    case silence
    case garbage
    case crc
    case foreignReply = "foreign_reply"
    case duplicateID = "duplicate_id"
    case echo
    case exception1 = "exception_1"
    case exception2 = "exception_2"
    case exception3 = "exception_3"
    case exception4 = "exception_4"
    case exception5 = "exception_5"
    case exception6 = "exception_6"
    case exception7 = "exception_7"
    case exception8 = "exception_8"
    case exception9 = "exception_9"
    case exception10 = "exception_10"
    case exception11 = "exception_11"
    case tcpRefused = "tcp_refused"
    case tcpUnreachable = "tcp_unreachable"
    case tcpTimeout = "tcp_timeout"
    case tcpMute = "tcp_mute"
    case framing
    case tls
    case outOfRange = "out_of_range"
    case wordOrder = "word_order"
    case frozen
    case brokerRefused = "broker_refused"
    case brokerCredentials = "broker_credentials"
    case topicSilent = "topic_silent"
    case payloadShape = "payload_shape"

    /// - Parameter exception: a Modbus exception code, 1 to 11.
    package init?(exception: UInt8) { self.init(rawValue: "exception_\(exception)") }
}
