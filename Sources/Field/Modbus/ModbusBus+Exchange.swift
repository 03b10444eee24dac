public import Domain

extension BusExchange {
    /// Keeps a read's end as words, so that another process can be told it.
    init(_ result: Result<RegisterBlock, ModbusError>) {
        self.init()
        switch result {
        case .success(let block):
            words = block.words
            arrived = block.arrived
        case .failure(let error):
            let told = error.kind.told
            failure = Failure(word: told.word, number: told.number, text: told.text)
        }
    }

    /// What it brought to the read that was asked for.
    ///
    /// - Returns: nil where a newer program says it in words that this one does not know, or an older one nothing.
    public func result(
        of range: RegisterRange,
        unit: UnitID,
        at endpoint: ModbusEndpoint
    ) -> Result<RegisterBlock, ModbusError>? {
        if let words, words.count == range.count {
            return .success(RegisterBlock(range: range, words: words, arrived: arrived))
        }
        guard let failure,
            let kind = ModbusError.Kind(word: failure.word, number: failure.number, text: failure.text)
        else { return nil }
        return .failure(ModbusError(kind: kind, endpoint: endpoint, unit: unit, range: range))
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
