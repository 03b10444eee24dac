import Domain

/// The slaves of a bus as they were recorded: each request gets its recorded replies in their order, and after the last
/// one the first again. A request that is not in the recording is not answered.
struct RecordedSlaves: RequestAnswering {
    private let framing: ModbusFraming
    /// The replies by request: unit, function, addresses.
    private let replies: [[UInt8]: [BusExchange]]
    private var next: [[UInt8]: Int] = [:]
    private let unrecorded: @Sendable ([UInt8]) -> Void

    /// - Parameter unrecorded: called with each request that is not in the recording.
    init(
        _ exchanges: [BusExchange],
        framing: ModbusFraming,
        unrecorded: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.framing = framing
        self.unrecorded = unrecorded
        replies = Dictionary(grouping: exchanges) { Self.question($0.request ?? [], framing) }
    }

    mutating func answer(_ frame: [UInt8], at seconds: Double) -> SlaveBus.Answer {
        let question = Self.question(frame, framing)
        guard let recorded = replies[question] else {
            unrecorded(frame)
            return .nobody
        }
        let turn = next[question, default: 0]
        next[question] = (turn + 1) % recorded.count
        let exchange = recorded[turn]
        guard var bytes = exchange.reply else { return .swallowed }
        if framing == .mbap, bytes.count >= 2, exchange.request?.prefix(2) == bytes.prefix(2) {
            // A reply with the recorded request's transaction id gets the id of this request.
            bytes.replaceSubrange(..<2, with: frame.prefix(2))
        }
        return .reply(SlaveBus.Reply(bytes: bytes, delay: exchange.latency), faulted: false)
    }

    /// A request without the parts that differ each time: transaction id, protocol and length, or the CRC. An
    /// ASCII frame stays as it is.
    private static func question(_ frame: [UInt8], _ framing: ModbusFraming) -> [UInt8] {
        switch framing {
        case .rtu: frame.dropLast(2)
        case .ascii: frame
        case .mbap: Array(frame.dropFirst(6))
        }
    }
}
