import Domain

extension ModbusError {
    /// Whether the port or connection failed, rather than the one device that was asked: then no device on the bus can
    /// answer.
    public var isOfTheBus: Bool {
        switch kind {
        case .portMissing, .portBusy, .portForbidden, .portLost, .portFailed, .tooManyDescriptors, .noThread,
            .nameUnknown, .tcpRefused, .tcpUnreachable, .tcpTimeout, .tcpFailed, .tlsFailed:
            true
        case .closedByPeer, .timeout, .crc, .badFrame, .foreignReply, .foreignTransaction, .distrusted, .echo,
            .exception:
            false
        }
    }

    /// Whether the same request may bring a reply at once: its own was lost or damaged.
    public var isWorthRepeating: Bool {
        switch kind {
        case .timeout, .crc, .badFrame, .foreignReply, .foreignTransaction: true
        default: false
        }
    }

    /// Whether the device sent nothing at all; garbage shows at least that something is there.
    public var isSilence: Bool {
        switch kind {
        case .timeout: true
        case .exception: !reason.isDevicesOwnException
        default: false
        }
    }

    /// The exception with which the device itself answered.
    public var devicesOwnException: UInt8? {
        guard case .exception(let code) = kind, reason.isDevicesOwnException else { return nil }
        return code
    }
}
