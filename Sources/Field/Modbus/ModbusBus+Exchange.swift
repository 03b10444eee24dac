public import Domain

/// A read with all that was on the wire: what came, how long it took, and what was heard afterwards.
public struct BusExchange: Sendable {
    public var result: Result<RegisterBlock, ModbusError>
    /// From the last request frame to its reply's end or its deadline; zero when nothing could be sent.
    public var latency = Duration.zero
    /// In order, CRC or TCP header included.
    public var frames: [(direction: ModbusBus.Direction, bytes: [UInt8], at: Uptime)] = []
    /// What a serial line brought after the reply or its deadline.
    public var strays: [UInt8] = []
    /// From the last request frame until `strays` began; zero without any.
    public var strayLatency = Duration.zero

    /// Whether the unit itself spoke, be it with an exception.
    public var isAnswered: Bool {
        guard case .failure(let error) = result else { return true }
        return error.devicesOwnException != nil
    }
}

extension ModbusBus {
    /// Reads like `read`, and keeps what was on the wire. For probes: a trace set before sees nothing of it.
    ///
    /// - Parameters:
    ///   - listen: how long to hear a serial line after a right reply or an exception.
    ///   - patience: how long to hear it for a late reply after silence; after a wrong frame 100 ms of it are enough for
    ///     what is left of the frame, or of a second one.
    public func exchange(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming,
        listen: Duration = .zero,
        patience: Duration = .zero
    ) -> BusExchange {
        let before = trace
        defer { trace = before }
        var frames: [(direction: Direction, bytes: [UInt8], at: Uptime)] = []
        trace = { frames.append(($0, $1, $2)) }
        var exchange: BusExchange
        var end: Uptime?
        do throws(ModbusError) {
            let block = try read(range, unit: unit, timing: timing)
            exchange = BusExchange(result: .success(block))
            end = block.arrived
        } catch {
            exchange = BusExchange(result: .failure(error))
        }
        let sent = frames.last { $0.direction == .sent }?.at
        exchange.frames = frames
        guard let sent else { return exchange }
        exchange.latency = (end ?? now) - sent
        let limit: Duration
        switch exchange.result {
        case _ where exchange.isAnswered: limit = listen
        case .failure(let error) where error.kind == .timeout: limit = patience
        default: limit = min(patience, .milliseconds(100))
        }
        if limit > .zero {
            let heard = self.listen(for: limit)
            exchange.strays = heard.bytes
            exchange.strayLatency = heard.began.map { $0 - sent } ?? .zero
        }
        return exchange
    }
}
