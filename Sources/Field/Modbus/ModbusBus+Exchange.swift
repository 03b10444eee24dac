public import Domain

extension ModbusBus {
    /// Reads as `read` does, and keeps everything that was on the wire. For probes: an existing trace sees nothing of
    /// it.
    ///
    /// - Parameters:
    ///   - listen: how long to listen on a serial line after a right reply or an exception.
    ///   - patience: how long to listen for a late reply after silence; after a wrong frame 100 ms are enough for what
    ///     is left of the frame, or of a second one.
    public func exchange(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming,
        listen: Duration = .zero,
        patience: Duration = .zero
    ) -> BusExchange {
        let before = trace
        defer { trace = before }
        var frames: [BusExchange.Frame] = []
        trace = { frames.append($0) }
        var end: Uptime?
        let limit: Duration
        var exchange: BusExchange
        do throws(ModbusError) {
            let block = try read(range, unit: unit, timing: timing)
            exchange = BusExchange(.success(block))
            end = block.arrived
            limit = listen
        } catch {
            exchange = BusExchange(.failure(error))
            if error.devicesOwnException != nil {
                limit = listen
            } else {
                limit = error.kind == .timeout ? patience : min(patience, .milliseconds(100))
            }
        }
        exchange.frames = frames
        guard let sent = frames.last(where: { $0.direction == .sent })?.at else { return exchange }
        exchange.latency = (end ?? now) - sent
        if limit > .zero {
            let heard = self.listen(for: limit)
            exchange.strays = heard.bytes
            exchange.strayLatency = heard.began.map { $0 - sent } ?? .zero
        }
        return exchange
    }
}
