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
