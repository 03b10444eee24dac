public import Domain

/// The gateway's own events, with what each says.
extension Event {
    /// The epoch before this start, so that a lost tail shows.
    public struct PreviousEpoch: Hashable, Sendable {
        public var epoch: String
        /// The last `seq` on disk; 0 for none.
        public var committedThrough: UInt64
        /// Whether it was closed in order.
        public var clean: Bool

        public init(epoch: String, committedThrough: UInt64, clean: Bool) {
            self.epoch = epoch
            self.committedThrough = committedThrough
            self.clean = clean
        }
    }

    public static func start(
        version: String,
        configuration: String,
        previous: PreviousEpoch?,
        stamp: Stamp
    ) -> Event {
        var data: [(key: String, value: DataValue)] = [
            ("version", .string(version)), ("configuration", .string(configuration)),
        ]
        if let previous {
            let members: [DataValue.Member] = [
                .init("epoch", .string(previous.epoch)),
                .init("committed_through", .integer(previous.committedThrough)),
                .init("clean", .bool(previous.clean)),
            ]
            data.append(("previous", .object(members)))
        }
        return Event(.start, severity: .info, stamp: stamp, data: data)
    }

    public static func stop(reason: String, stamp: Stamp) -> Event {
        Event(.stop, severity: .info, stamp: stamp, data: [("reason", .string(reason))])
    }

    /// A reload took the configuration over.
    ///
    /// - Parameters:
    ///   - buses: the ids of those that began anew.
    ///   - destinations: the ids of those that changed, came or went.
    public static func configurationAccepted(
        _ hash: String,
        buses: [String],
        destinations: [String],
        stamp: Stamp
    ) -> Event {
        Event(
            .configuration,
            severity: .info,
            stamp: stamp,
            data: [
                ("accepted", .bool(true)), ("configuration", .string(hash)),
                ("buses", .array(buses.map { .string($0) })),
                ("destinations", .array(destinations.map { .string($0) })),
            ]
        )
    }

    public static func configurationRefused(reason: String, stamp: Stamp) -> Event {
        Event(
            .configuration,
            severity: .warning,
            stamp: stamp,
            data: [("accepted", .bool(false)), ("reason", .string(reason))]
        )
    }

    /// A device stands at another site now than before: its readings continue under another topic.
    public static func moved(device: String, from: String, to site: String, stamp: Stamp) -> Event {
        Event(
            .moved,
            severity: .info,
            stamp: stamp,
            site: site,
            device: device,
            data: [("from", .string(from)), ("to", .string(site))]
        )
    }

    /// The clock came or went.
    ///
    /// - Parameter stamp: now; it says by how much this boot's earlier times can be corrected.
    public static func clock(_ stamp: Stamp) -> Event {
        Event(
            .clock,
            severity: .info,
            stamp: stamp,
            data: [
                ("clock", .string(stamp.clock.rawValue)), ("boot", .string(stamp.boot)),
                ("boot_time_ms", .integer(stamp.time.millisecondsSince1970 - stamp.uptime.milliseconds)),
            ]
        )
    }

    /// - Parameter detail: what went wrong, in words; nil where the reason says all.
    public static func deviceDown(
        _ device: String,
        at site: String,
        reason: Reason,
        detail: String?,
        stamp: Stamp
    ) -> Event {
        Event(
            .deviceDown,
            severity: .warning,
            stamp: stamp,
            site: site,
            device: device,
            data: [("reason", .string(reason.word))] + (detail.map { [("detail", .string($0))] } ?? [])
        )
    }

    public static func deviceUp(_ device: String, at site: String, stamp: Stamp) -> Event {
        Event(.deviceUp, severity: .info, stamp: stamp, site: site, device: device)
    }
}
