public import Domain
public import Modbus

/// A bus that nobody else has open: the probe opens the port or connects itself.
public final class OwnBus: ProbeBus {
    private let bus: ModbusBus
    private let time: any TimeSource
    private var frames: [TracedFrame] = []

    /// Does no I/O: the first exchange opens the port or connects, in `connectTimeout` at most.
    public init(endpoint: ModbusEndpoint, time: any TimeSource, connectTimeout: Duration = .seconds(3)) {
        bus = ModbusBus(endpoint: endpoint, time: time, connectTimeout: connectTimeout)
        self.time = time
        bus.trace = { [unowned self] direction, bytes, at in  // the bus is this object's own
            frames.append(TracedFrame(direction: direction, bytes: bytes, at: at))
        }
    }

    public var endpoint: ModbusEndpoint { bus.endpoint }
    public var counters: BusCounters { bus.counters }

    public func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        frames.removeAll()
        let result: Result<RegisterBlock, ModbusError>
        do throws(ModbusError) {
            result = .success(try bus.read(request.range, unit: request.unit, timing: request.timing))
        } catch {
            result = .failure(error)
        }
        let end = (try? result.get())?.arrived ?? time.uptime()  // a failure's end is now
        let sent = frames.last { $0.direction == .sent }?.at
        let strays = listen(after: result, for: request.listen)
        return ProbeExchange(
            request: request,
            result: result,
            latency: sent.map { end - $0 } ?? .zero,
            frames: frames,
            strays: strays.bytes,
            strayLatency: sent.flatMap { sent in strays.began.map { $0 - sent } } ?? .zero
        )
    }

    /// After a failure the line rests anyway: what comes then is heard at no cost.
    private func listen(
        after result: Result<RegisterBlock, ModbusError>,
        for limit: Duration
    ) -> (bytes: [UInt8], began: Uptime?) {
        if limit <= .zero { return ([], nil) }
        let rest = bus.restingUntil.map { $0 - time.uptime() } ?? .zero
        return bus.listen(for: max(limit, rest))
    }

    public func close() { bus.close() }
}
