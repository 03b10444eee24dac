package import Domain
package import Modbus

/// One question to one unit: function codes 1 to 4, like every request of this program.
package struct ProbeRequest: Hashable, Sendable {
    package var unit: UnitID
    package var range: RegisterRange
    package var timing: ReplyTiming
    /// How long to hear a serial line after a right reply, for what nobody asked for.
    package var listen: Duration
    /// How long to hear it after a failure, for a late reply; a bus that the daemon lends hears no longer than its
    /// rest.
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

/// A frame as it was on the wire, CRC or TCP header included.
package struct TracedFrame: Hashable, Sendable {
    package var direction: ModbusBus.Direction
    package var bytes: [UInt8]
    /// When it was sent, or complete.
    package var at: Uptime

    package init(direction: ModbusBus.Direction, bytes: [UInt8], at: Uptime) {
        self.direction = direction
        self.bytes = bytes
        self.at = at
    }
}

/// What came of a question, whatever came.
package struct ProbeExchange: Sendable {
    package var request: ProbeRequest
    package var result: Result<RegisterBlock, ModbusError>
    /// From the last request frame to its reply's end or its deadline; zero when nothing could be sent.
    package var latency: Duration
    /// In order; more than two where the line had to be resynchronised first.
    package var frames: [TracedFrame]
    /// What was heard afterwards, and when its last byte came.
    package var strays: [UInt8]
    /// From the last request frame until `strays` began; zero without any.
    package var strayLatency: Duration

    package init(
        request: ProbeRequest,
        result: Result<RegisterBlock, ModbusError>,
        latency: Duration,
        frames: [TracedFrame],
        strays: [UInt8] = [],
        strayLatency: Duration = .zero
    ) {
        self.request = request
        self.result = result
        self.latency = latency
        self.frames = frames
        self.strays = strays
        self.strayLatency = strayLatency
    }

    package var block: RegisterBlock? {
        guard case .success(let block) = result else { return nil }
        return block
    }

    package var error: ModbusError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    /// Whether the unit itself spoke, be it with an exception.
    package var isAnswered: Bool { error.map { $0.devicesOwnException != nil } ?? true }
}
