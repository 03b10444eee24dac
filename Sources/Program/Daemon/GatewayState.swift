import Domain
import Journal

/// What the status message says.
struct GatewayState {
    var gateway: String
    var state: String
    var version: String
    var epoch: String
    var since: Instant
    /// The running configuration's hash.
    var configuration: String

    /// What the broker says in our place when we are gone: only what stays true.
    var lastWill: [UInt8] {
        Announcements.text([
            ("v", .integer(1)), ("gateway", .string(gateway)), ("state", .string("offline")),
            ("version", .string(version)),
            ("epoch", .string(epoch)), ("since", .string(since.description)), ("configuration", .string(configuration)),
        ])
    }

    func message(
        clock: ClockState,
        devices: (total: Int, answering: Int, verified: Int),
        destinations: [(id: String, connected: Bool, pending: Int, oldest: Instant?)],
        journal: JournalSnapshot
    ) -> [UInt8] {
        let destinations = destinations.map { destination -> (String, DataValue) in
            var members: [(String, DataValue)] = [
                ("connected", .bool(destination.connected)), ("pending", .integer(destination.pending)),
            ]
            if let oldest = destination.oldest { members.append(("oldest_pending", .string(oldest.description))) }
            return (destination.id, Announcements.object(members))
        }
        return Announcements.text([
            ("v", .integer(1)), ("gateway", .string(gateway)), ("state", .string(state)), ("version", .string(version)),
            ("epoch", .string(epoch)), ("since", .string(since.description)), ("configuration", .string(configuration)),
            ("clock", .string(clock.rawValue)),
            (
                "devices",
                Announcements.object([
                    ("total", .integer(devices.total)), ("answering", .integer(devices.answering)),
                    ("verified", .integer(devices.verified)),
                ])
            ),
            ("destinations", Announcements.object(destinations)),
            (
                "storage",
                Announcements.object([("bytes", .integer(journal.bytes)), ("limit", .integer(journal.limit))])
            ),
        ])
    }
}
