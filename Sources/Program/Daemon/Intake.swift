import Answering
import Buses
import Contract
import Domain
import Forwarding
import Installation
import Journal
import Normalizing
import Synchronization

/// The one entrance for readings and events: the journal gives them their identity, and then they are sent live.
final class Intake: Sendable {
    private let journal: Journal
    private let board: DeviceBoard
    private let events: EventBoard
    private let destinations: Destinations
    /// What is held of the devices whose readings go out by exception.
    private let held: Mutex<[String: HeldReadings]> = Mutex([:])

    init(journal: Journal, board: DeviceBoard, events: EventBoard, destinations: Destinations) {
        self.journal = journal
        self.board = board
        self.events = events
        self.destinations = destinations
    }

    /// - Parameter loss: the loss that the event reports, if it is a journal's loss.
    func accept(_ event: Event, telling loss: JournalLoss? = nil) {
        let entry = journal.append(event, telling: loss)
        destinations.offer(entry)
        events.note(event)
        if event.byDevice, let device = event.device { board.noteEvent(of: device, at: event.stamp.uptime) }
    }
}

/// Takes what the field sends.
extension Intake: FieldSink {
    func accept(_ reading: Reading, remembering: (key: String, value: [UInt8])?, since: Uptime?) {
        if reading.shape.sends == nil {
            send(reading, remembering: remembering, since: since)
        } else {
            sendByException(reading, remembering: remembering, since: since)
        }
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
        board.note(change, of: device.id, at: stamp.uptime)
        switch change {
        case .down(let reason, let detail):
            accept(.deviceDown(device.id, at: device.site.id, reason: reason, detail: detail, stamp: stamp))
        case .up: accept(.deviceUp(device.id, at: device.site.id, stamp: stamp))
        }
    }

    func isDown(_ device: String) -> Bool { board[device].isDown }

    func recall(_ key: String) -> [UInt8]? {
        // What is stored must be that of the last reading: whoever begins anew goes on from there.
        letGo { $0.remembered.contains(key) }
        return journal.recall(key)
    }
}

// MARK: Report by exception

extension Intake {
    private func send(_ reading: Reading, remembering: HeldReadings.Remembered?, since: Uptime? = nil) {
        let entry = journal.append(reading, remembering: remembering)
        destinations.offer(entry, since: since)
    }

    private func send(_ rows: [HeldReadings.Row]) {
        for row in rows { send(row.reading, remembering: row.remembering) }
    }

    /// Sends the reading if it says something new, and what was held before it where that must go first.
    private func sendByException(_ reading: Reading, remembering: HeldReadings.Remembered?, since: Uptime?) {
        held.withLock { held in
            let device = reading.shape.device
            var own = held.removeValue(forKey: device)
            if own?.shape !== reading.shape {
                // A reload has changed the device.
                send(own?.letGo() ?? [])
                own = HeldReadings(reading.shape)
            }
            guard var outcome = own?.take(reading, remembering: remembering) else { return }
            held[device] = own
            let last = outcome.isHeld ? nil : outcome.rows.popLast()
            send(outcome.rows)
            if let last {
                send(last.reading, remembering: last.remembering, since: since)
            } else {
                journal.pass(held: reading)
            }
        }
    }

    /// Makes rows of what is held, so that all of it is counted: at a stop and at a reload.
    func letGo(where isWanted: (HeldReadings) -> Bool = { _ in true }) {
        held.withLock { held in
            for device in held.keys.sorted() where held[device].map(isWanted) == true {
                send(held[device]?.letGo() ?? [])
            }
        }
    }
}
