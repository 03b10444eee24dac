public import Domain
public import Logging
public import Platform

/// What every source of the field works with.
public struct FieldContext: Sendable {
    public var time: any TimeSource
    public var sink: any FieldSink
    /// Its lines are about what peers do, so one peer may cause many of them.
    public var log: Logger
    /// Serves a source while it has to wait for nothing.
    public var loop: EventLoop
    /// Where the grid of the box begins that all polls stand on.
    public var gridStart: Uptime
    /// The gateway's id; client ids at field brokers begin with it.
    public var gateway: String

    public init(
        time: any TimeSource,
        sink: any FieldSink,
        log: Logger,
        loop: EventLoop,
        gridStart: Uptime,
        gateway: String
    ) {
        self.time = time
        self.sink = sink
        self.log = log
        self.loop = loop
        self.gridStart = gridStart
        self.gateway = gateway
    }
}
