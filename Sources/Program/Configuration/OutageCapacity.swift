import Domain
public import Installation
import Profiles

/// How long an outage the journal's limit covers.
public struct OutageCapacity: Sendable {
    /// Readings a second that the configured devices make.
    public let readingsPerSecond: Double
    /// Bytes that one reading takes in the journal, on average.
    public let bytesPerReading: Double
    public let hours: Double
    /// The journal's limit, in bytes.
    public let limit: Int64

    public init(_ configuration: Configuration) {
        var bytesPerSecond = 0.0
        var rate = 0.0
        for device in configuration.devices {
            let perSecond = 1 / device.interval.inSeconds
            rate += perSecond
            bytesPerSecond += Double(Self.bytes(of: device.profile)) * perSecond
        }
        readingsPerSecond = rate
        bytesPerReading = rate > 0 ? bytesPerSecond / rate : 0
        // A part of the limit stays free, so that a full journal can still drain and can be opened on a full disk.
        hours = bytesPerSecond > 0 ? Double(configuration.storage.limit) * 0.92 / bytesPerSecond / 3_600 : .infinity
        limit = configuration.storage.limit
    }

    /// A row's own columns and what each point adds, estimated rather high. A polled reading holds digits, and what a
    /// counter or a status word adds to them; a message's reading holds names and units too, where it carries only some
    /// of the points.
    private static func bytes(of profile: Profile) -> Int {
        profile.publicPoints.reduce(50) { sum, index in
            let point = profile.points[index]
            let beside = point.fields.reduce(point.counter == nil ? 0 : 60) { $0 + $1.name.utf8.count + 8 }
            return sum + beside + (profile.modbus == nil ? 42 + point.name.utf8.count : 14)
        }
    }
}
