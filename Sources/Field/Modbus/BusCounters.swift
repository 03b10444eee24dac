public import Domain

/// What one bus has done since it was made; counts only grow.
public struct BusCounters: Hashable, Sendable {
    /// Requests put on the wire.
    public var requests = 0
    /// Right replies; exceptions have their own count.
    public var replies = 0
    public var timeouts = 0
    public var crcErrors = 0
    /// Frames of a wrong shape, echoes included.
    public var badFrames = 0
    public var exceptions = 0
    /// Replies by another unit or to another request.
    public var foreign = 0
    /// Connections made or ports opened.
    public var connections = 0
    /// Connections and ports that were lost, refused or missing.
    public var connectionFailures = 0
    public var bytesSent = 0
    public var bytesReceived = 0
    /// Stray bytes before right replies; they were dropped.
    public var strayBytes = 0
    /// The time from a request's beginning to its reply's end or its deadline.
    public var busy = Duration.zero
    /// The time from a request's beginning to the end of its reply, exceptions among them.
    public var latency = LatencyHistogram()

    public init() {}

    /// Counts a read that brought no value.
    public mutating func count(_ kind: ModbusError.Kind) {
        switch kind {
        case .timeout: timeouts += 1
        case .crc: crcErrors += 1
        case .badFrame, .echo: badFrames += 1
        case .foreignReply, .foreignTransaction: foreign += 1
        case .exception: exceptions += 1
        case .distrusted: break
        case .portMissing, .portBusy, .portForbidden, .portLost, .portFailed, .tooManyDescriptors, .noThread,
            .nameUnknown, .tcpRefused, .tcpUnreachable, .tcpTimeout, .tcpFailed, .tlsFailed, .closedByPeer:
            connectionFailures += 1
        }
    }
}

extension ModbusError.Kind {
    /// Whether the device has answered, if only to refuse.
    var isAnswer: Bool {
        if case .exception = self { return true }
        return false
    }
}
