public import Domain

/// Plays a recording of a device that sends text: its frames in turn, on a pty or a loopback port, until `stop()`.
public final class StreamReplay: Sendable {
    private let server: StreamServer
    /// Where the device is heard.
    public let place: String

    /// - Parameters:
    ///   - frames: the bytes that came, in order; they are played again and again.
    ///   - ask: the word for which one is sent; nil for a device that sends by itself.
    ///   - endpoint: a path that becomes a symlink to a pty, or a loopback address.
    /// - Throws: `SimulationError`; then nothing is served.
    public init(
        _ frames: [[UInt8]],
        ask: [UInt8]?,
        at endpoint: StreamEndpoint,
        time: any TimeSource
    ) throws {
        let player = StreamPlayer(ask: ask) { number, _ in
            frames.isEmpty ? nil : (frames[Int(number) % frames.count], false)
        }
        server = try StreamServer(
            name: "replay",
            entrance: try StreamServer.Entrance(bus: "replay", at: endpoint),
            player: player,
            clock: ModelClock(time: time, pace: 1)
        )
        place = endpoint.place + (server.device.map { " (\($0))" } ?? "")
    }

    public var statistics: BusStatistics { server.counts.statistics }

    public func stop() { server.stop() }
}
