import Domain

/// A kind of failure as a word with its number or text, so that another process can read it.
extension ModbusError.Kind {
    public var told: (word: String, number: Int?, text: String?) {
        switch self {
        case .portMissing: ("port_missing", nil, nil)
        case .portBusy: ("port_busy", nil, nil)
        case .portForbidden: ("port_forbidden", nil, nil)
        case .portLost: ("port_lost", nil, nil)
        case .portFailed(let text): ("port_failed", nil, text)
        case .tooManyDescriptors: ("too_many_descriptors", nil, nil)
        case .noThread(let text): ("no_thread", nil, text)
        case .nameUnknown(let text): ("name_unknown", nil, text)
        case .tcpRefused: ("tcp_refused", nil, nil)
        case .tcpUnreachable(let text): ("tcp_unreachable", nil, text)
        case .tcpTimeout: ("tcp_timeout", nil, nil)
        case .tcpFailed(let text): ("tcp_failed", nil, text)
        case .tlsFailed(let text): ("tls_failed", nil, text)
        case .closedByPeer: ("closed_by_peer", nil, nil)
        case .timeout: ("timeout", nil, nil)
        case .crc: ("crc", nil, nil)
        case .badFrame(let text): ("bad_frame", nil, text)
        case .foreignReply(let unit): ("foreign_reply", Int(unit.number), nil)
        case .foreignTransaction(let id): ("foreign_transaction", Int(id), nil)
        case .distrusted: ("distrusted", nil, nil)
        case .echo: ("echo", nil, nil)
        case .exception(let code): ("exception", Int(code), nil)
        }
    }

    /// Nil for a newer program's word.
    public init?(word: String, number: Int?, text: String?) {
        switch (word, number, text) {
        case ("port_missing", _, _): self = .portMissing
        case ("port_busy", _, _): self = .portBusy
        case ("port_forbidden", _, _): self = .portForbidden
        case ("port_lost", _, _): self = .portLost
        case ("port_failed", _, let text): self = .portFailed(text ?? "")
        case ("too_many_descriptors", _, _): self = .tooManyDescriptors
        case ("no_thread", _, let text): self = .noThread(text ?? "")
        case ("name_unknown", _, let text): self = .nameUnknown(text ?? "")
        case ("tcp_refused", _, _): self = .tcpRefused
        case ("tcp_unreachable", _, let text): self = .tcpUnreachable(text ?? "")
        case ("tcp_timeout", _, _): self = .tcpTimeout
        case ("tcp_failed", _, let text): self = .tcpFailed(text ?? "")
        case ("tls_failed", _, let text): self = .tlsFailed(text ?? "")
        case ("closed_by_peer", _, _): self = .closedByPeer
        case ("timeout", _, _): self = .timeout
        case ("crc", _, _): self = .crc
        case ("bad_frame", _, let text): self = .badFrame(text ?? "")
        case ("foreign_reply", let unit?, _): self = .foreignReply(UnitID(UInt8(truncatingIfNeeded: unit)))
        case ("foreign_transaction", let id?, _): self = .foreignTransaction(UInt16(truncatingIfNeeded: id))
        case ("distrusted", _, _): self = .distrusted
        case ("echo", _, _): self = .echo
        case ("exception", let code?, _): self = .exception(UInt8(truncatingIfNeeded: code))
        default: return nil
        }
    }
}
