public import Domain
public import Modbus

/// A bus that nobody else has open: the probe opens the port or connects itself.
public final class OwnBus: ProbeBus {
    private let bus: ModbusBus

    /// Does no I/O: the first exchange opens the port or connects, in `connectTimeout` at most.
    public init(endpoint: ModbusEndpoint, time: any TimeSource, connectTimeout: Duration = .seconds(3)) {
        bus = ModbusBus(endpoint: endpoint, time: time, connectTimeout: connectTimeout)
    }

    public var endpoint: ModbusEndpoint { bus.endpoint }
    public var counters: BusCounters { bus.counters }

    public func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        let exchange = bus.exchange(
            request.range,
            unit: request.unit,
            timing: request.timing,
            listen: request.listen,
            patience: request.patience
        )
        return ProbeExchange(
            request: request,
            result: exchange.result,
            latency: exchange.latency,
            frames: exchange.frames.map { TracedFrame(direction: $0.direction, bytes: $0.bytes, at: $0.at) },
            strays: exchange.strays,
            strayLatency: exchange.strayLatency
        )
    }

    public func close() { bus.close() }
}
