import Buses
import Contract
import Domain
import Forwarding
import Installation
import Journal

/// The one entrance for readings and events: the journal gives them their identity, and then they are sent live.
final class Intake: Sendable {
    private let journal: Journal
    private let board: DeviceBoard
    private let destinations: Destinations

    init(journal: Journal, board: DeviceBoard, destinations: Destinations) {
        self.journal = journal
        self.board = board
        self.destinations = destinations
    }

    /// - Parameter loss: the loss that the event reports, if it is a journal's loss.
    func accept(_ event: Event, telling loss: JournalLoss? = nil) {
        let entry = journal.append(event, telling: loss)
        destinations.offer(entry)
        if event.byDevice, let device = event.device { board.noteEvent(of: device, at: event.stamp.uptime) }
    }
}

/// Takes what the field sends.
extension Intake: FieldSink {
    func accept(_ reading: Reading, remembering: (key: String, value: [UInt8])?, since: Uptime?) {
        let entry = journal.append(reading, remembering: remembering)
        destinations.offer(entry, since: since)
        board.note(reading)
    }

    func accept(_ event: DeviceEvent) {
        accept(
            Event(
                EventName(rawValue: event.name),
                severity: .info,
                stamp: event.stamp,
                site: event.device.site.id,
                device: event.device.id,
                sourceTime: event.sourceTime,
                byDevice: true,
                data: [("event_id", .string(event.id))] + event.data,
                tooLong: event.tooLong
            )
        )
    }

    func accept(_ change: DeviceHealth.Change, of device: Device, stamp: Stamp) {
        board.note(change, of: device.id)
        switch change {
        case .down(let reason, let detail):
            accept(.deviceDown(device.id, at: device.site.id, reason: reason, detail: detail, stamp: stamp))
        case .up: accept(.deviceUp(device.id, at: device.site.id, stamp: stamp))
        }
    }

    func isDown(_ device: String) -> Bool { board[device].isDown }

    func recall(_ key: String) -> [UInt8]? { journal.recall(key) }
}
