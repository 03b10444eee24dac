package import Domain
package import Modbus

/// One question to one unit: function codes 1 to 4, like every request of this program.
package struct ProbeRequest: Hashable, Sendable {
    package var unit: UnitID
    package var range: RegisterRange
    package var timing: ReplyTiming
    /// How long to listen to a serial line after a right reply, for bytes that were not requested.
    package var listen: Duration
    /// How long to listen to it after a failure, for a late reply; a bus that the daemon lends listens no longer than
    /// its rest.
    package var patience: Duration

    package init(
        unit: UnitID,
        range: RegisterRange,
        timing: ReplyTiming,
        listen: Duration = .zero,
        patience: Duration = .zero
    ) {
        self.unit = unit
        self.range = range
        self.timing = timing
        self.listen = listen
        self.patience = patience
    }
}

/// A question with its outcome, whatever that is.
package struct ProbeExchange: Sendable {
    package var request: ProbeRequest
    package var result: Result<RegisterBlock, ModbusError>
    /// The read as it was on the wire.
    package var wire: BusExchange

    /// - Throws: `unclear` when a daemon of another version uses words for the outcome that this program does not know.
    package init(_ request: ProbeRequest, _ wire: BusExchange, at endpoint: ModbusEndpoint) throws(ProbeFailure) {
        guard let result = wire.result(of: request.range, unit: request.unit, at: endpoint) else { throw .unclear }
        self.request = request
        self.result = result
        self.wire = wire
    }

    package var latency: Duration { wire.latency }
    package var frames: [BusExchange.Frame] { wire.frames }
    package var strays: [UInt8] { wire.strays }
    package var strayLatency: Duration { wire.strayLatency }

    /// How many bytes stood before the right reply, or an exception, of an RTU device.
    var bytesBeforeReply: Int {
        guard isAnswered, frames.first(where: { $0.direction == .sent })?.bytes.count == 8,
            let reply = frames.last(where: { $0.direction == .received })?.bytes
        else { return 0 }
        return max(0, reply.count - (error == nil ? 5 + request.range.dataBytes : 5))
    }

    package var block: RegisterBlock? {
        guard case .success(let block) = result else { return nil }
        return block
    }

    package var error: ModbusError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    /// Whether the unit itself replied, even with an exception.
    package var isAnswered: Bool { error.map { $0.devicesOwnException != nil } ?? true }
}
