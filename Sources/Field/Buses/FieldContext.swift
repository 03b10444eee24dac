public import Domain
import Installation
public import Logging
public import Platform

/// What every source of the field needs for its work.
public struct FieldContext: Sendable {
    public var time: any TimeSource
    public var sink: any FieldSink
    /// Its log lines are about what peers do, so one peer may cause many of them.
    public var log: Logger
    /// Serves a source while it does not have to block.
    public var loop: EventLoop
    /// The start of the box's grid, on which all polls stand.
    public var gridStart: Uptime
    /// The gateway's id; client ids at field brokers begin with it.
    public var gateway: String

    /// Logs what a reading says anew about the conditions of its values.
    func log(_ changes: [QualityNews.Change], of device: Device) {
        for change in changes {
            let points = change.points.joined(separator: ", ")
            if let why = change.why {
                log.warning(
                    "values are not vouched for",
                    metadata: ["device": "\(device.id)", "points": "\(points)", "why": "\(why)"]
                )
            } else {
                log.notice("values are vouched for again", metadata: ["device": "\(device.id)", "points": "\(points)"])
            }
        }
    }

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
