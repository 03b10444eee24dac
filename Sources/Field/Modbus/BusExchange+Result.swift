public import Domain

extension BusExchange {
    /// Stores a read's outcome as words, so that it can be sent to another process.
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

    /// Returns the outcome of the read that was asked for.
    ///
    /// - Returns: nil where a newer program uses words that this one does not know, or an older one says nothing.
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
