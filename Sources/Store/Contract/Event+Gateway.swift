public import Domain

/// The gateway's own events, with the data of each.
extension Event {
    /// The epoch before this start, so that a lost tail is visible.
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
        sendingByException devices: Int = 0,
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
            if !previous.clean, devices > 0 { data.append(("holds_lost", .integer(devices))) }
        }
        return Event(.start, severity: .info, stamp: stamp, data: data)
    }

    public static func stop(reason: String, stamp: Stamp) -> Event {
        Event(.stop, severity: .info, stamp: stamp, data: [("reason", .string(reason))])
    }

    /// A reload has put the configuration into effect.
    ///
    /// - Parameters:
    ///   - buses: the ids of those that were started again.
    ///   - destinations: the ids of those that changed, were added or removed.
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

    /// A device now stands at another site than before: its readings continue under another topic.
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

    /// The clock was synchronised, or lost its synchronisation.
    ///
    /// - Parameter stamp: the present; it shows how far this boot's earlier times can be corrected.
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

    /// The journal was made on another machine: its card was moved or copied. If that machine still runs, two boxes
    /// send under one name.
    ///
    /// - Parameters:
    ///   - machine: a fingerprint of this machine.
    ///   - before: that of the other one.
    public static func clonedStorage(machine: String, before: String, stamp: Stamp) -> Event {
        Event(
            .clonedStorage,
            severity: .alarm,
            stamp: stamp,
            data: [("machine", .string(machine)), ("before", .string(before))]
        )
    }

    /// - Parameter detail: what went wrong, in words; nil where the reason is enough.
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
