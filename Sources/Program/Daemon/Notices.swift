import Domain
import Forwarding
import Journal
import Synchronization

/// What the journal comes upon, until somebody can tell of it: its own thread cannot append while it writes.
final class IncidentQueue: Sendable {
    private let waiting: Mutex<[JournalIncident]> = Mutex([])

    func add(_ incident: JournalIncident) { waiting.withLock { $0.append(incident) } }

    func take() -> [JournalIncident] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}

/// What forwarders notice, until the housekeeper tells of it: their threads must return quickly.
final class NoticeQueue: Sendable {
    private let waiting: Mutex<[(destination: String, notice: ForwarderNotice)]> = Mutex([])

    func add(_ notice: ForwarderNotice, destination: String) {
        waiting.withLock { $0.append((destination, notice)) }
    }

    func take() -> [(destination: String, notice: ForwarderNotice)] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}

extension JournalIncident {
    private static func naming(_ device: JournalDevice) -> [(key: String, value: DataValue)] {
        (device.site.map { [("site", .string($0))] } ?? []) + [("device", .string(device.device))]
    }

    /// The event that tells of it.
    func event(_ stamp: Stamp) -> Event {
        switch self {
        case .corruptFileSetAside(let file, let message):
            Event(
                "storage",
                severity: .alarm,
                stamp: stamp,
                data: [
                    ("what", .string("corrupt_file_set_aside")), ("file", .string(file)), ("detail", .string(message)),
                ]
            )
        case .destinationRemoved(let id, let owed):
            Event(
                "gap",
                severity: .warning,
                stamp: stamp,
                data: [
                    ("reason", .string("destination_removed")), ("destination", .string(id)), ("count", .integer(owed)),
                ]
            )
        case .loss(let loss):
            Event(
                "gap",
                severity: .alarm,
                stamp: stamp,
                data: [
                    ("reason", .string(loss.reason.rawValue)), ("epoch", .string(loss.epoch)),
                    ("first", .integer(loss.first)), ("last", .integer(loss.last)), ("count", .integer(loss.count)),
                    ("destinations", .array(loss.destinations.map { .string($0) })),
                ] + (loss.device.map(Self.naming) ?? [])
            )
        case .slowCommit(let duration):
            Event(
                "storage",
                severity: .warning,
                stamp: stamp,
                data: [("what", .string("slow_commit")), ("milliseconds", .integer(duration.wholeMilliseconds))]
            )
        case .stalled(let error):
            Event(
                "storage",
                severity: .alarm,
                stamp: stamp,
                data: [("what", .string("stalled")), ("detail", .string(error.description))]
            )
        case .resumed:
            Event("storage", severity: .info, stamp: stamp, data: [("what", .string("resumed"))])
        }
    }
}
