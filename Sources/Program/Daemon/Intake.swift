import Domain
import Forwarding
import Journal

/// The one door through which readings and events come in: the journal gives them their identity, and then they go live.
final class Intake: Sendable {
    private let journal: Journal
    private let board: DeviceBoard
    private let destinations: Destinations
    private let indicators: IndicatorService

    init(journal: Journal, board: DeviceBoard, destinations: Destinations, indicators: IndicatorService) {
        self.journal = journal
        self.board = board
        self.destinations = destinations
        self.indicators = indicators
    }

    /// - Parameters:
    ///   - remembering: state that belongs to the reading and is committed with it, such as counter baselines.
    ///   - since: from when on it is live, where that is not its arrival.
    func accept(_ reading: Reading, remembering: (key: String, value: [UInt8])? = nil, since: Uptime? = nil) {
        let entry = journal.append(reading, remembering: remembering)
        destinations.offer(entry, since: since)
        indicators.observe(entry, reading)
        board.note(reading)
    }

    /// Whether the last that was told of a device is that it is down; a reload must not forget it.
    func isDown(_ device: String) -> Bool { board[device].isDown }

    /// - Parameter loss: what the event tells, if it is a journal's loss.
    func accept(_ event: Event, telling loss: JournalLoss? = nil) {
        if let device = event.device { board.note(event, of: device) }
        let entry = journal.append(event, telling: loss)
        destinations.offer(entry)
        indicators.observe(entry, event)
        if event.byDevice, let device = event.device { board.noteEvent(of: device, at: event.stamp.uptime) }
    }
}
