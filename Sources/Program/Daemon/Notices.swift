import Contract
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
