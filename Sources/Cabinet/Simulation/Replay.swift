public import Domain
import Platform

/// Plays a recording on a bench: the bus that was recorded on site, on a pty or a loopback port, until `stop()`.
public final class Replay: Sendable {
    private let server: BusServer
    /// Where a master finds the bus.
    public let place: String

    /// - Parameters:
    ///   - exchanges: recorded on an endpoint of the same framing.
    ///   - endpoint: a path that becomes a symlink to a pty, or a loopback address.
    ///   - unrecorded: called, on the bus' thread, with each request that is not in the recording.
    /// - Throws: `SimulationError`; then nothing is served.
    public init(
        _ exchanges: [BusExchange],
        at endpoint: ModbusEndpoint,
        time: any TimeSource,
        unrecorded: @escaping @Sendable ([UInt8]) -> Void
    ) throws {
        // The recorded latencies already include the time on the wire.
        let line = try BusServer.Line(bus: "replay", at: endpoint, isPaced: false)
        place = endpoint.place + (line.device.map { " (\($0))" } ?? "")
        let slaves = RecordedSlaves(exchanges, framing: endpoint.framing, unrecorded: unrecorded)
        server = try BusServer(name: "replay", line: line, slaves: slaves, clock: ModelClock(time: time, pace: 1))
    }

    public var statistics: BusStatistics { server.counts.statistics }

    public func stop() { server.stop() }
}
