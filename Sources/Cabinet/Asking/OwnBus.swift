package import Diagnosing
package import Domain
package import Modbus
import Platform

/// A bus that no other process has open: the probe itself opens the port or connects.
package final class OwnBus: ProbeBus {
    /// Makes the probe wait for a port on which another probe is at work, instead of giving up.
    package struct Waiting: Sendable {
        let stop: StopFlag
        let time: any TimeSource
        let tell: @Sendable (_ port: String, _ holder: String) -> Void

        /// - Parameters:
        ///   - stop: ends the waiting.
        ///   - tell: called once, with the port and who has it.
        package init(
            stop: StopFlag,
            time: any TimeSource,
            tell: @escaping @Sendable (_ port: String, _ holder: String) -> Void
        ) {
            self.stop = stop
            self.time = time
            self.tell = tell
        }
    }

    private let bus: ModbusBus
    private var waiting: Waiting?

    /// Does no I/O: the first exchange opens the port or connects, within `connectTimeout`.
    ///
    /// - Parameter waiting: when nil, a port on which another probe is at work is a failure.
    package init(
        endpoint: ModbusEndpoint,
        time: any TimeSource,
        connectTimeout: Duration = .seconds(3),
        waiting: Waiting? = nil
    ) {
        self.waiting = waiting
        bus = ModbusBus(endpoint: endpoint, time: time, connectTimeout: connectTimeout)
    }

    package var endpoint: ModbusEndpoint { bus.endpoint }
    package var counters: BusCounters { bus.counters }

    package func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        var exchange = read(request)
        if let waiting, isBusy(exchange), let holder = probeAtWork {
            waiting.tell(endpoint.place, "\(holder)")
            var isHeld = true
            while isHeld, isBusy(exchange), !waiting.stop.isRaised {
                waiting.stop.sleep(.milliseconds(500), time: waiting.time)
                // Look before the port is tried: when the other probe has ended, this try counts.
                isHeld = probeAtWork != nil
                exchange = read(request)
            }
        }
        waiting = nil
        return try ProbeExchange(request, exchange, at: bus.endpoint)
    }

    private func isBusy(_ exchange: BusExchange) -> Bool { exchange.failure?.word == "port_busy" }

    private var probeAtWork: FileHolder? { FileHolder.all(of: endpoint.place).first(where: \.isProbe) }

    private func read(_ request: ProbeRequest) -> BusExchange {
        bus.exchange(
            request.range,
            unit: request.unit,
            timing: request.timing,
            listen: request.listen,
            patience: request.patience
        )
    }

    package func identity(of unit: UnitID, timing: ReplyTiming) -> DeviceIdentity? {
        bus.identity(of: unit, timing: timing)
    }

    package func close() { bus.close() }
}
