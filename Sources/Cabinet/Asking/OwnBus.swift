package import Diagnosing
package import Domain
package import Modbus

/// A bus that no other process has open: the probe itself opens the port or connects.
package final class OwnBus: ProbeBus {
    private let bus: ModbusBus

    /// Does no I/O: the first exchange opens the port or connects, within `connectTimeout`.
    package init(endpoint: ModbusEndpoint, time: any TimeSource, connectTimeout: Duration = .seconds(3)) {
        bus = ModbusBus(endpoint: endpoint, time: time, connectTimeout: connectTimeout)
    }

    package var endpoint: ModbusEndpoint { bus.endpoint }
    package var counters: BusCounters { bus.counters }

    package func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        let exchange = bus.exchange(
            request.range,
            unit: request.unit,
            timing: request.timing,
            listen: request.listen,
            patience: request.patience
        )
        return try ProbeExchange(request, exchange, at: bus.endpoint)
    }

    package func close() { bus.close() }
}
